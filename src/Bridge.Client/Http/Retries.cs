namespace Bridge.Client;

/// <summary>Which answers are asked for again, and after how long.</summary>
internal static class Retries
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);

    /// <summary>True states of a chain and not a server that is busy: for its end the caller waits, or does not.</summary>
    private static readonly string[] States = ["LANE_PAUSED", "CHAIN_UNAVAILABLE"];

    /// <param name="tries">How often it was asked, at least 1.</param>
    /// <returns>Null where it is not to be asked again.</returns>
    public static TimeSpan? After(Problem problem, int tries, BridgeClientOptions options)
    {
        var passes = problem.Status is 429 or 502 or 503 or 504 || problem.Code == "REQUEST_IN_PROGRESS";
        if (!passes || !problem.Retryable || States.Contains(problem.Code) || tries >= options.MaxTries) return null;
        var wait = problem.RetryAfter ?? Pause(tries);
        return wait <= options.LongestWait ? wait : null;
    }

    /// <summary>Without an answer: twice as long after each try.</summary>
    public static TimeSpan Pause(int tries) => First * Math.Pow(2, Math.Min(tries, 8) - 1);
}

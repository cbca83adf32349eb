namespace Bridge.Client;

/// <summary>The API refused a request, or cannot answer it now. <see cref="Problem"/> says what to do.</summary>
public sealed class BridgeApiException(Problem problem) : Exception($"{problem.Code} ({problem.Status}): {problem.Title}. {problem.Detail}")
{
    public Problem Problem { get; } = problem;

    /// <summary>Stable, such as TRANSFER_NOT_INDEXED.</summary>
    public string Code => Problem.Code;

    /// <summary>Whether the same request may succeed later.</summary>
    public bool Retryable => Problem.Retryable;

    /// <summary>How long to wait before asking again; null where the server does not say.</summary>
    public TimeSpan? RetryAfter => Problem.RetryAfter;
}

namespace Bridge.Evm;

/// <summary>
/// When an endpoint is not asked for a while: as long as it wants after a rate limit, and shortly after several failures in a row, so
/// that neither a limit nor an outage is answered by asking faster. One endpoint's; its owner's lock guards it.
/// </summary>
internal sealed class EndpointRest
{
    /// <summary>A node may ask for any time; beyond this it is tried all the same.</summary>
    private static readonly TimeSpan LongestLimit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestUnasked = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestOutage = TimeSpan.FromSeconds(2);
    private const int FailuresBefore = 3;

    private int _limits;
    private int _failures;
    private (DateTimeOffset Until, RpcException Why)? _rest;

    /// <summary>Until when, and after what; null when it may be asked.</summary>
    public (DateTimeOffset Until, RpcException Why)? Now(DateTimeOffset now) => _rest is { } rest && rest.Until > now ? rest : null;

    public void Succeeded() => (_limits, _failures, _rest) = (0, 0, null);

    public void Failed(RpcException e, DateTimeOffset now)
    {
        if (e.Kind is RpcErrorKind.RateLimited) _rest = (now + Limit(e), e);
        else if (e.Kind is RpcErrorKind.Transport or RpcErrorKind.Timeout && ++_failures >= FailuresBefore)
            _rest = (now + Doubled(TimeSpan.FromMilliseconds(250), _failures - FailuresBefore, LongestOutage), e);
    }

    private TimeSpan Limit(RpcException e)
    {
        if (e.RetryAfter is { } asked) return asked < LongestLimit ? asked : LongestLimit;
        return Doubled(TimeSpan.FromSeconds(1), _limits++, LongestUnasked);
    }

    private static TimeSpan Doubled(TimeSpan first, int times, TimeSpan longest)
    {
        var wait = first * Math.Pow(2, Math.Min(times, 10));
        return wait < longest ? wait : longest;
    }
}

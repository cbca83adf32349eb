namespace Bridge.Evm;

/// <summary>What is remembered of one endpoint, and what condition that makes. Its owner's lock guards it.</summary>
internal sealed class EndpointMemory(Uri url)
{
    private static readonly TimeSpan SuspicionLasts = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan PrunedLasts = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SlowAbove = TimeSpan.FromSeconds(2);

    private DateTimeOffset? _success;
    private (DateTimeOffset At, Exception Fault)? _fault;
    private ulong? _height;
    private DateTimeOffset? _behindSince;
    private TimeSpan _latency;
    private (DateTimeOffset At, string What)? _lie;
    private (DateTimeOffset At, string What)? _pruned;
    private long _disagreements;

    public void Succeeded(DateTimeOffset now) => _success = now;

    public void Failed(Exception fault, DateTimeOffset now)
    {
        _fault = (now, fault);
        if (fault is RpcException { Kind: RpcErrorKind.Pruned }) _pruned = (now, fault.Message);
    }

    public void Head(ulong height, TimeSpan took)
    {
        if (height != _height) _behindSince = null;
        _height = height;
        // A moving average: one slow answer is no slow endpoint.
        _latency = ((_latency * 4) + took) / 5;
    }

    public void Disagreed(Disagreement disagreement, DateTimeOffset now)
    {
        _disagreements++;
        if (disagreement.Meaning is EndpointCondition.Lying) _lie = (now, disagreement.ToString());
        if (disagreement.Meaning is EndpointCondition.Pruned) _pruned = (now, disagreement.ToString());
    }

    public DateTimeOffset? StandsStill(bool isBehind, DateTimeOffset now)
    {
        _behindSince = isBehind ? _behindSince ?? now : null;
        return Stale(now);
    }

    public string? Suspicion(DateTimeOffset now) => _lie is { } lie && now - lie.At < SuspicionLasts ? $"not counted before {lie.At + SuspicionLasts:HH:mm:ss} UTC: {lie.What}" : null;

    /// <param name="resting">After what it is not asked for now, if so.</param>
    public EndpointHealth Health(DateTimeOffset now, RpcException? resting)
    {
        var (condition, reason) = Condition(now, resting);
        return new EndpointHealth(url, _success, _fault?.At, _fault?.Fault.Message, _height) { Condition = condition, Reason = reason, Disagreements = _disagreements };
    }

    private (EndpointCondition, string?) Condition(DateTimeOffset now, RpcException? resting)
    {
        var last = resting ?? (_fault is { } fault && !(_success > fault.At) ? fault.Fault : null);
        if (last is WrongChainException) return (EndpointCondition.WrongChain, last.Message);
        if (Suspicion(now) is { } suspicion) return (EndpointCondition.Lying, suspicion);
        if (last is RpcException { Kind: RpcErrorKind.Transport or RpcErrorKind.Timeout or RpcErrorKind.InvalidResponse }) return (EndpointCondition.Down, last.Message);
        if (last is RpcException { Kind: RpcErrorKind.RateLimited }) return (EndpointCondition.Limited, last.Message);
        if (_pruned is { } pruned && now - pruned.At < PrunedLasts) return (EndpointCondition.Pruned, pruned.What);
        if (Stale(now) is { } since) return (EndpointCondition.Stale, $"at block {_height} since before {since:HH:mm:ss} UTC, while others went on");
        return _latency > SlowAbove ? (EndpointCondition.Slow, $"takes {_latency.TotalSeconds:0.0} s for a block's header") : (EndpointCondition.Ok, null);
    }

    private DateTimeOffset? Stale(DateTimeOffset now) => _behindSince is { } since && now - since > StaleAfter ? since : null;
}

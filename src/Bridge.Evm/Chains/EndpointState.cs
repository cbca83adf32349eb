using System.Text.Json;
using Bridge.Core;

namespace Bridge.Evm;

/// <summary>An endpoint of one chain: checked for its chain before anything it says counts, and again after each failure; and its health kept.</summary>
internal sealed class EndpointState(RpcEndpoint endpoint, ChainIdentity identity, TimeProvider time)
{
    /// <summary>As long as <see cref="RpcHttp"/> keeps a connection: whoever answers on a new one says first which chain it serves.</summary>
    private static readonly TimeSpan CheckEvery = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly EndpointRest _rest = new();
    private readonly EndpointMemory _memory = new(endpoint.Url);
    private (DateTimeOffset At, Hash32 Genesis)? _checked;

    public Uri Url => endpoint.Url;

    /// <summary>Whether the other one is this endpoint under the same limits.</summary>
    public bool Serves(RpcEndpoint other) => other.Url == endpoint.Url && other.Options == endpoint.Options;

    public EndpointHealth Health
    {
        get { lock (_lock) return _memory.Health(time.GetUtcNow(), _rest.Now(time.GetUtcNow())?.Why); }
    }

    /// <summary>Why its answers do not count for now; null when they do.</summary>
    public string? Suspicion
    {
        get { lock (_lock) return _memory.Suspicion(time.GetUtcNow()); }
    }

    /// <summary>Asks, and keeps what that says about the endpoint's health. A refusal with a meaning (a revert) is an answer.</summary>
    /// <exception cref="WrongChainException">It serves another chain.</exception>
    public async Task<T> AskAsync<T>(Func<RpcEndpoint, CancellationToken, Task<T>> question, CancellationToken ct)
    {
        ThrowIfResting();
        try
        {
            await CheckAsync(ct);
            var answer = await question(endpoint, ct);
            Succeeded();
            return answer;
        }
        catch (RpcException e) when (e.Kind.IsAnswer())
        {
            Succeeded();
            throw;
        }
        catch (Exception e) when (e is RpcException or WrongChainException)
        {
            Failed(e);
            throw;
        }
    }

    public Task<JsonElement> CallAsync(string method, object?[] parameters, CancellationToken ct) =>
        AskAsync((rpc, token) => rpc.CallAsync(method, parameters, token), ct);

    /// <summary>Keeps the head that it has shown, and how long it took to.</summary>
    public void SawHead(ulong height, TimeSpan took)
    {
        lock (_lock) _memory.Head(height, took);
    }

    /// <summary>Keeps that it contradicted the others.</summary>
    public void Disagreed(Disagreement disagreement)
    {
        lock (_lock) _memory.Disagreed(disagreement, time.GetUtcNow());
    }

    /// <summary>Keeps whether enough others are ahead of it, and says since when it has stood still behind them, if that is long ago.</summary>
    public DateTimeOffset? StandsStill(bool isBehind)
    {
        lock (_lock) return _memory.StandsStill(isBehind, time.GetUtcNow());
    }

    private void ThrowIfResting()
    {
        lock (_lock)
            if (_rest.Now(time.GetUtcNow()) is { } rest) throw new RpcException(rest.Why.Kind, Url, $"not asked before {rest.Until:HH:mm:ss.fff} UTC, after: {rest.Why.Message}");
    }

    private async Task CheckAsync(CancellationToken ct)
    {
        lock (_lock)
            if (_checked is { } last && time.GetUtcNow() - last.At < CheckEvery && identity.Accepts(last.Genesis)) return;
        var read = new RpcRead(Url);
        var said = await endpoint.BatchAsync([("eth_chainId", []), ("eth_getBlockByNumber", [Quantity.Of(0), false])], ct);
        if (said[1].ValueKind is JsonValueKind.Null) throw new RpcException(RpcErrorKind.Pruned, Url, "has no genesis block, so that nobody can tell which chain it serves");
        var genesis = read.Hash(read.Member(said[1], "hash"));
        identity.Admit(Url, new ChainId(read.UInt64(said[0])), genesis);
        lock (_lock) _checked = (time.GetUtcNow(), genesis);
    }

    private void Succeeded()
    {
        lock (_lock)
        {
            _rest.Succeeded();
            _memory.Succeeded(time.GetUtcNow());
        }
    }

    private void Failed(Exception e)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            _memory.Failed(e, now);
            if (e is RpcException rpc) _rest.Failed(rpc, now);
            // Another node may answer next, behind the same address.
            if (e is WrongChainException or RpcException { Kind: RpcErrorKind.Transport or RpcErrorKind.Timeout or RpcErrorKind.InvalidResponse }) _checked = null;
        }
    }
}

public static class RpcErrorKinds
{
    /// <summary>The node understood and refused for a reason that lies in the request, not in the node.</summary>
    public static bool IsAnswer(this RpcErrorKind kind) => kind is RpcErrorKind.Reverted or RpcErrorKind.NonceTooLow
        or RpcErrorKind.AlreadyKnown or RpcErrorKind.Underpriced or RpcErrorKind.InsufficientFunds or RpcErrorKind.FeeTooLow;
}

using System.Text.Json;
using Bridge.Core;

namespace Bridge.Evm;

/// <summary>An endpoint of one chain: checked once for its chain id before anything it says counts, and its health kept.</summary>
internal sealed class EndpointState(RpcEndpoint endpoint, ChainId chain, TimeProvider time)
{
    private readonly Lock _lock = new();
    private EndpointHealth _health = new(endpoint.Url, null, null, null, null);
    private volatile bool _checked;

    public Uri Url => endpoint.Url;

    public EndpointHealth Health
    {
        get { lock (_lock) return _health; }
    }

    /// <exception cref="WrongChainException">It serves another chain.</exception>
    public async Task CheckAsync(CancellationToken ct)
    {
        if (_checked) return;
        var read = new RpcRead(Url);
        var actual = new ChainId(read.UInt64(await endpoint.CallAsync("eth_chainId", [], ct)));
        if (actual != chain) throw new WrongChainException(Url, chain, actual);
        _checked = true;
    }

    /// <summary>Asks, and keeps what that says about the endpoint's health. A refusal with a meaning (a revert) is an answer.</summary>
    public async Task<T> AskAsync<T>(Func<RpcEndpoint, CancellationToken, Task<T>> question, CancellationToken ct)
    {
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
            lock (_lock) _health = _health with { LastErrorAt = time.GetUtcNow(), LastError = e.Message };
            throw;
        }
    }

    public Task<JsonElement> CallAsync(string method, object?[] parameters, CancellationToken ct) =>
        AskAsync((rpc, token) => rpc.CallAsync(method, parameters, token), ct);

    /// <summary>Keeps the highest height that it has shown.</summary>
    public void SawHeight(ulong height)
    {
        lock (_lock) _health = _health with { LastHeight = height };
    }

    private void Succeeded()
    {
        lock (_lock) _health = _health with { LastSuccess = time.GetUtcNow() };
    }
}

public static class RpcErrorKinds
{
    /// <summary>The node understood and refused for a reason that lies in the request, not in the node.</summary>
    public static bool IsAnswer(this RpcErrorKind kind) => kind is RpcErrorKind.Reverted or RpcErrorKind.NonceTooLow
        or RpcErrorKind.AlreadyKnown or RpcErrorKind.Underpriced or RpcErrorKind.InsufficientFunds or RpcErrorKind.FeeTooLow;
}

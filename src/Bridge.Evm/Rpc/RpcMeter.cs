using System.Diagnostics.Metrics;

namespace Bridge.Evm;

/// <summary>Counts what is asked of nodes.</summary>
internal static class RpcMeter
{
    private static readonly Counter<long> Requests = new Meter("Bridge.Evm").CreateCounter<long>(
        "bridge_rpc_requests_total", description: "Requests to a chain's endpoints, by method and outcome; a batch counts once, retries do not.");

    /// <summary>What the call returns or throws, counted.</summary>
    public static async Task<T> CountedAsync<T>(string chain, string method, Func<ValueTask<T>> call)
    {
        var outcome = "cancelled";
        try
        {
            var result = await call();
            outcome = "ok";
            return result;
        }
        catch (RpcException e)
        {
            outcome = e.Kind.ToString();
            throw;
        }
        finally
        {
            Requests.Add(1, new("chain", chain), new("method", method), new KeyValuePair<string, object?>("outcome", outcome));
        }
    }
}

using System.Diagnostics.Metrics;
using Bridge.Core;

namespace Bridge.Evm;

/// <summary>Counts what is asked of nodes, and where they contradict one another.</summary>
internal static class RpcMeter
{
    private static readonly Meter Meter = new("Bridge.Evm");

    private static readonly Counter<long> Requests = Meter.CreateCounter<long>(
        "bridge_rpc_requests_total", description: "Requests to a chain's endpoints, by method and outcome; a batch counts once, retries do not.");

    private static readonly Counter<long> Disagreements = Meter.CreateCounter<long>(
        "bridge_rpc_disagreements_total", description: "Answers of an endpoint that contradict a quorum of the others.");

    public static void Disagreed(ChainId chain, Disagreement disagreement) => Disagreements.Add(
        1, new("chain", chain.ToString()), new("endpoint", RpcEndpoint.Describe(disagreement.Endpoint)), new("meaning", disagreement.Meaning.ToString()));

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

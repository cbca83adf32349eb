using System.Numerics;
using System.Text.Json;
using Bridge.Core;
using Bridge.Evm;

namespace Bridge.Audit;

/// <summary>The calls of deliver inside transactions: from the calldata of one that calls the Bridge itself, else from its trace where the node serves traces.</summary>
internal sealed class DeliverCalls(RpcEndpoint node, Address bridge)
{
    private static readonly AbiFunction Deliver = new("deliver(bytes32,uint64,bytes,(uint64,uint256,bytes))");

    /// <summary>What is mined in a final block does not change.</summary>
    private readonly Dictionary<Hash32, IReadOnlyList<DeliverCall>> _known = [];

    /// <summary>A transaction without an entry could not be looked into.</summary>
    public async Task<IReadOnlyDictionary<Hash32, IReadOnlyList<DeliverCall>>> OfAsync(IReadOnlyList<ChainTransaction> transactions, CancellationToken ct)
    {
        foreach (var transaction in transactions.Where(t => !_known.ContainsKey(t.Hash)))
        {
            var calls = transaction.To == bridge ? Read(transaction.Input) is { } direct ? [direct] : [] : await TracedAsync(transaction.Hash, ct);
            if (calls is not null) _known[transaction.Hash] = calls;
        }
        return transactions.Where(t => _known.ContainsKey(t.Hash)).ToDictionary(t => t.Hash, t => _known[t.Hash]);
    }

    private async Task<IReadOnlyList<DeliverCall>?> TracedAsync(Hash32 transaction, CancellationToken ct)
    {
        try
        {
            var calls = new List<DeliverCall>();
            Collect(await node.CallAsync("debug_traceTransaction", [transaction.ToString(), new { tracer = "callTracer" }], ct), calls);
            return calls;
        }
        catch (RpcException)
        {
            // Many nodes serve no traces. The law that needs this one says that it cannot decide, and of which transaction.
            return null;
        }
    }

    private void Collect(JsonElement frame, List<DeliverCall> calls)
    {
        // What a failed call did was undone, and so was what it called.
        if (frame.TryGetProperty("error", out _)) return;
        var to = frame.TryGetProperty("to", out var target) && target.GetString() is { } text ? Address.Parse(text) : default;
        if (to == bridge && frame.GetProperty("type").GetString() == "CALL" && Read(Hex.Parse(frame.GetProperty("input").GetString()!)) is { } call) calls.Add(call);
        if (!frame.TryGetProperty("calls", out var inner)) return;
        foreach (var child in inner.EnumerateArray()) Collect(child, calls);
    }

    private static DeliverCall? Read(byte[] input)
    {
        if (!input.AsSpan().StartsWith(Deliver.Selector)) return null;
        var call = Deliver.DecodeCall(input);
        var certificate = (object[])call[3];
        return new DeliverCall(
            new Hash32((byte[])call[0]), new Sequence((ulong)(BigInteger)call[1]), (byte[])call[2],
            new Certificate(new Epoch((ulong)(BigInteger)certificate[0]), (BigInteger)certificate[1], (byte[])certificate[2]));
    }
}

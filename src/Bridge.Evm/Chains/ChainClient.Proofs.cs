using System.Text.Json;
using Bridge.Core;

namespace Bridge.Evm;

/// <summary>What the endpoints can show of an account's storage at a block.</summary>
/// <param name="Words">In the order of the slots asked for; null when no endpoint served a proof.</param>
/// <param name="WhyNot">Who said what, when there is no proof.</param>
public sealed record ProvenStorage(IReadOnlyList<Hash32>? Words, string? WhyNot)
{
    /// <summary>What proves it, for others to verify; null when there is no proof.</summary>
    public StorageProof? Proof { get; init; }
}

/// <summary>An endpoint served a proof that does not verify, and none served one that does.</summary>
public sealed class FalseProofException(string message) : Exception(message);

public sealed partial class ChainClient
{
    private sealed record Shown(EndpointState Endpoint, IReadOnlyList<Hash32>? Words, string Said, bool IsLie)
    {
        /// <summary>A header from which another hash than the block's comes out: another form, or a lie.</summary>
        public bool IsForeignHeader { get; init; }

        public StorageProof? Proof { get; init; }
    }

    /// <summary>
    /// Storage words proven against the state root of a block, and that against the block's hash: nobody has to be believed but for the
    /// hash. Every endpoint is asked; one proof that verifies is the truth, and whoever served another is reported as lying.
    /// </summary>
    /// <param name="block">One that the quorum agrees on.</param>
    /// <exception cref="FalseProofException">Only proofs that do not verify were served.</exception>
    public async Task<ProvenStorage> ProveStorageAsync(BlockRef block, Address account, IReadOnlyList<Hash32> slots, CancellationToken ct)
    {
        var shown = await ShownAsync((e, t) => ShowAsync(e, block, account, slots, t), ct);
        var proven = shown.Find(s => s.Words is not null);
        foreach (var lie in shown.Where(s => s.IsLie || (s.IsForeignHeader && proven is not null)))
            _group.Report(lie.Endpoint, $"proof of storage of {account} at block {block}", lie.Said, proven?.Said ?? "none", EndpointCondition.Lying);
        if (proven is not null) return new ProvenStorage(proven.Words, null) { Proof = proven.Proof };
        var said = string.Join("; ", shown.Select(s => $"{RpcEndpoint.Describe(s.Endpoint.Url)}: {s.Said}"));
        return shown.Any(s => s.IsLie)
            ? throw new FalseProofException($"chain {Chain}: a proof of the storage of {account} at block {block} does not verify. {said}")
            : new ProvenStorage(null, said);
    }

    /// <summary>Waits for all, but no longer than a moment once there is a proof, or once a quorum has answered.</summary>
    private async Task<List<Shown>> ShownAsync(Func<EndpointState, CancellationToken, Task<Shown>> show, CancellationToken ct)
    {
        var shown = new List<Shown>();
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(ct);
        try
        {
            await foreach (var outcome in _group.AskAllAsync(show, ct, waiting.Token))
            {
                shown.Add(outcome.IsAnswer ? outcome.Value! : new Shown(outcome.Endpoint, null, outcome.Fault!.Message, false));
                if (shown[^1].Words is not null) waiting.CancelAfter(TimeSpan.FromMilliseconds(250));
                else if (shown.Count == _group.Quorum) waiting.CancelAfter(TimeSpan.FromSeconds(2));
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // The moment is over.
        }
        return shown;
    }

    private static async Task<Shown> ShowAsync(EndpointState endpoint, BlockRef block, Address account, IReadOnlyList<Hash32> slots, CancellationToken ct)
    {
        try
        {
            var header = await endpoint.CallAsync("eth_getBlockByHash", [block.Hash.ToString(), false], ct);
            if (header.ValueKind is not JsonValueKind.Object) return NotServed(endpoint, $"has no block {block.Hash}");
            if (HeaderHash.Of(header) is var hash && hash != block.Hash)
                return NotServed(endpoint, $"the header's fields hash to {hash?.ToString() ?? "nothing"}: a form that is not known, or a lie") with { IsForeignHeader = true };
            var reply = await endpoint.CallAsync(
                "eth_getProof", [account.ToString(), slots.Select(slot => slot.ToString()).ToArray(), new Dictionary<string, string> { ["blockHash"] = block.Hash.ToString() }], ct);
            return reply.ValueKind is JsonValueKind.Null ? NotServed(endpoint, "its answer is null") : Verified(endpoint, header, reply, account, slots);
        }
        catch (Exception e) when (e is RpcException or WrongChainException)
        {
            return NotServed(endpoint, e.Message);
        }
    }

    private static Shown Verified(EndpointState endpoint, JsonElement header, JsonElement reply, Address account, IReadOnlyList<Hash32> slots)
    {
        var read = new RpcRead(endpoint.Url);
        try
        {
            var words = AccountProof.Verify(read, reply, read.Hash(read.Member(header, "stateRoot")), account, slots);
            return new Shown(endpoint, words, "a proof that verifies", false) { Proof = new StorageProof(header, reply) };
        }
        catch (Exception e) when (e is ProofException or RpcException)
        {
            return new Shown(endpoint, null, $"a proof that does not verify: {e.Message}", true);
        }
    }

    private static Shown NotServed(EndpointState endpoint, string why) => new(endpoint, null, $"serves no proof: {why}", false);
}

using System.Text.Json;
using Bridge.Core;

namespace Bridge.Evm;

/// <summary>A word of storage that a simulation takes for granted, whatever it is.</summary>
public readonly record struct AssumedWord(Address Account, Hash32 Slot, Hash32 Word);

public sealed partial class ChainClient
{
    /// <summary>From what tells the caller most to what tells it least.</summary>
    private static readonly RpcErrorKind[] MostTelling =
    [
        RpcErrorKind.NonceTooLow, RpcErrorKind.InsufficientFunds, RpcErrorKind.Underpriced, RpcErrorKind.FeeTooLow, RpcErrorKind.Reverted,
        RpcErrorKind.Unknown, RpcErrorKind.MethodNotFound, RpcErrorKind.InvalidResponse, RpcErrorKind.RateLimited, RpcErrorKind.Timeout,
    ];

    /// <summary>Gas units, by one endpoint: at its latest block, or on top of what it holds as pending.</summary>
    /// <exception cref="RpcException">Kind Reverted if the transaction would revert, with its data.</exception>
    public Task<ulong> EstimateGasAsync(Address from, Address to, byte[] data, CancellationToken ct, bool pending = false) => _group.AnyAsync(
        (e, t) => QuantityAsync(e, "eth_estimateGas", [Transaction(from, to, data), pending ? "pending" : "latest"], t), ct);

    /// <summary>
    /// Gas units, by one endpoint at its latest block, as if a word of storage were another already: what is sent behind a transaction that is not mined yet. One
    /// that takes no state overrides is asked on top of what it holds as pending.
    /// </summary>
    /// <exception cref="RpcException">Kind Reverted if the transaction would revert, with its data.</exception>
    public Task<ulong> EstimateGasAsync(Address from, Address to, byte[] data, AssumedWord assumed, CancellationToken ct)
    {
        var (call, words) = (Transaction(from, to, data), new Dictionary<string, string> { [assumed.Slot.ToString()] = assumed.Word.ToString() });
        var overrides = new Dictionary<string, object> { [assumed.Account.ToString()] = new { stateDiff = words } };
        return _group.AnyAsync(async (e, t) =>
        {
            try
            {
                return await QuantityAsync(e, "eth_estimateGas", [call, "latest", overrides], t);
            }
            catch (RpcException refused) when (refused.Kind is RpcErrorKind.Unknown or RpcErrorKind.MethodNotFound)
            {
                return await QuantityAsync(e, "eth_estimateGas", [call, "pending"], t);
            }
        }, ct);
    }

    /// <summary>The account's next nonce, counting its pending transactions or not: the highest that a quorum has reached.</summary>
    public async Task<ulong> NonceAsync(Address account, bool pending, CancellationToken ct)
    {
        var nonces = await _group.CollectAsync(
            $"nonce of {account}",
            (e, t) => QuantityAsync(e, "eth_getTransactionCount", [account.ToString(), pending ? "pending" : "latest"], t), ct);
        return nonces.OrderDescending().ElementAt(_group.Quorum - 1);
    }

    /// <summary>How many nonces the account had used at a block, agreed by the quorum.</summary>
    /// <exception cref="EndpointQuorumException">No quorum gave the same number.</exception>
    public Task<ulong> NonceAtAsync(Address account, ulong height, CancellationToken ct) => _group.AgreeAsync(
        $"nonce of {account} at block {height}", height, (e, t) => QuantityAsync(e, "eth_getTransactionCount", [account.ToString(), Quantity.Of(height)], t),
        nonce => $"{nonce}", ct);

    /// <summary>Wei per gas: the lower median of what the endpoints suggest, so that one of them cannot make us pay any price.</summary>
    public async Task<UInt128> SuggestedPriorityFeeAsync(CancellationToken ct)
    {
        var fees = await _group.CollectAsync(
            "suggested priority fee",
            (e, t) => e.AskAsync(async (rpc, token) => new RpcRead(rpc.Url).UInt128(await rpc.CallAsync("eth_maxPriorityFeePerGas", [], token)), t), ct);
        return fees.Order().ElementAt((fees.Count - 1) / 2);
    }

    /// <summary>Sends a raw transaction to every endpoint and returns its hash when the first one takes it or has it already.</summary>
    /// <exception cref="RpcException">None took it: the most telling refusal.</exception>
    public async Task<Hash32> BroadcastAsync(byte[] raw, CancellationToken ct)
    {
        var hash = Keccak256.Hash(raw);
        var faults = new List<Exception>();
        await foreach (var outcome in _group.AskAllAsync((e, t) => e.AskAsync((rpc, token) => SendAsync(rpc, raw, hash, token), t), ct))
        {
            if (outcome.IsAnswer || outcome.Fault is RpcException { Kind: RpcErrorKind.AlreadyKnown }) return hash;
            faults.Add(outcome.Fault!);
        }
        throw faults.OfType<RpcException>().OrderBy(Rank).FirstOrDefault() ?? faults[0];

        static int Rank(RpcException fault) => Array.IndexOf(MostTelling, fault.Kind) is >= 0 and var rank ? rank : MostTelling.Length;
    }

    /// <summary>The receipt from any endpoint that has it; null when a quorum answers that it has none.</summary>
    /// <exception cref="EndpointQuorumException">Nobody has it, and fewer than the quorum answered.</exception>
    public async Task<TransactionReceipt?> ReceiptAsync(Hash32 transaction, CancellationToken ct)
    {
        var receipts = await _group.CollectAsync($"receipt of {transaction}", Ask, ct, receipt => receipt is not null);
        return receipts.FirstOrDefault(receipt => receipt is not null);

        Task<TransactionReceipt?> Ask(EndpointState endpoint, CancellationToken token) => endpoint.AskAsync(async (rpc, t) =>
        {
            var json = await rpc.CallAsync("eth_getTransactionReceipt", [transaction.ToString()], t);
            return json.ValueKind is JsonValueKind.Null ? null : NodeRead.Receipt(rpc.Url, json, transaction);
        }, token);
    }

    /// <summary>True when any endpoint has it, pending or mined; false when a quorum answers that it does not.</summary>
    /// <exception cref="EndpointQuorumException">Nobody has it, and fewer than the quorum answered.</exception>
    public async Task<bool> KnowsTransactionAsync(Hash32 transaction, CancellationToken ct)
    {
        var known = await _group.CollectAsync($"transaction {transaction}", Ask, ct, known => known);
        return known.Any(k => k);

        Task<bool> Ask(EndpointState endpoint, CancellationToken token) => endpoint.AskAsync(async (rpc, t) =>
        {
            var json = await rpc.CallAsync("eth_getTransactionByHash", [transaction.ToString()], t);
            var read = new RpcRead(rpc.Url);
            if (json.ValueKind is JsonValueKind.Null) return false;
            return read.Hash(read.Member(json, "hash")) == transaction ? true : throw read.Invalid(json, $"transaction {transaction}");
        }, token);
    }

    private static async Task<bool> SendAsync(RpcEndpoint rpc, byte[] raw, Hash32 hash, CancellationToken ct)
    {
        var read = new RpcRead(rpc.Url);
        var reply = await rpc.CallAsync("eth_sendRawTransaction", [Hex.Format(raw)], ct);
        return read.Hash(reply) == hash ? true : throw read.Invalid(reply, $"the transaction hash {hash}");
    }

    private static Task<ulong> QuantityAsync(EndpointState endpoint, string method, object?[] parameters, CancellationToken ct) =>
        endpoint.AskAsync(async (rpc, token) => new RpcRead(rpc.Url).UInt64(await rpc.CallAsync(method, parameters, token)), ct);
}

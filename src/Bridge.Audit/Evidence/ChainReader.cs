using System.Numerics;
using System.Text.Json;
using Bridge.Core;
using Bridge.Evm;

namespace Bridge.Audit;

/// <summary>Reads one chain for the laws. Nothing here is shared with the watchers but the JSON-RPC client and the ABI.</summary>
public sealed class ChainReader(AuditedChain chain, HttpClient http)
{
    private static readonly AbiEvent Transfer = new("Transfer(address,address,uint256)", indexed: 2);
    private static readonly AbiEvent Forgone = new("FeeForgone(bytes32,uint64,address)", indexed: 2);
    private static readonly AbiFunction Deliver = new("deliver(bytes32,uint64,bytes,(uint64,uint256,bytes))");
    private static readonly AbiFunction TotalSupply = new("totalSupply()", "(uint256)");
    private static readonly AbiFunction BalanceOf = new("balanceOf(address)", "(uint256)");
    private const ulong Range = 2000;

    private readonly RpcEndpoint _first = new(chain.Endpoints[0], http, new RpcOptions());
    private readonly ChainClient _client = new(chain.Id, [.. chain.Endpoints.Select(url => new RpcEndpoint(url, http, new RpcOptions()))], chain.Quorum);

    public async Task<BlockHeader> FinalAsync(CancellationToken ct)
    {
        await _client.ConnectAsync(ct);
        return await _client.FinalAsync(chain.Finality, ct);
    }

    /// <param name="assets">Every asset id that any chain has sent.</param>
    public async Task<ChainEvidence> ReadAsync(BlockRef at, IReadOnlyList<BridgeEvent> events, IReadOnlyList<LogEntry> logs, IEnumerable<AssetId> assets, IReadOnlyList<ChainId> others, CancellationToken ct)
    {
        var bridge = new BridgeContract(_client, chain.Bridge);
        var known = await AssetsAsync(bridge, assets, at.Height, ct);
        var moves = new List<TokenMove>();
        foreach (var token in known.Select(a => a.Asset.Token).Distinct()) moves.AddRange(await MovesAsync(token, at.Height, ct));
        var calls = await CallsAsync([.. events.OfType<MessagesDelivered>().Select(e => e.Log.Transaction).Distinct()], ct);
        var outbound = new Dictionary<ChainId, LaneState>();
        var inbound = new Dictionary<ChainId, Hash32>();
        foreach (var other in others)
        {
            outbound[other] = await bridge.OutboundAsync(other, at.Height, ct);
            inbound[other] = await bridge.InboundAsync(other, at.Height, ct);
        }
        var sets = new Dictionary<Epoch, ValidatorSet>();
        foreach (var epoch in calls.Values.Select(c => c.Certificate.Epoch).Distinct()) sets[epoch] = await bridge.ValidatorSetAsync(epoch, at.Height, ct);
        var nonces = new Dictionary<Address, ulong>();
        foreach (var account in calls.Values.Select(c => c.From).Distinct()) nonces[account] = await NonceAsync(account, at.Height, ct);
        return new ChainEvidence(
            chain.Id, chain.Bridge, at, events, [.. logs.Where(Forgone.Matches).Select(ReadForgone)], moves, known, outbound, inbound, calls, sets, nonces);
    }

    public Task<IReadOnlyList<LogEntry>> LogsAsync(ulong to, CancellationToken ct) => LogsAsync(chain.Bridge, to, ct);

    /// <summary>Those of the transactions that are mined at or below the height: who sent them, and with which nonce.</summary>
    public async Task<IReadOnlyDictionary<Hash32, (Address From, ulong Nonce)>> MinedAsync(IReadOnlyList<Hash32> transactions, ulong height, CancellationToken ct) =>
        (await TransactionsAsync(transactions, ct)).Where(t => t.Height is { } mined && mined <= height).ToDictionary(t => t.Hash, t => (t.From, t.Nonce));

    public async Task<ulong> NonceAsync(Address account, ulong height, CancellationToken ct) =>
        Convert.ToUInt64((await _first.CallAsync("eth_getTransactionCount", [account.ToString(), $"0x{height:x}"], ct)).GetString(), 16);

    private async Task<IReadOnlyList<LogEntry>> LogsAsync(Address emitter, ulong to, CancellationToken ct)
    {
        var logs = new List<LogEntry>();
        for (var from = chain.StartBlock; from <= to; from += Range)
            logs.AddRange(await _client.LogsAsync(emitter, from, Math.Min(to, from + Range - 1), ct));
        return logs;
    }

    private static async Task<IReadOnlyList<AssetEvidence>> AssetsAsync(BridgeContract bridge, IEnumerable<AssetId> ids, ulong height, CancellationToken ct)
    {
        var found = new List<AssetEvidence>();
        foreach (var id in ids)
        {
            if (await bridge.AssetAsync(id, height, ct) is not { } asset) continue;
            var supply = asset.Mode == "mint" ? await NumberAsync(TotalSupply, []) : 0;
            var held = asset.Mode == "lock" ? await NumberAsync(BalanceOf, [bridge.Address]) : 0;
            found.Add(new AssetEvidence(asset, supply, held));

            async Task<BigInteger> NumberAsync(AbiFunction view, object[] arguments) =>
                (BigInteger)view.DecodeResult(await bridge.Chain.CallAsync(asset.Token, view.Encode(arguments), height, ct))[0];
        }
        return found;
    }

    private async Task<IEnumerable<TokenMove>> MovesAsync(Address token, ulong to, CancellationToken ct) =>
        from log in await LogsAsync(token, to, ct)
        where Transfer.Matches(log) && log.Topics.Count == 3
        let fields = Transfer.Decode(log)
        select new TokenMove(token, (Address)fields[0], (Address)fields[1], (BigInteger)fields[2], log.Block, log.Transaction);

    private async Task<Dictionary<Hash32, DeliverCall>> CallsAsync(IReadOnlyList<Hash32> transactions, CancellationToken ct)
    {
        var calls = new Dictionary<Hash32, DeliverCall>();
        foreach (var transaction in await TransactionsAsync(transactions, ct))
        {
            // Called through another contract, the certificate is not in this calldata: the law then says that it cannot decide.
            if (transaction.To != chain.Bridge || !transaction.Input.AsSpan().StartsWith(Deliver.Selector)) continue;
            var call = Deliver.DecodeCall(transaction.Input);
            var certificate = (object[])call[3];
            calls[transaction.Hash] = new DeliverCall(
                transaction.Hash, transaction.From, transaction.Nonce, new Hash32((byte[])call[0]), new Sequence((ulong)(BigInteger)call[1]), (byte[])call[2],
                new Certificate(new Epoch((ulong)(BigInteger)certificate[0]), (BigInteger)certificate[1], (byte[])certificate[2]));
        }
        return calls;
    }

    private async Task<List<(Hash32 Hash, Address From, Address? To, ulong Nonce, byte[] Input, ulong? Height)>> TransactionsAsync(IReadOnlyList<Hash32> hashes, CancellationToken ct)
    {
        var replies = await _first.BatchAsync([.. hashes.Select(hash => ("eth_getTransactionByHash", new object?[] { hash.ToString() }))], ct);
        return [.. replies.Zip(hashes).Where(pair => pair.First.ValueKind is JsonValueKind.Object).Select(pair => Read(pair.First, pair.Second))];

        static (Hash32, Address, Address?, ulong, byte[], ulong?) Read(JsonElement json, Hash32 hash) => (
            hash,
            Address.Parse(json.GetProperty("from").GetString()!),
            json.GetProperty("to").GetString() is { } to ? Address.Parse(to) : null,
            Convert.ToUInt64(json.GetProperty("nonce").GetString(), 16),
            Hex.Parse(json.GetProperty("input").GetString()!),
            json.GetProperty("blockNumber").GetString() is { } block ? Convert.ToUInt64(block, 16) : null);
    }

    private static FeeForgone ReadForgone(LogEntry log)
    {
        var fields = Forgone.Decode(log);
        return new FeeForgone(new Hash32((byte[])fields[0]), new Sequence((ulong)(BigInteger)fields[1]), log.Transaction);
    }
}

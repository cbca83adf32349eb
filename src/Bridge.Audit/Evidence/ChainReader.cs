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
    private static readonly AbiEvent LaneOpened = new("LaneOpened(uint256,address,bytes32,bytes32)", indexed: 1);

    private static readonly AbiEvent SetChanged = new("ValidatorSetChanged(uint64,address[],uint8)", indexed: 1);
    private static readonly AbiEvent OverlapEnded = new("OverlapEnded(uint64)", indexed: 1);

    private readonly RpcEndpoint _first = new(chain.Endpoints[0], http, new RpcOptions());
    private readonly ChainClient _client = chain.Connect(http);
    private LogCache? _logs;
    private DeliverCalls? _calls;

    private LogCache Logs => _logs ??= new LogCache(_client, chain.StartBlock);
    private DeliverCalls Calls => _calls ??= new DeliverCalls(_first, chain.Bridge);

    public async Task<BlockHeader> FinalAsync(CancellationToken ct)
    {
        await _client.ConnectAsync(ct);
        return await _client.FinalAsync(chain.Finality, ct);
    }

    /// <summary>Whether a pause keeps what comes from a chain from being delivered at the height.</summary>
    public async Task<bool> IsPausedAsync(ChainId source, ChainEvidence at, CancellationToken ct)
    {
        var pauses = await new BridgeContract(_client, chain.Bridge).PausesAsync(source, new AssetId(0), at.Time, at.At.Height, ct);
        return pauses.Everything is not null || pauses.Lane is not null;
    }

    public async Task<DateTimeOffset> TimeAsync(ulong height, CancellationToken ct) => (await _client.BlockAsync(height, ct)).Time;

    /// <summary>The Bridge's logs up to a final block, and a block that was final before and vanished, if one did.</summary>
    public async Task<(IReadOnlyList<LogEntry> Logs, BlockRef? Vanished)> LogsAsync(BlockRef at, CancellationToken ct)
    {
        var vanished = await Logs.AdvanceAsync(at, ct);
        return (await Logs.ReadAsync(chain.Bridge, at.Height, ct), vanished);
    }

    /// <param name="assets">Every asset id that any chain has sent.</param>
    public async Task<ChainEvidence> ReadAsync(
        BlockHeader at, BlockRef? vanished, IReadOnlyList<LogEntry> logs, IReadOnlyList<BridgeEvent> events, IEnumerable<AssetId> assets, IReadOnlyList<ChainId> others, CancellationToken ct)
    {
        var bridge = new BridgeContract(_client, chain.Bridge);
        var known = await AssetsAsync(bridge, assets, at.Height, ct);
        var moves = new List<TokenMove>();
        foreach (var token in known.Select(a => a.Asset.Token).Distinct()) moves.AddRange(await MovesAsync(token, at.Height, ct));
        var outbound = new Dictionary<ChainId, LaneState>();
        var inbound = new Dictionary<ChainId, Hash32>();
        foreach (var other in others)
        {
            outbound[other] = await bridge.OutboundAsync(other, at.Height, ct);
            inbound[other] = await bridge.InboundAsync(other, at.Height, ct);
        }
        var calls = await Calls.OfAsync(await TransactionsAsync([.. events.OfType<MessagesDelivered>().Select(e => e.Log.Transaction).Distinct()], ct), ct);
        var epochs = await EpochsAsync(logs, ct);
        return new ChainEvidence(
            chain.Id, chain.Bridge, at.Ref, at.Time, vanished, events, [.. logs.Where(Forgone.Matches).Select(ReadForgone)], moves, known,
            await ChangesAsync(bridge, logs, known, at.Height, ct), outbound, inbound, calls, await SetsAsync(bridge, calls.Values, at.Height, ct))
        {
            Epochs = epochs,
            Times = await TimesAsync(epochs, events, calls, ct),
        };
    }

    private async Task<Epochs> EpochsAsync(IReadOnlyList<LogEntry> logs, CancellationToken ct)
    {
        var changes = new List<SetChange>();
        foreach (var log in logs.Where(log => SetChanged.Matches(log) || OverlapEnded.Matches(log)))
            changes.Add(new SetChange(
                SetChanged.Matches(log) ? new Epoch((ulong)(BigInteger)SetChanged.Decode(log)[0]) : null, log.Block.Height, log.LogIndex, await TimeAsync(log.Block.Height, ct)));
        return new Epochs(changes);
    }

    /// <summary>The time matters only where another set than the one in force has signed.</summary>
    private async Task<IReadOnlyDictionary<ulong, DateTimeOffset>> TimesAsync(
        Epochs epochs, IReadOnlyList<BridgeEvent> events, IReadOnlyDictionary<Hash32, IReadOnlyList<DeliverCall>> calls, CancellationToken ct)
    {
        var times = new Dictionary<ulong, DateTimeOffset>();
        foreach (var log in events.OfType<MessagesDelivered>().Select(e => e.Log))
            if (calls.TryGetValue(log.Transaction, out var made) && made.Any(call => call.Certificate.Epoch != epochs.InForce(log.Block.Height, log.LogIndex)))
                times[log.Block.Height] = await TimeAsync(log.Block.Height, ct);
        return times;
    }

    /// <summary>Those of the transactions that are mined at or below the height: who sent them, and with which nonce.</summary>
    public async Task<IReadOnlyDictionary<Hash32, (Address From, ulong Nonce)>> MinedAsync(IReadOnlyList<Hash32> transactions, ulong height, CancellationToken ct) =>
        (await TransactionsAsync(transactions, ct)).Where(t => t.Height is { } mined && mined <= height).ToDictionary(t => t.Hash, t => (t.From, t.Nonce));

    public async Task<ulong> NonceAsync(Address account, ulong height, CancellationToken ct) =>
        Convert.ToUInt64((await _first.CallAsync("eth_getTransactionCount", [account.ToString(), $"0x{height:x}"], ct)).GetString(), 16);

    private async Task<IReadOnlyList<AuthorityChange>> ChangesAsync(
        BridgeContract bridge, IReadOnlyList<LogEntry> logs, IReadOnlyList<AssetHolding> assets, ulong height, CancellationToken ct)
    {
        if (logs.FirstOrDefault(LaneOpened.Matches) is not { } opened) return [];
        var all = logs.Concat(await Logs.ReadAsync(await bridge.AuthorityAsync(height, ct), height, ct));
        foreach (var token in assets.Where(a => !a.IsHome).Select(a => a.Asset.Token).Distinct()) all = all.Concat(await Logs.ReadAsync(token, height, ct));
        return AuthorityChange.Since(chain.Id, all, opened.Block.Height);
    }

    private static async Task<IReadOnlyDictionary<Epoch, ValidatorSet>> SetsAsync(BridgeContract bridge, IEnumerable<IReadOnlyList<DeliverCall>> calls, ulong height, CancellationToken ct)
    {
        var sets = new Dictionary<Epoch, ValidatorSet>();
        foreach (var epoch in calls.SelectMany(c => c).Select(c => c.Certificate.Epoch).Distinct()) sets[epoch] = await bridge.ValidatorSetAsync(epoch, height, ct);
        return sets;
    }

    private static async Task<IReadOnlyList<AssetHolding>> AssetsAsync(BridgeContract bridge, IEnumerable<AssetId> ids, ulong height, CancellationToken ct)
    {
        var found = new List<AssetHolding>();
        foreach (var id in ids)
            if (await bridge.HoldingAsync(id, height, ct) is { } holding) found.Add(holding);
        return found;
    }

    private async Task<IEnumerable<TokenMove>> MovesAsync(Address token, ulong to, CancellationToken ct) =>
        from log in await Logs.ReadAsync(token, to, ct)
        where Transfer.Matches(log) && log.Topics.Count == 3
        let fields = Transfer.Decode(log)
        select new TokenMove(token, (Address)fields[0], (Address)fields[1], (BigInteger)fields[2], log.Block, log.Transaction);

    private async Task<IReadOnlyList<ChainTransaction>> TransactionsAsync(IReadOnlyList<Hash32> hashes, CancellationToken ct)
    {
        var replies = await _first.BatchAsync([.. hashes.Select(hash => ("eth_getTransactionByHash", new object?[] { hash.ToString() }))], ct);
        return [.. replies.Zip(hashes).Where(pair => pair.First.ValueKind is JsonValueKind.Object).Select(pair => Read(pair.First, pair.Second))];

        static ChainTransaction Read(JsonElement json, Hash32 hash) => new(
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

using System.Numerics;
using System.Text.Json;
using Bridge.Core;
using Bridge.Evm;

namespace Bridge.SystemTests.Harness;

/// <summary>
/// A world with a past: some hundred transfers both ways, calls that were taken, calls that were deferred and then retried or refunded.
/// All of it is settled and final, every process is gone, and the chains stand still.
/// </summary>
public sealed class SettledHistory() : RunningWorld(Topology.InMemory, proof: "off"), IAsyncLifetime
{
    private static readonly AbiFunction SendCall = new("sendCall((uint256,uint32,address,address,uint128,uint128,uint32,bytes))");
    private static readonly AbiFunction Refund = new("refund(bytes32,uint64,bytes)");

    private const int Transfers = 120;
    private const ulong CallAmount = 1_000_000;
    private const ulong CallFee = 300_000;

    private readonly Address _taker = Fresh("taker");
    private readonly Address _late = Fresh("late");

    async Task IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        var user = await Traveller.AtAsync(World, 2);
        await user.PrepareAsync(1_000_000_000);
        var refuser = await World.Home.AccountAsync(3);
        await TakeCallsAsync(World.Far, _taker);

        await SendManyAsync(World.Home, user.Account, [.. Enumerable.Range(0, Transfers).Select(i => Transfer(World.Far, user.Account, 1_000_000 + (ulong)i))]);
        await SendManyAsync(World.Home, user.Account, [.. new[] { _taker, _taker, _late, _late, refuser, refuser }.Select(to => Call(user.Account, to))]);
        await OpenAsync(0);
        await SendManyAsync(World.Far, user.Account, [.. Enumerable.Range(0, Transfers).Select(i => Transfer(World.Home, user.Account, 300_000 + (ulong)i))]);

        await TakeCallsAsync(World.Far, _late);
        foreach (var waiting in await DeferredAsync())
        {
            var (from, data) = waiting.Message.Recipient == _late
                ? (user.Account, BridgeContract.EncodeRetry(waiting.LaneId, waiting.Sequence, waiting.Wire))
                : (refuser, Refund.Encode(waiting.LaneId, waiting.Sequence.Value, waiting.Wire));
            (await World.Far.TransactAsync(from, World.Contracts.Bridge, data)).Succeeded.ShouldBeTrue();
        }
        await Eventually.TrueAsync("what was deferred to be settled", async () => await CountAsync("status = 'Refunded'") == 2 && await CountAsync("status = 'Deferred'") == 0, World.Explain);
        await OpenAsync(2);
        foreach (var node in World.Nodes) await node.KillAsync();
        foreach (var chain in new[] { World.Home, World.Far }) await chain.StopMiningAsync();
    }

    private Task OpenAsync(long refunded) => Eventually.TrueAsync("everything sent to be settled", async () =>
        await CountAsync("status NOT IN ('Delivered', 'Deferred', 'Refunded')") == 0 && await CountAsync("status = 'Refunded'") == refunded
        && await World.RelayerDatabase.CountAsync("SELECT count(*) FROM submission WHERE status NOT IN ('Final', 'Dropped', 'Failed')") == 0
        && await CountAsync("true") == await SentAsync(), World.Explain);

    private Task<long> CountAsync(string where) => World.RelayerDatabase.CountAsync($"SELECT count(*) FROM message WHERE {where}");

    private async Task<long> SentAsync()
    {
        var home = await World.BridgeOn(World.Home).OutboundAsync(World.Far.Id, null, default);
        var far = await World.BridgeOn(World.Far).OutboundAsync(World.Home.Id, null, default);
        return (long)(home.Sequence.Value + far.Sequence.Value);
    }

    private Task SendManyAsync(Anvil chain, Address from, IReadOnlyList<byte[]> calls) => chain.TransactManyAsync(from, World.Contracts.Bridge, calls);

    private static byte[] Transfer(Anvil to, Address recipient, ulong amount) => BridgeContract.EncodeSend(to.Id, new AssetId(Deployment.Asset), recipient, amount, 10_000);

    private byte[] Call(Address sender, Address recipient) => SendCall.Encode(
        [new object[] { (BigInteger)World.Far.Id.Value, (BigInteger)Deployment.Asset, sender, recipient, (BigInteger)CallAmount, (BigInteger)CallFee, (BigInteger)100_000, new byte[] { 1, 2, 3 } }]);

    private async Task<IReadOnlyList<(Hash32 LaneId, Sequence Sequence, byte[] Wire, Message Message)>> DeferredAsync()
    {
        var bridge = World.Contracts.Bridge;
        var head = (await World.Home.Client.HeadAsync(default)).Height;
        var sent = (await World.Home.Client.LogsAsync(bridge, World.Contracts.StartBlocks[World.Home.Id], head, default))
            .Select(log => BridgeEvents.TryDecode(log, out var decoded) ? decoded : null).OfType<MessageSent>();
        var laneId = RollingHash.LaneId(new Lane(World.Home.Id, World.Far.Id), bridge, bridge);
        var found = new List<(Hash32, Sequence, byte[], Message)>();
        foreach (var e in sent)
            if (!(await World.BridgeOn(World.Far).DeferredAsync(laneId, e.Sequence, null, default)).IsZero && MessageCodec.TryDecode(e.Wire, out var message, out _))
                found.Add((laneId, e.Sequence, e.Wire, message));
        return found;
    }

    /// <summary>Puts a contract there that takes every call.</summary>
    private static async Task TakeCallsAsync(Anvil chain, Address at)
    {
        using var artifact = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Machine.Contracts, "out", "Recipients.sol", "Counter.json")));
        var code = artifact.RootElement.GetProperty("deployedBytecode").GetProperty("object").GetString()!;
        await chain.Rpc.CallAsync("anvil_setCode", [at.ToString(), code], default);
    }

    private static Address Fresh(string name) => new(Keccak256.Hash(System.Text.Encoding.ASCII.GetBytes(name)).ToArray().AsSpan(12));
}

using System.Numerics;
using Bridge.Core;
using Bridge.Evm;
using Bridge.SystemTests.Harness;

namespace Bridge.SystemTests.Api.Submissions;

public sealed partial class SubmitFixture
{
    /// <summary>Everything that waits up to a message from home, in one delivery with the validators' signatures.</summary>
    public async Task DeliverAsync(MessageSent last)
    {
        var inbound = await new BridgeContract(Far.Client, Contracts.Bridge).InboundAsync(Home.Id, null, default);
        var first = (ulong)await Database.CountAsync($"SELECT COALESCE(max(sequence), 0) + 1 FROM message WHERE message_id = '\\x{inbound.ToString()[2..]}'");
        var delivered = await Far.TransactAsync(await Far.AccountAsync(2), Contracts.Bridge, await DeliveryAsync(first, last));
        delivered.Succeeded.ShouldBeTrue("the delivery reverted");
    }

    /// <summary>The call that delivers from one message from home to another.</summary>
    public async Task<byte[]> DeliveryAsync(ulong first, MessageSent last)
    {
        await ReadAsync(last);
        var laneId = RollingHash.LaneId(new Lane(Home.Id, Far.Id), Contracts.Bridge, Contracts.Bridge);
        var wires = new List<byte>();
        for (var sequence = first; sequence <= last.Sequence.Value; sequence++)
            wires.AddRange(Hex.Parse(await Database.TextAsync($"SELECT '0x' || encode(wire, 'hex') FROM message WHERE source_chain = {Home.Id} AND sequence = {sequence} AND status <> 'Orphaned'")));
        var set = new ValidatorSet(new Epoch(1), [.. Validators.Select(v => v.Address)], 3);
        var digest = new Checkpoint(laneId, last.Sequence, last.RollingHash).Digest(new Eip712Domain(Far.Id, Contracts.Bridge), set.Epoch);
        var certificate = Certificate.TryAssemble(set, Validators.Take(3).ToDictionary(v => v.Address, v => v.Sign(digest)))!;
        return BridgeContract.EncodeDeliver(laneId, new Sequence(first), [.. wires], certificate);
    }

    private Task ReadAsync(MessageSent last) => Eventually.TrueAsync(
        "the messages to be read", async () => await Database.CountAsync($"SELECT count(*) FROM message WHERE source_chain = {Home.Id} AND sequence = {last.Sequence} AND status = 'Finalized'") == 1, Explain);

    /// <summary>Somebody's message from home, which nobody delivers.</summary>
    public async Task<MessageSent> SendAsync(Address recipient, UInt128 amount)
    {
        var sender = await Home.AccountAsync(3);
        await Home.TransactAsync(sender, Contracts.Tokens[Home.Id], new AbiFunction("mint(address,uint256)").Encode(sender, (BigInteger)amount));
        await Home.TransactAsync(sender, Contracts.Tokens[Home.Id], TokenContract.EncodeApprove(Contracts.Bridge, (BigInteger)amount));
        return SentIn(await Home.TransactAsync(sender, Contracts.Bridge, BridgeContract.EncodeSend(Far.Id, new AssetId(1), recipient, amount, 1_000_000)));
    }

    /// <summary>Sends more than the destination lets pass without a hold of an hour, and delivers it with the validators' signatures.</summary>
    public async Task<Hash32> DeferredAsync(Address recipient)
    {
        var bridge = Contracts.Bridge;
        var admin = await Far.AccountAsync(0);
        var manager = await new BridgeContract(Far.Client, bridge).AuthorityAsync(null, default);
        var hold = new AbiFunction("setHold(uint32,uint128,uint24)").Encode(1u, (UInt128)40_000_000, 3600u);
        (await Far.TransactAsync(admin, manager, new AbiFunction("execute(address,bytes)").Encode(bridge, hold))).Succeeded.ShouldBeTrue();

        var sent = await SendAsync(recipient, 50_000_000);
        await DeliverAsync(sent);
        return sent.RollingHash;
    }

    /// <summary>The one message that a transaction sent from home.</summary>
    public MessageSent SentIn(TransactionReceipt receipt) =>
        receipt.Logs.Where(log => log.Emitter == Contracts.Bridge).Select(log => BridgeEvents.TryDecode(log, out var decoded) ? decoded : null).OfType<MessageSent>().Single();
}

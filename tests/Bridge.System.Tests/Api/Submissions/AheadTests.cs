using Bridge.Core;
using Bridge.Evm;
using Bridge.SystemTests.Harness;

namespace Bridge.SystemTests.Api.Submissions;

/// <summary>What an executor sends behind its own delivery is simulated as if that were mined, by a real node and a real Bridge.</summary>
[Collection(SubmitWorld.Name)]
public sealed class AheadTests(SubmitFixture world)
{
    private static readonly Address Recipient = Address.Parse("0x0000000000000000000000000000000000000a4d");

    [Fact]
    public async Task A_delivery_behind_one_that_no_block_has_is_simulated_on_the_rolling_hash_that_it_will_leave()
    {
        var (before, last) = (await world.SendAsync(Recipient, 5_000_000), await world.SendAsync(Recipient, 5_000_000));
        last.Sequence.ShouldBe(before.Sequence.Next());
        var (bridge, account) = (world.Contracts.Bridge, await world.Far.AccountAsync(2));
        var slot = LaneSlots.Inbound(RollingHash.LaneId(new Lane(world.Home.Id, world.Far.Id), bridge, bridge));
        var data = await world.DeliveryAsync(last.Sequence.Value, last);

        (await world.Far.Client.EstimateGasAsync(account, bridge, data, new AssumedWord(bridge, slot, before.RollingHash), default)).ShouldBeInRange(60_000ul, 300_000ul);
        (await Should.ThrowAsync<RpcException>(() => world.Far.Client.EstimateGasAsync(account, bridge, data, default))).Kind.ShouldBe(RpcErrorKind.Reverted);
        (await Should.ThrowAsync<RpcException>(() => world.Far.Client.EstimateGasAsync(account, bridge, data, new AssumedWord(bridge, slot, last.RollingHash), default))).Kind.ShouldBe(RpcErrorKind.Reverted);

        await world.DeliverAsync(last);
        var stored = await world.Far.Rpc.CallAsync("eth_getStorageAt", [bridge.ToString(), slot.ToString(), "latest"], default);
        stored.GetString().ShouldBe(last.RollingHash.ToString());
    }
}

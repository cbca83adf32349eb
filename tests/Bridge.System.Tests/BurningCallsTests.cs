using Bridge.Core;
using Bridge.Evm;
using Bridge.SystemTests.Harness;

namespace Bridge.SystemTests;

/// <summary>One block of calls that together burn more gas than any transaction may use must not hold up its lane for ever.</summary>
public class BurningCallsTests(FaultyWorld running) : IClassFixture<FaultyWorld>
{
    private const int Calls = 8;
    private const uint GasEach = 5_000_000;
    private const ulong Fee = 6_000_000;
    private const ulong Amount = 7_000_000;

    private World World => running.World;

    [Fact]
    public async Task Calls_of_one_block_that_burn_more_than_a_transaction_may_use_are_delivered_in_several_and_the_lane_goes_on()
    {
        var user = await Traveller.AtAsync(World, 5);
        await user.PrepareAsync(Amount * (Calls + 1));
        var burner = await BurnerAsync(World.Far);
        await World.Home.StopMiningAsync();
        try
        {
            var sending = World.Home.TransactManyAsync(user.Account, World.Contracts.Bridge, [.. Enumerable.Repeat(Call(user.Account, burner), Calls)]);
            await Eventually.TrueAsync("all calls to be in the pool", async () => await World.Home.PendingAsync() == Calls);
            await World.Home.MineAsync();
            await sending;
        }
        finally
        {
            await World.Home.StartMiningAsync();
        }
        var behind = await user.SendAsync(World.Home, World.Far, Amount, Fee);

        await World.DeliveredAsync(behind);
        (await World.RelayerDatabase.CountAsync("SELECT count(DISTINCT block_height) FROM message WHERE kind = 3")).ShouldBe(1, "all in one block, or nothing was tested");
        (await World.RelayerDatabase.CountAsync("SELECT count(*) FROM message WHERE kind = 3 AND status = 'Deferred'")).ShouldBe(Calls);
        (await World.RelayerDatabase.CountAsync($"SELECT count(*) FROM submission WHERE gas_limit > {1 << 24}")).ShouldBe(0);
    }

    private byte[] Call(Address sender, Address recipient) => SenderCalls.SendCall(
        World.Far.Id, new Message(MessageKind.Call, new AssetId(Deployment.Asset), recipient, Amount, Fee, sender, new CallData(GasEach, [1, 2, 3])));

    /// <summary>Puts code there that runs in a circle until its gas is gone.</summary>
    private static async Task<Address> BurnerAsync(Anvil chain)
    {
        var at = new Address(Keccak256.Hash("burner"u8).ToArray().AsSpan(12));
        await chain.Rpc.CallAsync("anvil_setCode", [at.ToString(), "0x5b600056"], default);
        return at;
    }
}

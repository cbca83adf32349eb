using System.Numerics;
using Bridge.Core;
using Bridge.SystemTests.Harness;

namespace Bridge.SystemTests;

/// <summary>Delivery is permissionless: two relayers that know nothing of each other go for the same batches.</summary>
[Collection(OneBroker.Name)]
public class RivalTests
{
    private const ulong Fee = 10_000;

    [Fact]
    public async Task Two_relayers_deliver_the_same_lane_and_each_transfer_arrives_once()
    {
        await using var world = await World.StartAsync(Topology.RabbitMq);
        var (rival, rivalAccount, rivalDatabase) = await world.StartRivalAsync();
        var user = await Traveller.AtAsync(world, 2);
        await user.PrepareAsync(20_000_000);

        var ids = new List<Hash32>();
        for (var i = 0; i < 20; i++) ids.Add(await user.SendAsync(world.Home, world.Far, 1_000_000, Fee));

        await Eventually.TrueAsync("all to arrive", async () => await user.BalanceAsync(world.Far) == 20 * (1_000_000 - Fee), world.Explain);
        var earned = await EarnedAsync(world.Executor) + await EarnedAsync(rivalAccount);
        earned.ShouldBe(20 * Fee);
        (await world.SupplyAsync()).ShouldBe(20_000_000);
        foreach (var database in new[] { world.RelayerDatabase, rivalDatabase })
            await Eventually.TrueAsync("both databases to say so", async () => await database.CountAsync("SELECT count(*) FROM message WHERE status = 'Delivered'") == ids.Count,
                () => world.Explain() + rival.Tail());

        Task<BigInteger> EarnedAsync(Address account) => world.TokenOn(world.Far).BalanceOfAsync(account, CancellationToken.None);
    }
}

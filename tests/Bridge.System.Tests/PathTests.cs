using System.Numerics;
using Bridge.Core;
using Bridge.SystemTests.Harness;

namespace Bridge.SystemTests;

/// <summary>The whole path on real parts, once with the in-memory bus and once with a process for each role on RabbitMQ.</summary>
public abstract class PathTests(RunningWorld running)
{
    private const ulong Fee = 10_000;

    private World World => running.World;

    [Fact]
    public async Task A_locked_token_is_minted_on_the_other_chain_and_released_when_it_comes_back()
    {
        var user = await Traveller.AtAsync(World, 2);
        var (home, far) = (await user.BalanceAsync(World.Home), await user.BalanceAsync(World.Far));
        await user.PrepareAsync(5_000_000);

        var there = await user.SendAsync(World.Home, World.Far, 5_000_000, Fee);
        await World.DeliveredAsync(there);
        (await user.BalanceAsync(World.Far) - far).ShouldBe(5_000_000 - Fee);
        (await user.BalanceAsync(World.Home)).ShouldBe(home);

        var back = await user.SendAsync(World.Far, World.Home, 2_000_000, Fee);
        await World.DeliveredAsync(back);
        (await user.BalanceAsync(World.Home) - home).ShouldBe(2_000_000 - Fee);
        (await user.BalanceAsync(World.Far) - far).ShouldBe(3_000_000 - Fee);
    }

    [Fact]
    public async Task What_is_locked_equals_what_is_minted_once_all_has_arrived_and_the_executor_has_the_fees()
    {
        var user = await Traveller.AtAsync(World, 3);
        var stranger = await World.Far.AccountAsync(4);
        await user.PrepareAsync(9_000_000);
        var earnedBefore = await EarnedAsync();

        var ids = new List<Hash32>();
        for (ulong i = 1; i <= 5; i++) ids.Add(await user.SendAsync(World.Home, World.Far, 1_000_000 + i, Fee, i % 2 == 0 ? stranger : null));
        foreach (var id in ids) await World.DeliveredAsync(id);

        (await EarnedAsync() - earnedBefore).ShouldBe(5 * Fee);
        var asset = await World.BridgeOn(World.Home).AssetAsync(new AssetId(Deployment.Asset), null, CancellationToken.None);
        ((BigInteger)asset!.Locked).ShouldBe(await World.SupplyAsync());
    }

    [Fact]
    public async Task Every_process_is_killed_with_work_in_flight_and_nothing_is_lost_or_doubled()
    {
        var user = await Traveller.AtAsync(World, 5);
        var before = await user.BalanceAsync(World.Far);
        await user.PrepareAsync(30_000_000);
        var ids = new List<Hash32>();
        foreach (var node in World.Nodes.ToList())
        {
            ids.Add(await user.SendAsync(World.Home, World.Far, 1_000_000, Fee));
            await node.KillAsync();
            ids.Add(await user.SendAsync(World.Home, World.Far, 1_000_000, Fee));
            node.Start();
        }

        foreach (var id in ids) await World.DeliveredAsync(id);
        (await user.BalanceAsync(World.Far) - before).ShouldBe((ulong)ids.Count * (1_000_000 - Fee));
    }

    private Task<BigInteger> EarnedAsync() => World.TokenOn(World.Far).BalanceOfAsync(World.Executor, CancellationToken.None);
}

[Collection(InMemoryWorld.Name)]
public class InMemoryPathTests(InMemoryWorld running) : PathTests(running);

[Collection(OneBroker.Name)]
public class RabbitMqPathTests(RabbitMqWorld running) : PathTests(running), IClassFixture<RabbitMqWorld>;

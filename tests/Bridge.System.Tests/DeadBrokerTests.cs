using Bridge.Core;
using Bridge.SystemTests.Harness;

namespace Bridge.SystemTests;

public sealed class DeadBrokerWorld() : RunningWorld(Topology.DeadBroker);

/// <summary>The bus only rings. With a broker that never answered, from the first moment on, everything arrives all the same, later.</summary>
public sealed class DeadBrokerTests(DeadBrokerWorld running) : IClassFixture<DeadBrokerWorld>
{
    private World World => running.World;

    [Fact]
    public async Task With_the_broker_off_for_good_everything_arrives_all_the_same()
    {
        var user = await Traveller.AtAsync(World, 2);
        await user.PrepareAsync(5_000_000);

        var ids = new List<Hash32>();
        for (var n = 0; n < 3; n++) ids.Add(await user.SendAsync(World.Home, World.Far, 1_000_000, 10_000));
        foreach (var id in ids) await World.DeliveredAsync(id);
        await World.DeliveredAsync(await user.SendAsync(World.Far, World.Home, 500_000, 10_000));

        (await user.BalanceAsync(World.Far)).ShouldBe((3 * (1_000_000 - 10_000)) - 500_000);
        World.Relayers.ShouldAllBe(relayer => relayer.Output.Contains("the bus did not take", StringComparison.Ordinal) || !relayer.Name.EndsWith("watch", StringComparison.Ordinal));
    }
}

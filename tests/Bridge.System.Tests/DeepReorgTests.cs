using Bridge.Core;
using Bridge.SystemTests.Harness;

namespace Bridge.SystemTests;

public sealed class ReorganizedWorld() : RunningWorld(Topology.InMemory);

/// <summary>A source that takes back what it had called final: after this, nothing on it can be relied on.</summary>
public class DeepReorgTests(ReorganizedWorld running) : IClassFixture<ReorganizedWorld>
{
    private const ulong Fee = 10_000;

    private World World => running.World;

    [Fact]
    public async Task A_final_block_that_vanishes_halts_the_lane_for_good_and_the_reason_names_what_is_exposed()
    {
        var (validator, database) = await World.FreshValidatorAsync();
        await using var first = validator;
        validator.Start();
        var user = await Traveller.AtAsync(World, 2);
        await user.PrepareAsync(9_000_000);
        await World.DeliveredAsync(await user.SendAsync(World.Home, World.Far, 1_000_000, Fee));
        var before = await World.Home.Client.HeadAsync(default);
        await World.DeliveredAsync(await user.SendAsync(World.Home, World.Far, 2_000_000, Fee));
        await Eventually.TrueAsync("the validator to have signed both, and to know of their delivery", async () =>
            await database.CountAsync($"SELECT count(*) FROM message WHERE {Lane} AND status = 'Delivered'") == 2, validator.Tail);

        await World.Home.StopMiningAsync();
        var depth = (await World.Home.Client.HeadAsync(default)).Height - before.Height;
        depth.ShouldBeGreaterThan(2UL);
        await World.Home.Rpc.CallAsync("anvil_reorg", [depth, Array.Empty<object>()], default);
        await World.Home.StartMiningAsync();

        foreach (var (whose, tail) in new[] { (database, validator.Tail), (World.RelayerDatabase, (Func<string>)World.Explain) })
        {
            await Eventually.TrueAsync("the lane to be halted", async () => await whose.CountAsync($"SELECT count(*) FROM lane_halt WHERE {Lane} AND resumed_at IS NULL") == 1, tail);
            (await whose.CountAsync(
                $"SELECT count(*) FROM lane_halt WHERE {Lane} AND code = 'FINAL_BLOCK_VANISHED' AND reason LIKE '%messages 2 to 2%delivered: 1 (asset 1: 2000000)%'")).ShouldBe(1, await ReasonAsync(whose));
        }

        var signed = await database.CountAsync("SELECT count(*) FROM signature");
        await validator.KillAsync();
        await database.ExecuteHereAsync("DELETE FROM heartbeat");
        validator.Start();
        await user.SendAsync(World.Home, World.Far, 3_000_000, Fee);
        await Eventually.TrueAsync("the restarted validator to say that the lane is halted", async () =>
            await database.CountAsync("SELECT count(*) FROM heartbeat WHERE component = 'attest' AND detail LIKE '%is halted: block%'") == 1, validator.Tail);
        (await database.CountAsync("SELECT count(*) FROM signature")).ShouldBe(signed);
        (await database.CountAsync($"SELECT count(*) FROM lane_halt WHERE {Lane} AND resumed_at IS NULL")).ShouldBe(1);
    }

    private string Lane => $"source_chain = {World.Home.Id} AND destination_chain = {World.Far.Id}";

    private async Task<string> ReasonAsync(Database database)
    {
        await using var connection = new Npgsql.NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new Npgsql.NpgsqlCommand($"SELECT string_agg(code || ': ' || reason, '; ') FROM lane_halt WHERE {Lane}", connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}

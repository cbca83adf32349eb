using Bridge.Core;
using Bridge.SystemTests.Harness;

namespace Bridge.SystemTests;

/// <summary>For tests that need every validator to be honest, and every database their own.</summary>
[CollectionDefinition(Name)]
public sealed class UntouchedWorld() : RunningWorld(Topology.InMemory), ICollectionFixture<UntouchedWorld>
{
    public const string Name = "untouched world";
}

/// <summary>A database that is restored from an older backup, or failed over and lost the last of it. The chain decides: nothing is lost, nothing doubled, nothing signed twice.</summary>
[Collection(UntouchedWorld.Name)]
public sealed class RestoreTests(UntouchedWorld running)
{
    private const ulong Fee = 10_000;
    private const ulong Amount = 1_000_000;

    private World World => running.World;

    [Fact]
    public async Task A_relayer_that_forgot_what_it_did_and_what_it_was_told_delivers_everything_once()
    {
        var user = await Traveller.AtAsync(World, 2);
        await user.PrepareAsync(20 * Amount);
        var ids = new List<Hash32> { await SendAsync(user) };
        await World.DeliveredAsync(ids[0]);
        await using var backup = await World.RelayerDatabase.BackUpAsync();
        var known = await backup.CountAsync("SELECT count(*) FROM message");

        // Delivered, and forgotten.
        for (var n = 0; n < 2; n++) ids.Add(await SendAsync(user));
        foreach (var id in ids) await World.DeliveredAsync(id);

        // Attested and handed over, and forgotten before anybody delivered it.
        var relayer = World.Relayers.Single();
        await relayer.KillAsync();
        var told = await SendAsync(user);
        ids.Add(told);
        foreach (var (validator, index) in World.ValidatorDatabases.Select((database, index) => (database, index)))
            await Eventually.TrueAsync($"validator {index + 1} to have handed it over", async () => await validator.CountAsync(
                $"SELECT count(*) FROM handover h JOIN signing_log l USING (lane_id, sequence) WHERE l.rolling_hash = '\\x{told.ToString()[2..]}'") == 1, World.Explain);

        await World.RelayerDatabase.RestoreAsync(backup);
        (await World.RelayerDatabase.CountAsync("SELECT count(*) FROM message")).ShouldBe(known);
        relayer.Start();

        // The journal forgot what the executor has sent. That could as well be somebody else with its key, so a person decides.
        await Eventually.TrueAsync("the executor's account to be left alone", async () => await World.RelayerDatabase.CountAsync(
            "SELECT count(*) FROM account_quarantine WHERE released_at IS NULL AND reason LIKE '%the journal lost rows%'") == 1, World.Explain);
        var (exit, said) = await World.BridgeAsync("accounts", "release", "--chain", World.Far.Id.ToString(), "--account", World.Executor.ToString(), "--by", "a test", "--why", "restored");
        exit.ShouldBe(0, said);

        ids.Add(await SendAsync(user));
        foreach (var id in ids) await World.DeliveredAsync(id);
        (await user.BalanceAsync(World.Far)).ShouldBe((ulong)ids.Count * (Amount - Fee));
        (await World.RelayerDatabase.CountAsync("SELECT count(*) FROM lane_halt")).ShouldBe(0);
        (await SignedTwiceAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_validator_that_forgot_what_it_signed_signs_the_same_again_and_goes_on()
    {
        var user = await Traveller.AtAsync(World, 3);
        await user.PrepareAsync(20 * Amount);
        await World.DeliveredAsync(await SendAsync(user));
        var (validator, database) = (World.Validators[0], World.ValidatorDatabases[0]);
        await using var backup = await database.BackUpAsync();
        var forgotten = await SendAsync(user);
        await Eventually.TrueAsync("the validator to have signed", () => SignedAsync(database, forgotten), World.Explain);
        await World.DeliveredAsync(forgotten);

        // Under a running process, as a failover would.
        await database.RestoreAsync(backup);
        (await SignedAsync(database, forgotten)).ShouldBeFalse();
        var later = await SendAsync(user);

        await Eventually.TrueAsync("the validator to have signed the later one", () => SignedAsync(database, later), World.Explain);
        await World.DeliveredAsync(later);
        validator.HasExited.ShouldBeFalse();
        (await database.CountAsync("SELECT count(*) FROM lane_halt")).ShouldBe(0);
        (await SignedTwiceAsync()).ShouldBe(0);
    }

    private Task<Hash32> SendAsync(Traveller user) => user.SendAsync(World.Home, World.Far, Amount, Fee);

    private static async Task<bool> SignedAsync(Database database, Hash32 id) =>
        await database.CountAsync($"SELECT count(*) FROM signature JOIN signing_log USING (lane_id, sequence) WHERE rolling_hash = '\\x{id.ToString()[2..]}'") > 0;

    private Task<long> SignedTwiceAsync() => World.RelayerDatabase.CountAsync(
        "SELECT count(*) FROM (SELECT 1 FROM attestation GROUP BY source_chain, destination_chain, sequence, signer HAVING count(DISTINCT rolling_hash) > 1) twice");
}

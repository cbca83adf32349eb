using Bridge.Core;
using Bridge.SystemTests.Harness;

namespace Bridge.SystemTests;

/// <summary>A validator signs only what it has proven to itself: here its own database was tampered with, and three others carry on.</summary>
[Collection(InMemoryWorld.Name)]
public class ValidatorTests(InMemoryWorld running)
{
    private World World => running.World;

    [Fact]
    public async Task A_message_that_was_changed_in_a_validator_s_database_is_not_signed() => await UnsignedAsync(
        id => $"UPDATE message SET wire = set_byte(wire, 40, (get_byte(wire, 40) + 1) % 256) WHERE message_id = '\\x{id.ToString()[2..]}'",
        "the contract at block");

    [Fact]
    public async Task An_asset_that_would_leave_a_chain_it_never_came_to_is_not_signed() =>
        await UnsignedAsync(_ => "UPDATE asset SET mode = 'mint'", "more than came in");

    [Fact]
    public async Task Another_rolling_hash_than_the_one_in_the_signing_log_is_refused_and_halts_the_lane() => await UnsignedAsync(
        id => $"""
            INSERT INTO signing_log (lane_id, sequence, rolling_hash)
            SELECT l.lane_id, m.sequence, sha256('another') FROM message m JOIN lane l USING (source_chain, destination_chain) WHERE m.message_id = '\x{id.ToString()[2..]}'
            """,
        "another rolling hash was already signed");

    /// <summary>Lets a validator read a new transfer, tampers with its database, and only then lets it attest.</summary>
    private async Task UnsignedAsync(Func<Hash32, string> tamper, string said)
    {
        var (validator, database) = await World.FreshValidatorAsync();
        await using var reader = validator.With("watch");
        reader.Start();
        var user = await Traveller.AtAsync(World, 1);
        await user.PrepareAsync(1_000_000);
        var id = await user.SendAsync(World.Home, World.Far, 1_000_000, 10_000);
        await Eventually.TrueAsync("the validator to have read it", async () =>
            await database.CountAsync($"SELECT count(*) FROM message WHERE status <> 'Observed' AND message_id = '\\x{id.ToString()[2..]}'") == 1, reader.Tail);
        await reader.KillAsync();
        await database.ExecuteHereAsync(tamper(id));

        await using var attester = validator.With("attest");
        attester.Start();
        await Eventually.TrueAsync($"the validator to say '{said}'", async () =>
            await database.CountAsync($"SELECT count(*) FROM heartbeat WHERE component = 'attest' AND detail LIKE '%{said}%'") == 1, attester.Tail);
        (await database.CountAsync("SELECT count(*) FROM signature s JOIN lane l USING (lane_id) WHERE l.source_chain = 918001")).ShouldBe(0);
        await World.DeliveredAsync(id);
    }
}

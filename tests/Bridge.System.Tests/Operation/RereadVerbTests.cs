using System.Globalization;
using Bridge.Core;
using Bridge.SystemTests.Harness;

namespace Bridge.SystemTests.Operation;

/// <summary>What a database lost is read again from the chains beside running nodes, and no cursor moves by it.</summary>
[Collection(InMemoryWorld.Name)]
public sealed class RereadVerbTests(InMemoryWorld running)
{
    private World World => running.World;
    private string Config => World.ConfigWith("reread", World.Home.Url, World.Far.Url);

    [Fact]
    public async Task A_delivery_that_is_missing_is_found_and_stored_again_by_range_and_by_transaction()
    {
        var id = await DeliveredAsync();
        var (transaction, block) = (await EventAsync(id, "'0x' || encode(e.transaction_hash, 'hex')"), await EventAsync(id, "e.block_height::text"));
        string[] range = ["backfill", "--config", Config, "--chain", "far", "--from", block, "--to", block];
        string[] one = ["reobserve", "--config", Config, "--chain", "far", "--tx", transaction];
        (await BridgeAsync([.. range, "--dry-run"])).ShouldSay(0, "0 were missing");
        (await BridgeAsync(one)).ShouldSay(0, "is stored as it is");

        await LoseAsync(transaction);
        (await BridgeAsync([.. one, "--dry-run", "--json"])).ShouldSay(1, "\"state\":\"missing\"");
        (await BridgeAsync([.. range, "--dry-run"])).ShouldSay(1, "were delivered in " + transaction);
        (await KnownAsync(transaction)).ShouldBe(0, "a dry run writes nothing");
        var before = await CursorAsync();
        (await BridgeAsync(range)).ShouldSay(0, "are stored now");
        (await KnownAsync(transaction)).ShouldBe(1);
        (await CursorAsync()).ShouldBeGreaterThanOrEqualTo(before);

        await LoseAsync(transaction);
        (await BridgeAsync([.. one, "--rpc", World.Far.Url.ToString()])).ShouldSay(0, "are stored now");
        (await KnownAsync(transaction)).ShouldBe(1);
        (await BridgeAsync("reobserve", "--config", Config, "--chain", "far", "--tx", "0x" + new string('9', 64))).ShouldSay(2, "knows a mined transaction");
        (await BridgeAsync("backfill", "--config", Config, "--chain", "far", "--from", block, "--to", "99999999")).ShouldSay(2, "is the last block");
        (await BridgeAsync("backfill", "--config", Config, "--chain", "far", "--from", "0", "--to", block)).ShouldSay(2, "--from");
    }

    [Fact]
    public async Task What_stands_behind_the_facts_is_moved_on_by_clear_and_not_by_its_dry_run()
    {
        var id = await DeliveredAsync();
        var relayer = World.Relayers.Single();
        await relayer.KillAsync();
        try
        {
            await World.RelayerDatabase.ExecuteHereAsync($"UPDATE message SET status = 'Finalized' WHERE message_id = {Sql(id)}");
            var lane = $"{World.Home.Id}:{World.Far.Id}";
            (await BridgeAsync("clear", "--lane", $"{World.Far.Id}:{World.Home.Id}")).ShouldSay(0, "0 were moved on");
            (await BridgeAsync("clear", "--lane", lane, "--dry-run")).ShouldSay(0, "Nothing was changed");
            (await StatusAsync(id)).ShouldBe("Finalized");

            var said = await BridgeAsync("clear", "--lane", lane, "--json");
            said.ShouldSay(0, "\"before\":\"Finalized\",\"after\":\"Delivered\"");
            (await StatusAsync(id)).ShouldBe("Delivered");
            (await BridgeAsync("clear", "--since", "yesterday")).ShouldSay(2, "--since");
        }
        finally
        {
            relayer.Start();
        }
    }

    [Fact]
    public async Task A_validator_signs_on_request_what_its_checks_allow_and_nothing_else()
    {
        var id = await DeliveredAsync();
        var validator = World.ValidatorDatabases[0];
        async Task<Said> AttestAsync(Hash32 what, params string[] more)
        {
            var (exit, output) = await World.BridgeOnAsync(validator, ["attest", what.ToString(), "--by", "Ada", "--why", "a relayer lacks it", .. more]);
            return new Said(exit, output);
        }
        var signed = $"SELECT count(*) FROM signature s JOIN message m ON m.sequence = s.sequence JOIN lane l ON l.lane_id = s.lane_id AND l.source_chain = m.source_chain WHERE m.message_id = {Sql(id)}";
        (await AttestAsync(id)).ShouldSay(0, "signed already");
        (await AttestAsync(new Hash32(new byte[32]))).ShouldSay(1, "Refused");

        await DeliveredAsync(); // Its signature stands above the one that is lost.
        await validator.ExecuteHereAsync($"SET session_replication_role = replica; DELETE FROM signature s USING message m, lane l WHERE m.message_id = {Sql(id)} AND l.lane_id = s.lane_id AND l.source_chain = m.source_chain AND s.sequence = m.sequence");
        (await validator.CountAsync(signed)).ShouldBe(0);
        var lane = $"{World.Home.Id}:{World.Far.Id}";
        (await World.BridgeOnAsync(validator, "lanes", "pause", "--lane", lane, "--by", "Ada", "--why", "for the test")).ExitCode.ShouldBe(0);
        (await AttestAsync(id)).ShouldSay(1, "is halted");
        (await validator.CountAsync(signed)).ShouldBe(0, "a halted lane is not signed for");
        (await World.BridgeOnAsync(validator, "lanes", "resume", "--lane", lane, "--by", "Ada", "--why", "done")).ExitCode.ShouldBe(0);
        (await World.BridgeOnAsync(validator, "pause", "--role", "attest", "--by", "Ada", "--why", "for the test")).ExitCode.ShouldBe(0);
        (await AttestAsync(id, "--wait", "3")).ShouldSay(1, "Withdrawn");
        (await World.BridgeOnAsync(validator, "resume", "--role", "attest", "--by", "Ada", "--why", "done")).ExitCode.ShouldBe(0);
        (await AttestAsync(id, "--json")).ShouldSay(0, "\"outcome\":\"Done\"");
        (await validator.CountAsync(signed)).ShouldBe(1);
    }

    private async Task<Hash32> DeliveredAsync()
    {
        var user = await Traveller.AtAsync(World, 5);
        await user.PrepareAsync(1_000_000);
        var id = await user.SendAsync(World.Home, World.Far, 1_000_000, 10_000);
        await World.DeliveredAsync(id);
        return id;
    }

    private Task LoseAsync(string transaction) => World.RelayerDatabase.ExecuteHereAsync($"DELETE FROM delivery_event WHERE transaction_hash = '\\x{transaction[2..]}'");

    private Task<long> KnownAsync(string transaction) => World.RelayerDatabase.CountAsync($"SELECT count(*) FROM delivery_event WHERE transaction_hash = '\\x{transaction[2..]}'");

    private Task<long> CursorAsync() => World.RelayerDatabase.CountAsync(string.Create(CultureInfo.InvariantCulture, $"SELECT height FROM chain_cursor WHERE chain_id = {World.Far.Id}"));

    private Task<string> EventAsync(Hash32 id, string column) => World.RelayerDatabase.TextAsync(
        $"SELECT {column} FROM message m JOIN delivery_event e ON e.source_chain = m.source_chain AND e.destination_chain = m.destination_chain AND m.sequence BETWEEN e.first_sequence AND e.last_sequence AND e.kind = 'Delivered' WHERE m.message_id = {Sql(id)}");

    private Task<string> StatusAsync(Hash32 id) => World.RelayerDatabase.TextAsync($"SELECT status FROM message WHERE message_id = {Sql(id)}");

    private async Task<Said> BridgeAsync(params string[] arguments)
    {
        var (exit, output) = await World.BridgeAsync(arguments);
        return new Said(exit, output);
    }

    private static string Sql(Hash32 id) => $"'\\x{id.ToString()[2..]}'::bytea";
}

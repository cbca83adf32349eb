using System.Globalization;
using Bridge.Core;
using Bridge.SystemTests.Harness;

namespace Bridge.SystemTests.Operation;

/// <summary>An operator hastens, gives up and drains what an executor has in flight: by its own hand, at its own nonces.</summary>
public sealed class TransactionVerbTests(FaultyWorld running) : IClassFixture<FaultyWorld>
{
    private const ulong Fee = 10_000;
    private const ulong Amount = 1_000_000;

    private World World => running.World;
    private Node Relayer => World.Relayers.Single();

    [Fact]
    public async Task A_waiting_transaction_is_replaced_and_cancelled_on_request_at_its_nonce_and_the_account_stays_in_use()
    {
        var user = await PreparedAsync();
        Relayer.Save(config => config["Bridge"]!["Executor"]!["ResubmitSeconds"] = 600);
        await Relayer.SaysAsync("ResubmitSeconds");
        await World.Far.StopMiningAsync();
        try
        {
            var id = await user.SendAsync(World.Home, World.Far, Amount, Fee);
            await RowsAsync(id, "s.status = 'Broadcast'");
            var first = await NewestAsync(id);
            (await BridgeAsync("tx", "list-stuck", "--older", "0", "--json")).ShouldSay(1, first);
            (await BridgeAsync("tx", "bump", first, "--by", "Ada", "--why", " ")).ExitCode.ShouldNotBe(0);

            (await BridgeAsync("tx", "bump", first, "--by", "Ada", "--why", "it waits")).ShouldSay(0, "Done: replaced at nonce");
            (await AttemptsAsync(id)).ShouldBe(2);
            (await World.RelayerDatabase.CountAsync($"SELECT count(DISTINCT s.nonce) FROM submission s WHERE {Covers(id)}")).ShouldBe(1);
            var second = await NewestAsync(id);
            second.ShouldNotBe(first);

            (await BridgeAsync("tx", "cancel", second, "--by", "Ada", "--why", "another way is found", "--json")).ShouldSay(0, "\"outcome\":\"Done\"");
            await RowsAsync(id, "EXISTS (SELECT FROM submission_attempt t WHERE t.submission_id = s.id AND t.is_cancel)");
            await Relayer.KillAsync();
            (await BridgeAsync("tx", "bump", second, "--by", "Ada", "--why", "nobody is there", "--wait", "1")).ShouldSay(1, "Withdrawn");
            Relayer.Start();

            await World.Far.StartMiningAsync();
            await RowsAsync(id, "s.status IN ('Void', 'Failed') AND s.detail LIKE 'cancelled by%'");
            await World.DeliveredAsync(id);
            (await BridgeAsync("tx", "cancel", second, "--by", "Ada", "--why", "too late")).ShouldSay(2, "nothing of it waits for a block");
            (await World.RelayerDatabase.CountAsync("SELECT count(*) FROM account_quarantine")).ShouldBe(0);
            (await World.RelayerDatabase.CountAsync("SELECT count(*) FROM operator_request WHERE asked_by = 'Ada' AND settled_at IS NOT NULL")).ShouldBe(3);
        }
        finally
        {
            await World.Far.StartMiningAsync();
            if (Relayer.HasExited) Relayer.Start();
            Relayer.Save(config => config["Bridge"]!["Executor"]!["ResubmitSeconds"] = 5);
        }
    }

    [Fact]
    public async Task The_executor_s_own_key_delivers_nothing_by_hand()
    {
        var user = await PreparedAsync();
        await World.DeliveredAsync(await user.SendAsync(World.Home, World.Far, Amount, Fee));
        var halted = $"{World.Home.Id}:{World.Far.Id}";
        (await BridgeAsync("lanes", "pause", "--lane", halted, "--by", "Ada", "--why", "for the test")).ShouldSay(0, "stands still");
        try
        {
            var id = await user.SendAsync(World.Home, World.Far, Amount, Fee);
            await Eventually.TrueAsync("the certificate", async () => await World.RelayerDatabase.CountAsync($"SELECT count(*) FROM message WHERE message_id = {Sql(id)} AND status = 'Certified'") == 1, World.Explain);
            string[] execute = ["execute", id.ToString(), "--api", World.Api.Url.ToString(), "--config", Relayer.ConfigFile];
            (await BridgeAsync([.. execute, "--simulate"])).ShouldSay(0, "Simulated: it would succeed");
            (await BridgeAsync([.. execute, "--keystore", Path.Combine(World.Folder, "executor.keystore"), "--password-file", Path.Combine(World.Folder, "password"), "--yes"]))
                .ShouldSay(2, "is an executor's or a submitter's account");
        }
        finally
        {
            (await BridgeAsync("lanes", "resume", "--lane", halted, "--by", "Ada", "--why", "done")).ShouldSay(0, "goes on");
        }
    }

    [Fact]
    public async Task A_drained_node_finishes_what_is_in_flight_begins_nothing_more_and_ends_well()
    {
        var user = await PreparedAsync();
        (await BridgeAsync("drain", "--pid", Environment.ProcessId.ToString(CultureInfo.InvariantCulture))).ShouldSay(2, "is no 'bridge run'");
        await World.Far.StopMiningAsync();
        try
        {
            var id = await user.SendAsync(World.Home, World.Far, Amount, Fee);
            await RowsAsync(id, "s.status = 'Broadcast'");
            (await DrainAsync(wait: 3)).ShouldSay(1, "drains on");
            var later = await user.SendAsync(World.Home, World.Far, Amount, Fee);
            await Eventually.TrueAsync("the later one to be certified", async () => await World.RelayerDatabase.CountAsync($"SELECT count(*) FROM message WHERE message_id = {Sql(later)} AND status = 'Certified'") == 1, World.Explain);

            await World.Far.StartMiningAsync();
            await Eventually.TrueAsync("the node to end", () => Task.FromResult(Relayer.HasExited), World.Explain);
            Relayer.ExitCode.ShouldBe(0, Relayer.Tail());
            (await World.RelayerDatabase.CountAsync("SELECT count(*) FROM submission WHERE status IN ('Signed', 'Broadcast')")).ShouldBe(0);
            (await World.RelayerDatabase.CountAsync($"SELECT count(*) FROM submission s WHERE {Covers(id)} AND s.status IN ('Mined', 'Final')")).ShouldBe(1);
            (await World.RelayerDatabase.CountAsync($"SELECT count(*) FROM submission s WHERE {Covers(later)}")).ShouldBe(0);

            Relayer.Start();
            await World.DeliveredAsync(later);
            await World.DeliveredAsync(id);
        }
        finally
        {
            await World.Far.StartMiningAsync();
            if (Relayer.HasExited) Relayer.Start();
        }
    }

    [Fact]
    public async Task A_paused_role_begins_nothing_until_it_is_resumed()
    {
        var user = await PreparedAsync();
        string[] role = ["--role", "execute", "--by", "Ada", "--why", "maintenance"];
        (await BridgeAsync(["resume", .. role])).ShouldSay(2, "is not paused");
        (await BridgeAsync(["pause", .. role])).ShouldSay(0, "begins nothing more");
        (await BridgeAsync(["pause", .. role])).ShouldSay(2, "is paused already");
        (await BridgeAsync("pause", "--role", "watch", "--by", "Ada", "--why", "maintenance")).ShouldSay(2, "stopping its node");
        (await BridgeAsync("pause", "--role", "execute", "--lane", "1:2", "--by", "Ada", "--why", "maintenance")).ShouldSay(2, "Give one of");
        var id = await user.SendAsync(World.Home, World.Far, Amount, Fee);
        await Eventually.TrueAsync("the executor to say so", async () => await World.RelayerDatabase.CountAsync(
            $"SELECT count(*) FROM heartbeat h, message m WHERE h.component = 'execute {World.Far.Id}' AND h.detail LIKE 'paused by Ada%' AND m.message_id = {Sql(id)} AND m.status = 'Certified' AND h.beaten_at > m.updated_at + interval '3 seconds'") == 1, World.Explain);
        (await World.RelayerDatabase.CountAsync($"SELECT count(*) FROM submission s WHERE {Covers(id)}")).ShouldBe(0);

        (await BridgeAsync(["resume", .. role])).ShouldSay(0, "goes on");
        await World.DeliveredAsync(id);
        var chain = World.Far.Id.ToString();
        (await BridgeAsync("pause", "--chain", chain, "--by", "Ada", "--why", "maintenance")).ShouldSay(0, "2 lanes were changed");
        (await BridgeAsync("resume", "--chain", chain, "--by", "Ada", "--why", "done")).ShouldSay(0, "2 lanes were changed");
        (await BridgeAsync("resume", "--chain", chain, "--by", "Ada", "--why", "done")).ShouldSay(2, "Nothing was changed");
    }

    private Task<Said> DrainAsync(int wait) => BridgeAsync("drain", "--pid", Relayer.ProcessId.ToString(CultureInfo.InvariantCulture), "--wait", wait.ToString(CultureInfo.InvariantCulture));

    private async Task<Said> BridgeAsync(params string[] arguments)
    {
        var (exit, output) = await World.BridgeAsync(arguments);
        return new Said(exit, output);
    }

    private async Task<Traveller> PreparedAsync()
    {
        var user = await Traveller.AtAsync(World, 6);
        await user.PrepareAsync(4 * Amount);
        return user;
    }

    private Task RowsAsync(Hash32 id, string state) => Eventually.TrueAsync(
        $"a submission with {state}", async () => await World.RelayerDatabase.CountAsync($"SELECT count(*) FROM submission s WHERE {Covers(id)} AND {state}") >= 1, World.Explain);

    private Task<long> AttemptsAsync(Hash32 id) => World.RelayerDatabase.CountAsync($"SELECT count(*) FROM submission s JOIN submission_attempt t ON t.submission_id = s.id WHERE {Covers(id)}");

    private Task<string> NewestAsync(Hash32 id) => World.RelayerDatabase.TextAsync(
        $"SELECT '0x' || encode(t.transaction_hash, 'hex') FROM submission s JOIN submission_attempt t ON t.submission_id = s.id WHERE {Covers(id)} ORDER BY t.signed_at DESC LIMIT 1");

    private static string Covers(Hash32 id) =>
        $"""
        EXISTS (SELECT FROM message m WHERE m.message_id = {Sql(id)} AND m.source_chain = s.source_chain
            AND m.destination_chain = s.destination_chain AND m.sequence BETWEEN s.first_sequence AND s.last_sequence)
        """;

    private static string Sql(Hash32 id) => $"'\\x{id.ToString()[2..]}'::bytea";
}

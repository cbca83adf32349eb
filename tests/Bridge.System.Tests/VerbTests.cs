using System.Text;
using Bridge.Core;
using Bridge.Evm;
using Bridge.Store;
using Bridge.SystemTests.Harness;
using Bridge.SystemTests.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.SystemTests;

/// <summary>What an operator types when something stands still: the real executable on a real database.</summary>
public sealed class VerbTests(StoreFixture store) : IClassFixture<StoreFixture>, IDisposable
{
    private const string Password = "only for tests";

    private readonly string _folder = Directory.CreateTempSubdirectory("bridge-verbs-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_halted_lane_is_listed_with_its_reason_and_goes_on_only_by_a_person_s_word()
    {
        var scene = await Scene.BeginAsync(store);
        var lane = $"{scene.Lane.Source}:{scene.Lane.Destination}";
        await scene.ReadSourceAsync(1, [scene.Send(1)]);
        await store.Halts.HaltAsync(scene.Lane, HaltCodes.ForeignCertificate, "for the test", default);
        (await store.Get<StandingQueries>().ReadAsync(default)).Held.ShouldContain((scene.Lane, HoldReasons.ChainHalted, 1L));
        (await BridgeAsync("hold", "list", "--lane", $"{scene.Lane.Source}:{scene.Lane.Destination}", "--json")).ShouldSay(1, "FOREIGN_CERTIFICATE: for the test");

        (await BridgeAsync("lanes", "list")).ShouldSay(1, "FOREIGN_CERTIFICATE");
        (await BridgeAsync("lanes", "resume", "--lane", lane, "--why", "looked into")).ExitCode.ShouldNotBe(0);
        (await BridgeAsync("lanes", "resume", "--lane", lane, "--why", " ", "--by", "Ada")).ExitCode.ShouldNotBe(0);
        (await scene.HaltAsync()).ShouldNotBeNull();

        (await BridgeAsync("lanes", "resume", "--lane", lane, "--why", "looked into", "--by", "Ada")).ShouldSay(0, "goes on");
        (await scene.HaltAsync()).ShouldBeNull();
        (await BridgeAsync("lanes", "resume", "--lane", lane, "--why", "again", "--by", "Ada")).ShouldSay(2, "is not halted");
    }

    [Fact]
    public async Task A_parked_message_is_listed_shown_without_control_characters_and_decided_once()
    {
        var parked = store.Get<ParkedStore>();
        await parked.ParkAsync("relayer.relay", null, "no JSON", Encoding.ASCII.GetBytes("what \u001b[31mred"), default);
        var id = (await parked.OpenAsync(1000, default))[^1].Id.ToString(System.Globalization.CultureInfo.InvariantCulture);

        (await BridgeAsync("parked", "list")).ShouldSay(1, "no JSON");
        (await BridgeAsync("parked", "show", id)).ShouldSay(0, "what .[31mred");
        (await BridgeAsync("parked", "replay", id, "--by", "Ada", "--why", "try")).ShouldSay(2, "Bridge:Bus:RabbitMq");
        (await BridgeAsync("parked", "discard", id, "--by", "Ada", "--why", "a joke")).ShouldSay(0, "discarded");
        (await BridgeAsync("parked", "discard", id, "--by", "Ada", "--why", "a joke")).ShouldSay(2, "was decided already");
    }

    [Fact]
    public async Task A_validator_whose_journal_is_lost_does_not_start_until_a_person_has_rebuilt_it()
    {
        var scene = await Scene.BeginAsync(store);
        await store.SigningLog.RecordAsync(scene.LaneId, new Sequence(5), Scene.Hash(1), default);
        var config = Config("lost");

        (await BridgeAsync("run", "--roles", "attest", "--config", config)).ShouldSay(2, "bridge journal rebuild");
        (await BridgeAsync("journal", "check", "--config", config)).ShouldSay(1, "lacks");
        (await BridgeAsync("journal", "rebuild", "--config", config)).ShouldSay(0, "entries added");
        (await BridgeAsync("journal", "check", "--config", config)).ShouldSay(0, "lacks 0 of them");
    }

    [Fact]
    public async Task A_validator_whose_journal_is_damaged_or_held_does_not_start()
    {
        var config = Config("damaged");
        var journal = Path.Combine(_folder, "damaged.keystore.journal");
        await File.WriteAllTextAsync(journal, "not a journal\nat all\n");
        (await BridgeAsync("run", "--roles", "attest", "--config", config)).ShouldSay(2, "damaged in line 1");

        File.Delete(journal);
        using var held = new FileStream(journal, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        (await BridgeAsync("run", "--roles", "attest", "--config", config)).ShouldSay(2, "is another one running with this key");
    }

    [Fact]
    public async Task A_database_that_forgets_is_refused()
    {
        await using var forgetful = await Database.CreateAsync("forgetful");
        await RunAsync(forgetful.ConnectionString, "migrate");
        await forgetful.ExecuteHereAsync("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database()); END $$");

        (await RunAsync(forgetful.ConnectionString, "run", "--roles", "relay", "--config", Config("forgetful"))).ShouldSay(2, "synchronous_commit = off");
    }

    [Fact]
    public async Task A_backup_is_checked_against_the_database_that_it_is_of()
    {
        await using var live = await Database.CreateAsync("live");
        (await RunAsync(live.ConnectionString, "db", "status")).ShouldSay(1, "run 'bridge migrate'");
        (await RunAsync(live.ConnectionString, "db", "migrate")).ShouldSay(0, "Applied");
        (await RunAsync(live.ConnectionString, "db", "status", "--json")).ShouldSay(0, "\"missingMigrations\":[]");
        (await RunAsync(live.ConnectionString, "db", "verify-backup")).ShouldSay(2, "BRIDGE_RESTORED");
        await live.ExecuteHereAsync($"INSERT INTO signing_log VALUES {Signed(1, "a")}; INSERT INTO lane_halt (source_chain, destination_chain, code, reason) VALUES (1, 2, 'TEST', 'a reason')");
        await AppendAsync(live);
        await using var backup = await live.BackUpAsync();
        Npgsql.NpgsqlConnection.ClearAllPools(); // It cut off whoever was connected.
        await live.ExecuteHereAsync($"INSERT INTO signing_log VALUES {Signed(2, "b")}");
        await AppendAsync(live);
        Task<Said> VerifyAsync() => RunAsync(live.ConnectionString, ["db", "verify-backup", "--json"], backup.ConnectionString);

        (await VerifyAsync()).ShouldSay(0, "1 newer ones are in the journal alone then");
        await backup.ExecuteHereAsync($"INSERT INTO signing_log VALUES {Signed(2, "c")}");
        (await VerifyAsync()).ShouldSay(1, "which this database has not");
        await backup.ExecuteHereAsync("ALTER TABLE signing_log DISABLE TRIGGER ALL; DELETE FROM signing_log WHERE sequence = 2; ALTER TABLE signing_log ENABLE TRIGGER ALL; DELETE FROM log_pending");
        (await VerifyAsync()).ShouldSay(0, "\"check\":\"history\",\"good\":true");
        await backup.ExecuteHereAsync("ALTER TABLE lane_halt DISABLE TRIGGER ALL; UPDATE lane_halt SET reason = 'another'");
        (await VerifyAsync()).ShouldSay(1, "\"check\":\"audit log\",\"good\":false");
        await live.ExecuteHereAsync("ALTER TABLE log_entry DISABLE TRIGGER ALL; UPDATE log_entry SET leaf_hash = sha256('other') WHERE leaf_index = 0");
        (await VerifyAsync()).ShouldSay(1, "\"check\":\"history\",\"good\":false");

        static string Signed(int sequence, string hash) => $"(sha256('lane'), {sequence}, sha256('{hash}'), now())";
    }

    [Fact]
    public async Task What_is_measured_answers_and_an_endpoint_that_does_not_is_named()
    {
        (await BridgeAsync("bench", "sign", "--times", "5", "--json")).ShouldSay(0, "\"times\":5");
        (await BridgeAsync("bench", "verify", "--times", "5")).ShouldSay(0, "recover");
        var commits = await store.Source.CreateCommand("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn").ExecuteScalarAsync();
        (await BridgeAsync("bench", "db", "--times", "5", "--json")).ShouldSay(0, "\"times\":5");
        Convert.ToDecimal(await store.Source.CreateCommand("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn").ExecuteScalarAsync(), null).ShouldBeGreaterThan(Convert.ToDecimal(commits, null));
        (await BridgeAsync("bench", "rpc", "--times", "1", "--config", Config("bench"), "--json")).ShouldSay(1, "http://127.0.0.1:1");
        (await BridgeAsync("bench", "sign", "--times", "0")).ShouldSay(2, "--times");
    }

    [Theory]
    [InlineData("hold", "list")]
    [InlineData("tx", "list-stuck")]
    [InlineData("db", "verify-backup")]
    [InlineData("reob", "reobserve")]
    public async Task A_shell_completes_what_an_operator_types(string typed, string completed)
    {
        var line = completed == "reobserve" ? $"bridge {typed}" : $"bridge {typed} ";
        (await BridgeAsync($"[suggest:{line.Length}]", line)).ShouldSay(0, completed);
    }

    private static async Task AppendAsync(Database database)
    {
        await using var services = new ServiceCollection().AddBridgeStore(database.ConnectionString).BuildServiceProvider();
        var sequencer = services.GetRequiredService<LogSequencer>();
        await sequencer.BeginAsync(default);
        await sequencer.AppendAsync(default);
    }

    [Theory]
    [InlineData("password", "PasswordFile")]
    [InlineData("shared.keystore", "Keystore")]
    public async Task A_file_of_a_key_that_others_can_read_stops_the_start(string file, string key)
    {
        var config = Config("shared");
        File.SetUnixFileMode(Path.Combine(_folder, file), UnixFileMode.UserRead | UnixFileMode.GroupRead);

        (await BridgeAsync("run", "--roles", "attest", "--config", config)).ShouldSay(2, $"Bridge:Attester:{key}: others than its owner can use");
    }

    private string Config(string name)
    {
        File.WriteAllText(Path.Combine(_folder, "password"), Password);
        File.SetUnixFileMode(Path.Combine(_folder, "password"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var keystore = Path.Combine(_folder, name + ".keystore");
        Keystore.Create(keystore, Password, Keccak256.Hash(Encoding.ASCII.GetBytes(name)).ToArray(), scryptN: 2);
        var bridge = Scene.Someone(1).ToString();
        return Node.WriteConfig(_folder, name, new
        {
            Environment = "production",
            Chains = new[] { 918_101UL, 918_102UL }.ToDictionary(id => $"c{id}", id => new { ChainId = id, Bridge = bridge, Endpoints = new[] { "http://127.0.0.1:1" }, AllowSingleEndpoint = true }),
            Attester = new { Keystore = keystore, PasswordFile = Path.Combine(_folder, "password") },
        });
    }

    private Task<Said> BridgeAsync(params string[] arguments) => RunAsync(store.ConnectionString, arguments);

    private Task<Said> RunAsync(string database, params string[] arguments) => RunAsync(database, arguments, null);

    private async Task<Said> RunAsync(string database, string[] arguments, string? restored)
    {
        var environment = new Dictionary<string, string> { ["Bridge__Database"] = database };
        if (restored is not null) environment["BRIDGE_RESTORED"] = restored;
        var (exitCode, output) = await ChildProcess.BridgeAsync(arguments, environment, _folder);
        return new Said(exitCode, output);
    }
}

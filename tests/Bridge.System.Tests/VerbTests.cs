using System.Text;
using Bridge.Core;
using Bridge.Evm;
using Bridge.Store;
using Bridge.SystemTests.Harness;
using Bridge.SystemTests.Store;

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
        await store.Halts.HaltAsync(scene.Lane, HaltCodes.ForeignCertificate, "for the test", default);

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

    private async Task<Said> RunAsync(string database, params string[] arguments)
    {
        var (exitCode, output) = await ChildProcess.BridgeAsync(arguments, new Dictionary<string, string> { ["Bridge__Database"] = database }, _folder);
        return new Said(exitCode, output);
    }

    private sealed record Said(int ExitCode, string Output)
    {
        public void ShouldSay(int exitCode, string words)
        {
            Output.ShouldContain(words);
            ExitCode.ShouldBe(exitCode, Output);
        }
    }
}

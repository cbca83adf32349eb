using System.Text.Json;
using Bridge.Core;
using Bridge.Evm;
using Bridge.SystemTests.Harness;

namespace Bridge.SystemTests.Signers;

/// <summary>The verbs about keys, as an operator types them.</summary>
public sealed class KeyVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bridge-keys-").FullName;

    private string Keystore(string name) => Path.Combine(_folder, name + ".keystore");
    private string Secret(string name) => Path.Combine(_folder, name + ".password");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_new_key_is_its_owners_alone_and_opens_with_the_password_that_was_made_for_it()
    {
        var made = JsonDocument.Parse(await SaysAsync(0, "keys", "new", "--keystore", Keystore("a"), "--password-file", Secret("a"), "--json")).RootElement;

        foreach (var file in new[] { Keystore("a"), Secret("a") }) File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using var signer = Evm.Keystore.Open(Keystore("a"), (await File.ReadAllTextAsync(Secret("a"))).TrimEnd());
        made.GetProperty("address").GetString().ShouldBe(signer.Address.ToString());

        (await SaysAsync(2, "keys", "new", "--keystore", Keystore("a"), "--password-file", Secret("a"))).ShouldContain("never overwritten");
        File.SetUnixFileMode(Secret("a"), UnixFileMode.UserRead | UnixFileMode.OtherRead);
        (await SaysAsync(2, "keys", "new", "--keystore", Keystore("b"), "--password-file", Secret("a"))).ShouldContain("chmod 600");
        await File.WriteAllTextAsync(Secret("short"), "short");
        File.SetUnixFileMode(Secret("short"), UnixFileMode.UserRead);
        (await SaysAsync(2, "keys", "new", "--keystore", Keystore("b"), "--password-file", Secret("short"))).ShouldContain("shorter than");
        File.Exists(Keystore("b")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_key_is_imported_from_standard_input_or_another_keystore_and_nonsense_is_refused()
    {
        var key = Keccak256.Hash("to be imported"u8).ToArray();
        using var local = LocalSigner.FromPrivateKey(key);
        var hex = Path.Combine(_folder, "hex");
        await File.WriteAllTextAsync(hex, Hex.Format(key)[2..] + "\n");

        (await ImportAsync(hex, "in")).ShouldBe((0, $"{local.Address} in {Keystore("in")}, locked with the password in {Secret("in")}. Keep a copy of both, in two places.\n"));
        (await SaysAsync(0, "keys", "import", "--keystore", Keystore("again"), "--password-file", Secret("again"), "--from-keystore", Keystore("in"), "--from-password-file", Secret("in"))).ShouldContain(local.Address.ToString());

        await File.WriteAllTextAsync(hex, "0x1234\n");
        (await ImportAsync(hex, "bad")).ExitCode.ShouldBe(2);
        await File.WriteAllTextAsync(hex, new string('f', 64) + "\n");
        var (exitCode, output) = await ImportAsync(hex, "bad");
        (exitCode, File.Exists(Keystore("bad"))).ShouldBe((2, false), output);
        await File.WriteAllTextAsync(Secret("other"), "another password\n");
        (await SaysAsync(2, "keys", "import", "--keystore", Keystore("bad"), "--password-file", Secret("bad"), "--from-keystore", Keystore("in"), "--from-password-file", Secret("other"))).ShouldContain("wrong");
    }

    [Fact]
    public async Task Keys_are_listed_tested_and_prove_themselves_to_another_program()
    {
        await SaysAsync(0, "keys", "new", "--keystore", Keystore("attest"), "--password-file", Secret("attest"));
        var program = SigningProgram.Write(_folder, "sign", Keccak256.Hash("by a program"u8).ToArray(), "a password of tests");
        using var local = LocalSigner.FromPrivateKey(Keccak256.Hash("by a program"u8).ToArray());
        var config = Config(new { Use = $"exec:{program}", Address = local.Address.ToString() });

        var listed = JsonDocument.Parse(await SaysAsync(0, "keys", "list", "--config", config, "--json")).RootElement;
        listed.EnumerateArray().Select(row => (row.GetProperty("role").GetString(), row.GetProperty("where").GetString())).ShouldBe([("attest", Keystore("attest")), ("execute", $"exec:{program}"), ("log", Keystore("attest"))]);

        (await SaysAsync(0, "signer", "test", "--roles", "log", "--config", config)).ShouldContain("signs");

        var tested = JsonDocument.Parse(await SaysAsync(0, "signer", "test", "--config", config, "--times", "3", "--json")).RootElement;
        tested.EnumerateArray().ShouldAllBe(row => row.GetProperty("signs").GetBoolean());

        var proof = JsonDocument.Parse(await SaysAsync(0, "keys", "prove", "--role", "execute", "--message", "it's ours: ü", "--config", config, "--json")).RootElement;
        (await ChildProcess.RunAsync(Machine.Cast, ["wallet", "verify", "--address", local.Address.ToString(), "it's ours: ü", proof.GetProperty("signature").GetString()!])).ShouldContain("succeeded");
    }

    [Fact]
    public async Task A_signer_with_another_key_fails_its_test_and_stops_the_start()
    {
        var program = SigningProgram.Write(_folder, "sign", Keccak256.Hash("not the one"u8).ToArray(), "a password of tests");
        await SaysAsync(0, "keys", "new", "--keystore", Keystore("attest"), "--password-file", Secret("attest"));
        var config = Config(new { Use = $"exec:{program}", Address = "0x00000000000000000000000000000000000000a1" });

        (await SaysAsync(1, "signer", "test", "--roles", "execute", "--config", config)).ShouldContain("does not lead back to");
        (await SaysAsync(0, "signer", "test", "--roles", "attest", "--config", config)).ShouldContain("signs");
        await using var database = await Database.CreateAsync("signers");
        var secrets = new Dictionary<string, string> { ["Bridge__Database"] = database.ConnectionString };
        await ChildProcess.BridgeAsync(["migrate"], secrets, _folder);
        var (exitCode, output) = await ChildProcess.BridgeAsync(["run", "--roles", "execute", "--config", config], secrets, _folder);
        exitCode.ShouldBe(1, output);
        output.ShouldContain("does not lead back to");
    }

    [Theory]
    [InlineData("http://127.0.0.1:1", "Signer:Use: neither an https URL")]
    [InlineData("https://127.0.0.1:1", "Signer:Certificate: missing")]
    [InlineData("exec:sign", "by its whole path")]
    [InlineData("exec:", "by its whole path")]
    public async Task A_bad_signer_is_refused_in_words(string use, string said)
    {
        var output = await SaysAsync(2, "signer", "test", "--roles", "execute", "--config", Config(new { Use = use, Address = "0x01" }));
        output.ShouldContain(said);
        output.ShouldContain("Signer:Address: '0x01' is not an address");
    }

    [Fact]
    public async Task A_program_that_others_can_change_and_a_tls_key_that_they_can_read_are_refused()
    {
        var program = SigningProgram.Script(_folder, "open", "#!/bin/sh\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupWrite);
        (await SaysAsync(2, "signer", "test", "--roles", "execute", "--config", Config(new { Use = $"exec:{program}", Address = "0x00000000000000000000000000000000000000a1" }))).ShouldContain("chmod go-w");

        using var authority = new Authority("any");
        var (certificate, key) = Authority.Write(authority.Own, _folder, "tls");
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        var remote = new { Use = "https://127.0.0.1:1", Address = "0x00000000000000000000000000000000000000a1", Certificate = certificate, CertificateKey = key, Authority = certificate };
        (await SaysAsync(2, "signer", "test", "--roles", "execute", "--config", Config(remote))).ShouldContain("Signer:CertificateKey: others than its owner");
    }

    private string Config(object signer) => Node.WriteConfig(_folder, "node", new
    {
        Environment = "production",
        Chains = new[] { 918_101UL, 918_102UL }.ToDictionary(id => $"c{id}", id => new { ChainId = id, Bridge = "0x00000000000000000000000000000000000b41d6", Endpoints = new[] { "http://127.0.0.1:1" }, AllowSingleEndpoint = true }),
        Attester = new { Keystore = Keystore("attest"), PasswordFile = Secret("attest") },
        Executor = new { Signer = signer },
        Log = new { Keystore = Keystore("attest"), PasswordFile = Secret("attest") },
    });

    private async Task<(int ExitCode, string Output)> ImportAsync(string from, string name)
    {
        var bridge = $"dotnet '{Machine.Assembly("Bridge.Relayer", "bridge")}' keys import --keystore '{Keystore(name)}' --password-file '{Secret(name)}' < '{from}'";
        await using var shell = ChildProcess.Start("sh", ["-c", bridge], folder: _folder);
        await shell.ExitAsync(TimeSpan.FromMinutes(2));
        return (shell.ExitCode, shell.Output);
    }

    private async Task<string> SaysAsync(int expected, params string[] arguments)
    {
        var (exitCode, output) = await ChildProcess.BridgeAsync(arguments, null, _folder);
        exitCode.ShouldBe(expected, output);
        return output;
    }
}

using System.Text.Json;
using Bridge.SystemTests.Harness;

namespace Bridge.SystemTests;

/// <summary>What an operator asks of the executable about itself and its configuration.</summary>
public sealed class ConfigurationVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bridge-about-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Two_configurations_are_compared_key_by_key_and_secrets_stay_hidden()
    {
        var (before, after) = (Config("before", "https://rpc.example/v3/tOpSeCrEt", 500, 15), Config("after", "https://rpc.example/v3/tOpSeCrEt2", 600, 20));

        var rows = JsonDocument.Parse(await SaysAsync(1, "config", "diff", before, after, "--json")).RootElement.EnumerateArray().ToList();
        rows.Select(row => (row.GetProperty("key").GetString(), row.GetProperty("atOnce").GetBoolean())).ShouldBe(
            [("Bridge:Chains:alpha:Endpoints", true), ("Bridge:Executor:LeaseSeconds", false), ("Bridge:Executor:MaxFeeGwei", true)]);
        (await SaysAsync(1, "config", "diff", before, after)).ShouldNotContain("tOpSeCrEt");
        (await SaysAsync(0, "config", "diff", before, before)).ShouldBeEmpty();
        (await SaysAsync(2, "config", "diff", before, Path.Combine(_folder, "nowhere"))).ShouldContain("there is no file");
    }

    [Fact]
    public async Task The_file_wins_over_the_default_and_the_environment_over_both()
    {
        var file = Config("node", "https://rpc.example", 600, 15);
        var environment = new Dictionary<string, string> { ["Bridge__Database"] = "Host=x", ["Bridge__Executor__LeaseSeconds"] = "30" };

        var (exitCode, shown) = await ChildProcess.BridgeAsync(["config", "show", "--effective", "--redact", "--config", file, "--roles", "watch"], environment, _folder);

        exitCode.ShouldBe(0, shown);
        var bridge = JsonDocument.Parse(shown).RootElement.GetProperty("Bridge");
        bridge.GetProperty("Executor").GetProperty("MaxFeeGwei").GetInt32().ShouldBe(600);
        bridge.GetProperty("Executor").GetProperty("LeaseSeconds").GetInt32().ShouldBe(30);
        bridge.GetProperty("Executor").GetProperty("MaxBatch").GetInt32().ShouldBe(512);
        bridge.GetProperty("Roles").EnumerateArray().Select(role => role.GetString()).ShouldBe(["watch"]);
    }

    [Fact]
    public async Task A_log_level_is_written_into_the_file_and_a_file_with_comments_is_left_alone()
    {
        var file = Config("node", "https://rpc.example", 500, 15);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await SaysAsync(0, "log", "set-level", "Debug", "--category", "Bridge.Relayer.Watch", "--config", file);
        var root = JsonDocument.Parse(await File.ReadAllTextAsync(file)).RootElement;
        root.GetProperty("Logging").GetProperty("LogLevel").GetProperty("Bridge.Relayer.Watch").GetString().ShouldBe("Debug");
        root.GetProperty("Bridge").GetProperty("Executor").GetProperty("MaxFeeGwei").GetInt32().ShouldBe(500);
        File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);

        await File.WriteAllTextAsync(file, "// mine\n{}");
        (await SaysAsync(2, "log", "set-level", "Debug", "--config", file)).ShouldContain("has comments");
        (await File.ReadAllTextAsync(file)).ShouldBe("// mine\n{}");
    }

    [Fact]
    public async Task The_version_is_told_and_bash_completes_verbs_with_the_script_for_it()
    {
        JsonDocument.Parse(await SaysAsync(0, "version", "--json")).RootElement.GetProperty("version").GetString().ShouldNotBeNullOrEmpty();
        foreach (var shell in new[] { "bash", "zsh", "fish" }) await SaysAsync(0, "completions", shell);

        var script = Path.Combine(_folder, "completions");
        await File.WriteAllTextAsync(script, await SaysAsync(0, "completions", "bash"));
        var bridge = $"bridge() {{ dotnet '{Machine.Assembly("Bridge.Relayer", "bridge")}' \"$@\"; }}";
        foreach (var (typed, word, expected) in new[] { ("bridge key", 1, "keys"), ("bridge keys ro", 2, "rotate"), ("bridge keys list --js", 3, "--json") })
            (await ChildProcess.RunAsync("bash", ["-c", $"{bridge}; . '{script}'; COMP_LINE='{typed}'; COMP_POINT=${{#COMP_LINE}}; COMP_WORDS=({typed}); COMP_CWORD={word}; _bridge; echo \"${{COMPREPLY[@]}}\""], folder: _folder))
                .Trim().Split(' ').ShouldContain(expected);
    }

    private string Config(string name, string endpoint, int maxFee, int lease) => Node.WriteConfig(_folder, name, new
    {
        Environment = "local",
        Chains = new[] { "alpha", "beta" }.Select((chain, at) => (chain, at)).ToDictionary(one => one.chain, one => new
        {
            ChainId = one.at + 1, Bridge = "0x00000000000000000000000000000000000b41d6", Endpoints = new[] { one.at == 0 ? endpoint : "https://other.example" },
        }),
        Executor = new { MaxFeeGwei = maxFee, LeaseSeconds = lease },
    });

    private async Task<string> SaysAsync(int expected, params string[] arguments)
    {
        var (exitCode, output) = await ChildProcess.BridgeAsync(arguments, null, _folder);
        exitCode.ShouldBe(expected, output);
        return output;
    }
}

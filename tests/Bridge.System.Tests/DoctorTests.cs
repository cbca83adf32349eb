using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.SystemTests.Harness;

namespace Bridge.SystemTests;

/// <summary>What 'bridge doctor' says of nodes that are well, and of each thing that can be wrong with one.</summary>
[Collection(InMemoryWorld.Name)]
public class DoctorTests(InMemoryWorld running)
{
    private World World => running.World;

    [Fact]
    public async Task Nodes_that_work_are_found_well_while_they_run()
    {
        foreach (var node in new[] { World.Relayers[0], World.Validators[0] })
        {
            var (exit, findings, output) = await DoctorAsync(node);

            exit.ShouldBe(0, output);
            findings.ShouldNotContain(finding => finding.Verdict == "bad", output);
            findings.ShouldContain(finding => finding.Check == "database" && finding.Verdict == "good");
            findings.Count(finding => finding.Check.StartsWith("chain ", StringComparison.Ordinal) && finding.Said.Contains("newest block")).ShouldBe(2);
        }
        var (_, said, _) = await DoctorAsync(World.Validators[0]);
        said.ShouldContain(finding => finding.Check == "signing journal" && finding.Said.Contains("held by a validator that runs"));
        said.ShouldContain(finding => finding.Check == "Bridge on far" && finding.Said.Contains("we are number "));
    }

    [Theory]
    [InlineData("Chains:home:Bridge", "0x00000000000000000000000000000000000000aa", "Bridge on home", "there is no contract")]
    [InlineData("Chains:home:ChainId", "77", "chain home: http://127.0.0.1", "77")]
    [InlineData("Chains:home:Endpoints:0", "http://127.0.0.1:1", "chain home: http://127.0.0.1:1", "")]
    [InlineData("Bus:RabbitMq", "amqp://127.0.0.1:1/", "bus", "")]
    [InlineData("Attester:Keystore", "STRANGER", "Bridge on far", "is not among them")]
    [InlineData("Attester:Keystore", "WORLD-READABLE", "key of attest", "can be used by others")]
    public async Task What_is_wrong_is_named_with_what_to_do(string key, string value, string check, string said)
    {
        value = value switch { "STRANGER" => Keystore("stranger", UnixFileMode.UserRead), "WORLD-READABLE" => Keystore("open", UnixFileMode.UserRead | UnixFileMode.OtherRead), _ => value };
        var node = World.Validators[0].Changed("wrong", bridge => Set(bridge, key, value));

        var (exit, findings, output) = await DoctorAsync(node);

        exit.ShouldBe(1, output);
        findings.ShouldContain(finding => finding.Verdict == "bad" && finding.Check.StartsWith(check, StringComparison.Ordinal) && finding.Said.Contains(said) && finding.Fix.Length > 0, output);
    }

    [Fact]
    public async Task An_executor_that_cannot_pay_is_told_where_to_send_coin()
    {
        var node = World.Relayers[0].Changed("poor", bridge => Set(bridge, "Executor:Keystore", Keystore("poor", UnixFileMode.UserRead)));

        var (exit, findings, output) = await DoctorAsync(node);

        exit.ShouldBe(1, output);
        findings.Count(finding => finding.Check.StartsWith("coin on ", StringComparison.Ordinal) && finding.Verdict == "bad" && finding.Fix.StartsWith("Send coin to 0x", StringComparison.Ordinal)).ShouldBe(2, output);
    }

    private sealed record Found(string Check, string Verdict, string Said, string Fix);

    private static async Task<(int Exit, IReadOnlyList<Found> Findings, string Output)> DoctorAsync(Node node)
    {
        var (exit, output) = await node.AskAsync("doctor", "--json");
        var findings = JsonDocument.Parse(output).RootElement.EnumerateArray()
            .Select(one => new Found(one.GetProperty("check").GetString()!, one.GetProperty("verdict").GetString()!, one.GetProperty("said").GetString()!, one.GetProperty("fix").GetString() ?? "")).ToList();
        return (exit, findings, output);
    }

    private static void Set(JsonNode bridge, string path, string value)
    {
        var keys = path.Split(':');
        var at = keys[..^1].Aggregate(bridge, (node, key) => node is JsonArray array ? array[int.Parse(key, System.Globalization.CultureInfo.InvariantCulture)]! : node[key]!);
        if (at is JsonArray list) list[int.Parse(keys[^1], System.Globalization.CultureInfo.InvariantCulture)] = value;
        else at[keys[^1]] = value;
    }

    /// <summary>Of a key that nobody knows.</summary>
    private static string Keystore(string name, UnixFileMode mode)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("bridge-doctor-").FullName, name);
        Evm.Keystore.Create(file, "only for tests", Core.Keccak256.Hash(System.Text.Encoding.ASCII.GetBytes(name)).ToArray(), scryptN: 2);
        File.SetUnixFileMode(file, mode);
        return file;
    }
}

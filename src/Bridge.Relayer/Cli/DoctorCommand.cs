using System.CommandLine;
using System.Text.Json;
using Bridge.Evm;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Configuration;
using Bridge.Relayer.Doctor;
using Bridge.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Relayer.Cli;

/// <summary>Looks at everything that a node needs, and says in one line each what to mend.</summary>
internal static class DoctorCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public static Command Create()
    {
        var config = Common.Config();
        var roles = Common.Roles("Look for these roles instead of what Bridge:Roles says, comma-separated.");
        var json = new Option<bool>("--json") { Description = "Print the findings as JSON." };
        return new Command("doctor", "Looks at all that a node needs and changes nothing. Exit code 0 if nothing is bad, 1 if something is, 2 if the configuration is.") { config, roles, json }.Does(async (parsed, ct) =>
        {
            var options = ConfigurationLoader.Load(ConfigurationLoader.Read(parsed.GetValue(config)), parsed.GetValue(roles));
            await using var store = new ServiceCollection().AddBridgeStore(options.Database).BuildServiceProvider();
            using var http = RpcHttp.CreateClient();
            var findings = await Examiner.RunAsync(Examinations.Of(options, new ChainSet(options, http), http, store, Examinations.Attester(options)), ct);
            if (parsed.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(findings, Json));
            else Show(findings);
            return findings.Any(finding => finding.Verdict is Verdict.Bad) ? Common.Failed : 0;
        });
    }

    private static void Show(IReadOnlyList<Finding> findings)
    {
        foreach (var finding in findings)
        {
            Console.WriteLine($"{Mark(finding.Verdict)} {finding.Check}: {finding.Said}");
            if (finding.Fix is { } fix) Console.WriteLine($"     {fix}.");
        }
        Console.WriteLine($"doctor: {findings.Count(f => f.Verdict is Verdict.Good)} good, {findings.Count(f => f.Verdict is Verdict.Warning)} warnings, {findings.Count(f => f.Verdict is Verdict.Bad)} bad");
    }

    private static string Mark(Verdict verdict) => verdict switch { Verdict.Good => " ok ", Verdict.Warning => "WARN", _ => "BAD " };
}

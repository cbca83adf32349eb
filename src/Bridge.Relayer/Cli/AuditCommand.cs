using System.CommandLine;
using System.Text;
using System.Text.Json;
using Bridge.Audit;
using Bridge.Evm;
using Bridge.Relayer.Audit;
using Bridge.Relayer.Configuration;

namespace Bridge.Relayer.Cli;

/// <summary>Recomputes everything from the chains, and compares it with what was written down.</summary>
internal static class AuditCommand
{
    public const int Undecided = 3;

    public static Command Create() => new("audit", "What an auditor asks: is it all true?") { Verify(), Export(), ReplayCommand.Create(), ReservesCommand.Reconcile(), ReservesCommand.ReservesOf(), AuditLogVerbs.Checkpoint(), AuditLogVerbs.Prove() };

    private static Command Verify()
    {
        var config = Common.Config();
        var drained = new Option<bool>("--drained") { Description = "Nothing is underway: everything sent must have arrived, and every row must be final." };
        var json = new Option<bool>("--json") { Description = "Print the verdicts as JSON, one object a line." };
        var api = new Option<Uri?>("--api") { Description = "Base URL of an API whose answers are judged, too." };
        var databases = new Option<string[]>("--database") { Description = "Npgsql connection string of a database to judge in place of Bridge:Database; once for each organisation's." };
        var export = new Argument<FileInfo?>("export") { Arity = ArgumentArity.ZeroOrOne, Description = "An export with its .manifest.json beside it, to be checked in place of the ten laws, without asking anybody." };
        return new Command("verify", "Decides the ten laws. Exit code 0 if all hold, 1 if one is violated, 3 if one could not be decided.")
            { export, config, drained, json, api, databases, AuditLogVerbs.Log, AuditLogVerbs.Kept, AuditLogVerbs.Operator }
            .Does(async (parsed, ct) =>
            {
                var signer = AuditLogVerbs.Signer(parsed.GetValue(AuditLogVerbs.Operator));
                if (parsed.GetValue(export) is { } file) return await AuditLogVerbs.VerifyExportAsync(file, signer, parsed.GetValue(json), ct);
                if (parsed.GetValue(AuditLogVerbs.Log)) return await AuditLogVerbs.VerifyLogAsync(parsed.GetValue(config), parsed.GetValue(AuditLogVerbs.Kept) ?? [], signer, parsed.GetValue(json), ct);
                var options = ConfigurationLoader.LoadChains(ConfigurationLoader.Read(parsed.GetValue(config)));
                foreach (var name in Auditors.SharedEndpoints(options))
                    await Console.Error.WriteLineAsync($"{name}: looking through the pipeline's own endpoints; what they hide cannot be seen. Give Bridge:Audit:Endpoints:{name}.");
                using var http = RpcHttp.CreateClient();
                var given = parsed.GetValue(databases) ?? [];
                var checker = Auditors.Create(options, http, given.Length > 0 ? given : options.Database.Length > 0 ? [options.Database] : [], parsed.GetValue(api));
                if (await VerdictsAsync(checker, parsed.GetValue(drained), ct) is not { } verdicts) return Undecided;
                foreach (var verdict in verdicts) Console.WriteLine(parsed.GetValue(json) ? Json(verdict) : verdict.ToString());
                return verdicts.Any(v => v.State is LawState.Violated) ? Common.Failed : verdicts.Any(v => v.State is LawState.Undecided) ? Undecided : 0;
            });
    }

    private static string Json(LawVerdict verdict) =>
        JsonSerializer.Serialize(new { law = verdict.Law, name = verdict.Name, state = verdict.State.ToString(), detail = verdict.Detail });

    /// <summary>Null when a chain, a database or the API could not be read: then nothing is decided, and nothing is violated.</summary>
    private static async Task<IReadOnlyList<LawVerdict>?> VerdictsAsync(Checker checker, bool drained, CancellationToken ct)
    {
        try
        {
            return await checker.JudgeAsync(drained, ct);
        }
        catch (Exception e) when (e is RpcException or WrongChainException or EndpointQuorumException or ApiException or Npgsql.NpgsqlException)
        {
            await Console.Error.WriteLineAsync($"Nothing could be decided: {e.Message}");
            return null;
        }
    }

    private static Command Export()
    {
        var config = Common.Config();
        return new Command("export", "Prints the history that the database holds, as the chains determine it: one canonical JSON object a line, equal histories in equal bytes. With --out: transfers as the audit log tells them, signed.")
            { config, AuditExportVerb.Out, AuditExportVerb.Form, AuditExportVerb.Filters, AuditExportVerb.Columns, AuditExportVerb.TreeSize }
            .Does(async (parsed, ct) =>
            {
                if (parsed.GetValue(AuditExportVerb.Out) is { } file) return await AuditExportVerb.WriteAsync(parsed, parsed.GetValue(config), file, ct);
                var database = ConfigurationLoader.Read(parsed.GetValue(config))[$"{ConfigurationLoader.Section}:{nameof(BridgeOptions.Database)}"];
                if (string.IsNullOrEmpty(database)) throw new UserException("Bridge:Database: missing. Give a Npgsql connection string, by the environment as Bridge__Database if it has a password.");
                await using var output = Console.OpenStandardOutput();
                foreach (var line in await HistoryExport.ReadAsync(database, ct)) await output.WriteAsync(Encoding.UTF8.GetBytes(line.Json + "\n"), ct);
                return 0;
            });
    }
}

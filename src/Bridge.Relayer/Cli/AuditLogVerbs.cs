using System.CommandLine;
using System.Text.Json;
using Bridge.Audit;
using Bridge.Core;
using Bridge.Relayer.Configuration;
using Bridge.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Relayer.Cli;

/// <summary>What an auditor does with the audit log: checks it against the database, keeps its checkpoints, proves what is in it.</summary>
internal static class AuditLogVerbs
{
    public static readonly Option<bool> Log = new("--log") { Description = "Hold the database against its audit log in place of the ten laws: without asking anybody, what was altered is named." };

    public static readonly Option<FileInfo[]> Kept = new("--checkpoint") { Description = "With --log: a checkpoint that was kept from before; the log must have grown out of it. Once for each." };

    public static readonly Option<string?> Operator = new("--operator") { Description = "With --log or an export: address of the key whose signature it must be." };

    /// <returns>0 if nothing was altered.</returns>
    public static async Task<int> VerifyLogAsync(string? config, IReadOnlyList<FileInfo> kept, Address? signer, bool json, CancellationToken ct)
    {
        var report = await LogVerifier.VerifyAsync(Database(config), new LogExpectation(signer, [.. kept.Select(file => Read(file, signer))]), ct);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new { size = report.Size, root = report.Root.ToString(), checkpoints = report.Checkpoints, pending = report.Pending, corrections = report.Corrections, faults = report.Faults }));
        }
        else
        {
            foreach (var fault in report.Faults) Console.WriteLine($"ALTERED {fault}");
            foreach (var correction in report.Corrections) Console.WriteLine($"corrected {correction}");
            Console.WriteLine($"log of {report.Size} leaves, root {report.Root}: {report.Checkpoints} checkpoints hold, {report.Pending} changes are no leaves yet, {report.Faults.Count} altered");
        }
        return report.Faults.Count == 0 ? 0 : Common.Failed;
    }

    public static async Task<int> VerifyExportAsync(FileInfo file, Address? signer, bool json, CancellationToken ct)
    {
        var beside = file.FullName + ManifestSuffix;
        if (!file.Exists) throw new UserException($"There is no file '{file.FullName}'.");
        if (!File.Exists(beside)) throw new UserException($"There is no manifest '{beside}'. Save what the API gives as manifest under that name.");
        var report = ExportCheck.Check(await File.ReadAllBytesAsync(file.FullName, ct), await File.ReadAllTextAsync(beside, ct), signer);
        if (json) Console.WriteLine(JsonSerializer.Serialize(new { rows = report.Manifest?.Rows, treeSize = report.Manifest?.TreeSize, signer = report.Signer.ToString(), faults = report.Faults }));
        else foreach (var fault in report.Faults) Console.WriteLine($"ALTERED {fault}");
        if (!json && report.Faults.Count == 0) Console.WriteLine($"{report.Manifest!.Rows} rows of a log of {report.Manifest.TreeSize} leaves, as {report.Signer} signed them at {report.Manifest.GeneratedAt:u}");
        return report.Faults.Count == 0 ? 0 : Common.Failed;
    }

    public const string ManifestSuffix = ".manifest.json";

    public static Command Checkpoint()
    {
        var config = Common.Config();
        return new Command("checkpoint", "Prints the newest signed checkpoint of the audit log, with who cosigned it. Keep it: no history but the one that led to it fits it.") { config }
            .Does((parsed, ct) => Common.WithStoreAsync(parsed.GetValue(config), async services =>
            {
                Console.Write((await NewestAsync(services, ct)).Text());
                return 0;
            }));
    }

    public static Command Prove()
    {
        var config = Common.Config();
        var transfer = new Argument<string>("transfer") { Description = "A transfer's id." };
        return new Command("prove", "Prints every leaf that names a transfer, with the proof that it is in the log, as JSON that needs nothing else to be checked.") { transfer, config }
            .Does((parsed, ct) => Common.WithStoreAsync(parsed.GetValue(config), async services =>
            {
                if (!Hash32.TryParse(parsed.GetValue(transfer), out var id)) throw new UserException($"'{parsed.GetValue(transfer)}' is not a transfer's id: expected 0x and 64 hex digits.");
                var note = await NewestAsync(services, ct);
                var leaves = await services.GetRequiredService<LogReader>().ProofsAsync(id, note.Checkpoint.Size, ct);
                if (leaves.Count == 0) throw new UserException($"None of the {note.Checkpoint.Size} signed leaves names {id}. Is the id right, and does a node with the role log run?");
                Console.WriteLine(JsonSerializer.Serialize(new
                {
                    transferId = id.ToString(), checkpoint = note.Text(),
                    leaves = leaves.Select(proven => new { leafIndex = proven.Leaf.Index.ToString(System.Globalization.CultureInfo.InvariantCulture), leafHash = proven.Leaf.Hash.ToString(), entry = proven.Leaf.Text, proof = proven.Proof.Select(hash => hash.ToString()) }),
                }));
                return 0;
            }));
    }

    public static Address? Signer(string? text) => text is null ? null : Address.TryParse(text, out var address) ? address : throw new UserException($"--operator: '{text}' is not an address.");

    internal static async Task<SignedNote> NewestAsync(IServiceProvider services, CancellationToken ct) => await services.GetRequiredService<LogReader>().CheckpointAsync(ct)
        ?? throw new UserException("No checkpoint of the log is signed yet. Run a node with the role log.");

    private static LogCheckpoint Read(FileInfo file, Address? signer)
    {
        if (!file.Exists) throw new UserException($"--checkpoint: there is no file '{file.FullName}'.");
        if (!SignedNote.TryParse(File.ReadAllText(file.FullName), out var note)) throw new UserException($"--checkpoint: '{file.FullName}' is no signed checkpoint.");
        if (signer is { } wanted && note.By(wanted, NoteRole.Operator) is null) throw new UserException($"--checkpoint: '{file.FullName}' is not signed by {wanted}.");
        return note.Checkpoint;
    }

    private static string Database(string? config) => ConfigurationLoader.Read(config)[$"{ConfigurationLoader.Section}:{nameof(BridgeOptions.Database)}"] is { Length: > 0 } database
        ? database : throw new UserException("Bridge:Database: missing. Give a Npgsql connection string, by the environment as Bridge__Database if it has a password.");
}

using System.Security.Cryptography;
using System.Text;
using Bridge.Core;

namespace Bridge.Audit;

/// <summary>What an export is, as far as it and its manifest alone tell.</summary>
/// <param name="Signer">Whose name is under the manifest and under its checkpoint.</param>
/// <param name="Faults">One sentence each; none, and the file is the one that was written.</param>
public sealed record ExportReport(ExportManifest? Manifest, Address Signer, IReadOnlyList<string> Faults);

/// <summary>Checks an export without asking anybody.</summary>
public static class ExportCheck
{
    /// <param name="expected">Whose it has to be; null: anybody's, and the report says whose.</param>
    public static ExportReport Check(byte[] file, string manifestText, Address? expected)
    {
        if (!ExportManifest.TryParse(manifestText, out var manifest, out var signer)) return new ExportReport(null, default, ["the manifest was altered: its signature is not over what it says"]);
        return new ExportReport(manifest, signer, [.. Faults(file, manifest, signer, expected)]);
    }

    private static IEnumerable<string> Faults(byte[] file, ExportManifest manifest, Address signer, Address? expected)
    {
        if (expected is { } wanted && wanted != signer) yield return $"the manifest is signed by {signer}, not by {wanted}";
        var hash = new Hash32(SHA256.HashData(file));
        if (hash != manifest.Sha256) yield return $"the file was altered: its SHA-256 is {hash}, and the manifest says {manifest.Sha256}";
        var lines = Encoding.UTF8.GetString(file).Split('\n').SkipLast(1).ToList();
        var header = manifest.Format == "csv" ? 1 : 0;
        if ((ulong)(lines.Count - header) != manifest.Rows) yield return $"the file has {lines.Count - header} rows, and the manifest says {manifest.Rows}";
        if (header == 1 && lines.FirstOrDefault()?.TrimEnd('\r') != string.Join(',', manifest.Columns)) yield return "the file's first line is not the manifest's columns";
        if (!SignedNote.TryParse(manifest.Checkpoint, out var note) || note.By(signer, NoteRole.Operator) is null) yield return $"the checkpoint in the manifest is not signed by {signer}";
        else if ((note.Checkpoint.Size, note.Checkpoint.Root) != (manifest.TreeSize, manifest.RootHash)) yield return $"the checkpoint in the manifest is of {note.Checkpoint.Size} leaves with root {note.Checkpoint.Root}, not of what the manifest says";
    }
}

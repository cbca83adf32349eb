using Bridge.Core;
using Bridge.Relayer.Hosting;
using Bridge.Store;

namespace Bridge.Relayer.Log;

/// <summary>Says under the operator's name what an export is.</summary>
public sealed class ExportSigner(LogKey key, TimeProvider time)
{
    /// <param name="note">The checkpoint of exactly the size that the export is of.</param>
    public async Task<string> ManifestAsync(ExportRequest request, WrittenExport written, SignedNote note, CancellationToken ct)
    {
        var manifest = new ExportManifest(
            request.Format, written.Rows, written.Sha256, request.Columns, request.Filter.Given, request.TreeSize, note.Checkpoint.Root, note.Text(), time.GetUtcNow(), Build.Version);
        return manifest.Text(key.Signer.Address, await key.Signer.SignAsync(manifest.Preimage(), ct));
    }
}

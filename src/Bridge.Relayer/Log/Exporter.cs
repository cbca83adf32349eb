using Bridge.Core;
using Bridge.Relayer.Hosting;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Log;

/// <summary>Writes the exports that auditors ask the API for: it has no key, and this has.</summary>
public sealed class Exporter(ExportStore exports, LogReader reader, ExportSigner signer, DirectoryStore directory, ILogger<Exporter> log) : Worker("log exports", directory, log)
{
    protected override async Task<string?> StepAsync(CancellationToken ct)
    {
        await exports.RemoveOldAsync(ct);
        while (await exports.WriteNextAsync(SignAsync, ct) is { } id) log.LogInformation("export {Id} written", id);
        return null;

        async Task<string> SignAsync(ExportRequest request, WrittenExport written) =>
            await reader.CheckpointAsync(ct, request.TreeSize) is { } note && note.Checkpoint.Size == request.TreeSize
                ? await signer.ManifestAsync(request, written, note, ct)
                : throw new InvalidOperationException($"there is no checkpoint of {request.TreeSize} leaves any more");
    }

    protected override Task WaitAsync(CancellationToken ct) => Task.Delay(TimeSpan.FromMilliseconds(500), ct);
}

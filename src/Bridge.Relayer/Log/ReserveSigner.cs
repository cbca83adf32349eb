using Bridge.Relayer.Hosting;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Log;

/// <summary>Puts the operator's name on the proofs of reserves that the auditor writes down: it has no key for that, and this has.</summary>
public sealed class ReserveSigner(ReserveStore reserves, LogKey key, DirectoryStore directory, ILogger<ReserveSigner> log) : Worker("log reserves", directory, log)
{
    protected override async Task<string?> StepAsync(CancellationToken ct)
    {
        while (await reserves.UnsignedAsync(ct) is { } statement) await reserves.SaveSealAsync(statement.Id, await key.SealAsync(statement.Document, ct), ct);
        return null;
    }

    protected override Task WaitAsync(CancellationToken ct) => Task.Delay(TimeSpan.FromSeconds(1), ct);
}

using Bridge.Audit;
using Bridge.Relayer.Hosting;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Log;

/// <summary>
/// Puts the operator's name on the proofs of reserves that the auditor writes down: it has no key for that, and this has. What came through the database
/// is verified first, as whoever gets it will verify it.
/// </summary>
public sealed class ReserveSigner(ReserveStore reserves, LogKey key, DirectoryStore directory, ILogger<ReserveSigner> log) : Worker("log reserves", directory, log)
{
    // A statement never changes, so what is wrong with it is told once.
    private readonly HashSet<long> _refused = [];

    protected override async Task<string?> StepAsync(CancellationToken ct)
    {
        while (await reserves.UnsignedAsync(_refused, ct) is { } statement)
            if (ReserveCheck.Faults(statement.Document) is { Count: > 0 } faults) Refuse(statement, faults);
            else await reserves.SaveSealAsync(statement.Id, await key.SealAsync(statement.Document, ct), ct);
        return _refused.Count == 0 ? null : $"{_refused.Count} proofs of reserves do not verify and are not signed";
    }

    protected override Task WaitAsync(CancellationToken ct) => Task.Delay(TimeSpan.FromSeconds(1), ct);

    private void Refuse(ReserveStatement statement, IReadOnlyList<string> faults)
    {
        _refused.Add(statement.Id);
        log.LogError(
            "the proof of reserves {Statement} of {TakenAt} does not verify and is not signed: {Faults}. Compare it with what 'bridge audit reserves' prints: either the reserves are wrong, or its row was altered",
            statement.Id, statement.TakenAt, string.Join("; ", faults));
    }
}

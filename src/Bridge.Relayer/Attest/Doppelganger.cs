using Bridge.Core;
using Bridge.Store;

namespace Bridge.Relayer.Attest;

/// <summary>
/// Looks among the attestations that this organisation's relayer has verified for some by this validator's key that its journal does not
/// know: then somebody else signs with the key, and nothing is signed here any more. Ours are in the journal before anybody can have them.
/// </summary>
public sealed class Doppelganger(AttesterKey key, SigningJournal journal, AttestationStore attestations, TimeProvider time)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    // A commit that took long shows later than others with a younger timestamp.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    private DateTimeOffset _seen = DateTimeOffset.MinValue;
    private long? _looked;
    private string? _found;

    /// <exception cref="JournalException">Somebody else signs with the key. It stays so until a person has acted and the process is started again.</exception>
    public async Task RequireAloneAsync(CancellationToken ct)
    {
        if (_found is not null) throw new JournalException(_found);
        if (_looked is { } at && time.GetElapsedTime(at) < LookEvery) return;
        var unknown = await LookAsync(ct);
        if (unknown is null) return;
        _found = $"key {key} has attested to {unknown.Sequence} of lane {unknown.LaneId} and the signing journal {journal.Path} does not know it: another process signs with this key, or the "
            + "journal is an old copy. Nothing is signed here any more. End the other process, or have the key rotated out if it was stolen; then run 'bridge journal rebuild' and start again";
        throw new JournalException(_found);
    }

    private async Task<Checkpoint?> LookAsync(CancellationToken ct)
    {
        var own = await attestations.OfSignerAsync(key.Address, _seen, ct);
        if (own.FirstOrDefault(row => journal.Find(row.Checkpoint.LaneId, row.Checkpoint.Sequence) != row.Checkpoint.RollingHash) is { Checkpoint: { } unknown }) return unknown;
        if (own.Count > 0) _seen = own.Max(row => row.At) - Overlap;
        _looked = time.GetTimestamp();
        return null;
    }
}

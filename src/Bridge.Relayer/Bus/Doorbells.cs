using Bridge.Core;

namespace Bridge.Relayer.Bus;

// A bus message carries ids only: it says that there may be work. Whoever hears it reads the rows again, so a lost, doubled,
// reordered or forged one costs time and nothing else.

/// <summary>A source's messages became final.</summary>
public sealed record MessagesFinalized(ulong Source, ulong Destination, ulong First, ulong Last, int Version = MessageVersion.Current);

/// <summary>A checkpoint has its quorum.</summary>
public sealed record CheckpointCertified(ulong Source, ulong Destination, ulong Sequence, int Version = MessageVersion.Current);

/// <summary>A delivery was seen on the destination, by whomever.</summary>
public sealed record DeliverySeen(ulong Source, ulong Destination, ulong Last, int Version = MessageVersion.Current);

/// <summary>Nobody listens to it: a broker that confirms it can be reached through this process's bus.</summary>
public sealed record StillReached(string Node, int Version = MessageVersion.Current);

/// <summary>
/// The one message with content: it crosses from a validator's database to a relayer's. It proves itself by its signature, and the
/// relayer treats it like one that came by HTTP from a stranger.
/// </summary>
public sealed record AttestationOffered(
    ulong Source, ulong Destination, string LaneId, ulong Sequence, string RollingHash, ulong Epoch, string Signature,
    int Version = MessageVersion.Current)
{
    public static AttestationOffered From(Attestation a) => new(
        a.Lane.Source.Value, a.Lane.Destination.Value, a.Checkpoint.LaneId.ToString(), a.Checkpoint.Sequence.Value,
        a.Checkpoint.RollingHash.ToString(), a.Epoch.Value, a.Signature.ToString());

    /// <summary>Null when a field is malformed.</summary>
    public Attestation? TryRead()
    {
        if (!Hash32.TryParse(LaneId, out var laneId) || !Hash32.TryParse(RollingHash, out var hash)) return null;
        if (!Hex.TryParse(Signature, out var signature) || signature.Length != CompactSignature.Length) return null;
        return new Attestation(
            new Lane(new ChainId(Source), new ChainId(Destination)),
            new Checkpoint(laneId, new Sequence(Sequence), hash), new Epoch(Epoch), new CompactSignature(signature));
    }
}

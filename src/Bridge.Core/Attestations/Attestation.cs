namespace Bridge.Core;

/// <summary>One validator's signature over a checkpoint, counting toward one epoch. It proves itself: no transport is trusted.</summary>
public sealed record Attestation(Lane Lane, Checkpoint Checkpoint, Epoch Epoch, CompactSignature Signature);

/// <summary>Whether an attestation counts, and why not.</summary>
public enum AttestationVerdict
{
    Counts,
    ForeignLane,
    ForeignEpoch,
    MalformedSignature,
    NotAMember,
}

public static class AttestationCheck
{
    /// <summary>
    /// Recovers the signer and looks it up in the set read from the destination. Whether the rolling hash is the lane's true one is
    /// another question: a member that signs a wrong one has given evidence against itself.
    /// </summary>
    public static AttestationVerdict Judge(
        Attestation attestation, Hash32 laneId, Eip712Domain destination, ValidatorSet set, out Address signer)
    {
        signer = default;
        if (attestation.Checkpoint.LaneId != laneId) return AttestationVerdict.ForeignLane;
        if (attestation.Epoch != set.Epoch) return AttestationVerdict.ForeignEpoch;
        var digest = attestation.Checkpoint.Digest(destination, attestation.Epoch);
        if (!attestation.Signature.TryRecover(digest, out signer)) return AttestationVerdict.MalformedSignature;
        return set.IndexOf(signer) < 0 ? AttestationVerdict.NotAMember : AttestationVerdict.Counts;
    }
}

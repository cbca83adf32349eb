using Bridge.Api.Problems;
using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Attestations;

/// <param name="Problem">Null when the attestation was taken.</param>
internal readonly record struct IntakeVerdict(ProblemKind? Problem, string Detail, long Id = 0, Address Validator = default);

/// <summary>Judges an attestation by what the relayer has read from the chains. The relayer judges it again by the chain itself.</summary>
internal sealed class AttestationIntake(DirectoryStore directory, TransferStore transfers, AttestationStore attestations)
{
    public async Task<IntakeVerdict> TakeAsync(Attestation attestation, CancellationToken ct)
    {
        var lane = attestation.Lane;
        if (await directory.LaneIdAsync(lane, ct) is not { } laneId) return new(ProblemKind.UnsupportedLane, $"Lane {lane} is not served here.");
        if (await directory.CurrentSetAsync(lane.Destination, ct) is not { } current)
            return new(ProblemKind.Unavailable, $"The validator set of chain {lane.Destination} has not been read yet.");

        var domain = new Eip712Domain(lane.Destination, current.Bridge);
        var verdict = AttestationCheck.Judge(attestation, laneId, domain, current.Set, out var signer);
        if (Refusal(verdict, attestation, laneId, current.Set, signer) is { } refusal) return refusal;

        // A member's signature over a wrong hash goes to the relayer too: it is evidence against the member.
        long id;
        try
        {
            id = await attestations.OfferAsync(attestation, "http", ct, signer);
        }
        catch (IntakeFullException e)
        {
            return new(ProblemKind.IntakeFull, $"{e.Message}.");
        }
        var known = await transfers.RollingHashAsync(lane, attestation.Checkpoint.Sequence, ct);
        var final = await transfers.FinalizedHeadAsync(lane, ct);
        var contradicts = known is { } hash && hash != attestation.Checkpoint.RollingHash && final?.Sequence >= attestation.Checkpoint.Sequence;
        return contradicts
            ? new(ProblemKind.ForeignHash, $"At {attestation.Checkpoint.Sequence} the rolling hash of lane {lane} is {known}, not {attestation.Checkpoint.RollingHash}.")
            : new(null, "", id, signer);
    }

    private static IntakeVerdict? Refusal(AttestationVerdict verdict, Attestation attestation, Hash32 laneId, ValidatorSet set, Address signer) => verdict switch
    {
        AttestationVerdict.Counts => null,
        AttestationVerdict.ForeignLane => new(ProblemKind.UnsupportedLane, $"The id of lane {attestation.Lane} is {laneId}."),
        AttestationVerdict.ForeignEpoch => new(ProblemKind.ForeignEpoch, $"It is for epoch {attestation.Epoch}; the destination is at {set.Epoch}."),
        AttestationVerdict.MalformedSignature => new(ProblemKind.SignatureInvalid, "No signer can be recovered."),
        _ => new(ProblemKind.NotAMember, $"The signer is {signer}, which is not in the validator set of epoch {set.Epoch}."),
    };
}

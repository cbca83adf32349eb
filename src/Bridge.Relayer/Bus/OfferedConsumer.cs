using Bridge.Core;
using Bridge.Relayer.Chains;
using Bridge.Store;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Bus;

/// <summary>Takes attestations from the bus into the intake. Garbage is refused before it is stored, as far as what was read of the chains can tell.</summary>
public sealed class OfferedConsumer(ChainSet chains, DirectoryStore directory, AttestationStore attestations, Bells bells, ILogger<OfferedConsumer> log)
    : IConsumer<AttestationOffered>
{
    public async Task Consume(ConsumeContext<AttestationOffered> context)
    {
        MessageVersion.Require(context.Message.Version);
        if (context.Message.TryRead() is not { } attestation) throw new PoisonException("a field of the attestation is missing or malformed");
        var (refusal, signer) = await JudgeAsync(attestation, context.CancellationToken);
        if (refusal is not null)
        {
            log.LogWarning("refused an attestation from the bus for {Sequence} of lane {Lane}: {Reason}", attestation.Checkpoint.Sequence, attestation.Lane, refusal);
            return;
        }
        await attestations.OfferAsync(attestation, "bus", context.CancellationToken, signer);
        bells.Offered.Ring();
    }

    /// <summary>The signer is unknown, and nothing refused, as long as the set of the attestation's epoch has not been read.</summary>
    private async Task<(string? Refusal, Address? Signer)> JudgeAsync(Attestation attestation, CancellationToken ct)
    {
        var lane = attestation.Lane;
        if (!chains.Serves(lane)) return ("the lane is not served here", null);
        if (attestation.Checkpoint.Sequence == Sequence.None || attestation.Checkpoint.Sequence.Value > long.MaxValue || attestation.Epoch.Value > long.MaxValue)
            throw new PoisonException("its sequence or epoch is not a number that the contracts use");
        if (await directory.CurrentSetAsync(lane.Destination, ct) is not { } current || attestation.Epoch.Value > current.Set.Epoch.Value) return (null, null);
        var verdict = AttestationCheck.Judge(attestation, chains.LaneId(lane), chains[lane.Destination].Domain, current.Set, out var signer);
        return verdict is AttestationVerdict.Counts ? (null, signer) : ($"{verdict}, at epoch {current.Set.Epoch}", null);
    }
}

using Bridge.Core;
using Bridge.Store;

namespace Bridge.SystemTests.Store;

/// <summary>What the store takes many of at once, for tests that have one.</summary>
internal static class OneByOne
{
    public static async Task<AcceptResult> AcceptAsync(this AttestationStore attestations, long intakeId, Attestation attestation, Address signer) =>
        (await attestations.AcceptAsync([new Verified(intakeId, attestation, signer)], default)).Single();

    /// <summary>False when it was known.</summary>
    public static async Task<bool> CertifyAsync(this AttestationStore attestations, Lane lane, Checkpoint checkpoint, Certificate certificate) =>
        (await attestations.CertifyAsync(lane, [(checkpoint, certificate)], default)).Count == 1;

    public static Task MarkSentAsync(this SigningLogStore signingLog, Hash32 laneId, Sequence sequence, Epoch epoch, string relayer) =>
        signingLog.MarkSentAsync(laneId, [(sequence, epoch)], relayer, default);
}

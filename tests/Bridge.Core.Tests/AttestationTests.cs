namespace Bridge.Core.Tests;

public class AttestationTests
{
    [Fact]
    public void The_threshold_is_more_than_two_thirds_for_every_size()
    {
        for (var members = 1; members <= ValidatorSet.MaxMembers; members++)
        {
            var least = ValidatorSet.MinimumThreshold(members);
            (least * 3).ShouldBeGreaterThan(2 * members);
            ((least - 1) * 3).ShouldBeLessThanOrEqualTo(2 * members);
        }
    }

    [Fact]
    public void The_signing_guard_never_allows_a_second_hash()
    {
        var first = Keccak256.Hash([1]);
        var second = Keccak256.Hash([2]);
        SigningGuard.Judge(null, first).ShouldBe(SigningVerdict.Fresh);
        SigningGuard.Judge(first, first).ShouldBe(SigningVerdict.Same);
        SigningGuard.Judge(first, second).ShouldBe(SigningVerdict.Conflict);
    }

    [Fact]
    public void The_other_encoding_of_a_signature_recovers_nobody()
    {
        var vector = Vectors.Named("certificate", "cases", "s one above half the order");
        var signatures = vector.Bytes("signatures").Chunk(CompactSignature.Length).Select(bytes => new CompactSignature(bytes)).ToList();

        var high = signatures.Where(signature => signature.HasHighS).ShouldHaveSingleItem();
        high.TryRecover(vector.Hash("rollingHash"), out _).ShouldBeFalse();
    }

    [Fact]
    public void An_attestation_counts_only_for_its_lane_its_epoch_and_its_member()
    {
        var vector = Vectors.Named("certificate", "cases", "3 of 4 from position 0");
        var set = new ValidatorSet(new Epoch(vector.Number("epoch")), vector.Accounts("members"), (int)vector.Number("threshold"));
        var domain = new Eip712Domain(vector.Chain("chainId"), vector.Account("bridge"));
        var checkpoint = new Checkpoint(vector.Hash("lane"), new Sequence(vector.Number("sequence")), vector.Hash("rollingHash"));
        var good = new Attestation(
            new Lane(new ChainId(1), domain.Chain), checkpoint, set.Epoch, new CompactSignature(vector.Bytes("signatures").AsSpan(0, CompactSignature.Length)));

        Judge(good).ShouldBe(AttestationVerdict.Counts);
        AttestationCheck.Judge(good, Keccak256.Hash([]), domain, set, out _).ShouldBe(AttestationVerdict.ForeignLane);
        Judge(good with { Epoch = new Epoch(set.Epoch.Value + 1) }).ShouldBe(AttestationVerdict.ForeignEpoch);
        Judge(good with { Checkpoint = checkpoint with { RollingHash = Keccak256.Hash([]) } }).ShouldBe(AttestationVerdict.NotAMember);
        Judge(good with { Signature = new CompactSignature(new byte[CompactSignature.Length]) }).ShouldBe(AttestationVerdict.MalformedSignature);

        AttestationVerdict Judge(Attestation attestation) => AttestationCheck.Judge(attestation, checkpoint.LaneId, domain, set, out _);
    }
}

namespace Bridge.Core.Tests;

public class AttestationTests
{
    [Theory]
    [InlineData(0, 5, "5")]
    [InlineData(5, 5, "")]
    [InlineData(0, 127, "127")]
    [InlineData(0, 128, "128")]
    [InlineData(0, 300, "128,256,300")]
    [InlineData(128, 300, "256,300")]
    [InlineData(127, 384, "128,256,384")]
    [InlineData(300, 200, "")]
    public void Every_multiple_of_the_stride_and_the_newest_sequence_are_due(int attested, int newest, string due)
    {
        var points = CheckpointSchedule.Due(new Sequence((ulong)attested), new Sequence((ulong)newest));
        string.Join(',', points).ShouldBe(due);
        points.ShouldAllBe(point => CheckpointSchedule.IsPoint(point, point.Value == (ulong)newest));
    }

    [Theory]
    [InlineData(127, false, false)]
    [InlineData(127, true, true)]
    [InlineData(128, false, true)]
    [InlineData(0, true, false)]
    public void A_sequence_is_a_point_at_a_blocks_end_or_a_multiple_of_the_stride(int sequence, bool lastOfItsBlock, bool isPoint) =>
        CheckpointSchedule.IsPoint(new Sequence((ulong)sequence), lastOfItsBlock).ShouldBe(isPoint);

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

using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Bridge.Core.Tests;

public class ProtocolVectorTests
{
    public static TheoryData<string> Certificates => Vectors.Names("certificate", "cases");

    [Fact]
    public void Every_lane_folds_to_the_vectors_hashes()
    {
        var lanes = Vectors.Read("rolling-hash").GetProperty("lanes").EnumerateArray().ToList();
        lanes.Count.ShouldBeGreaterThan(1);
        foreach (var lane in lanes)
        {
            var id = RollingHash.LaneId(
                new Lane(lane.Chain("sourceChainId"), lane.Chain("destinationChainId")), lane.Account("sourceBridge"), lane.Account("destinationBridge"));
            id.ShouldBe(lane.Hash("laneId"));

            var hash = id;
            foreach (var (wire, expected) in lane.ByteList("messages").Zip(lane.ByteList("hashes")))
            {
                hash = RollingHash.Fold(hash, wire);
                hash.ToArray().ShouldBe(expected);
            }
        }
    }

    [Fact]
    public void Every_checkpoint_has_the_vectors_digest()
    {
        var cases = Vectors.Read("checkpoint").GetProperty("cases").EnumerateArray().ToList();
        cases.Count.ShouldBeGreaterThan(1);
        foreach (var vector in cases)
        {
            var domain = new Eip712Domain(vector.Chain("chainId"), vector.Account("bridge"));
            var epoch = new Epoch(vector.Number("epoch"));
            domain.Separator().ShouldBe(vector.Hash("domainSeparator"));
            Checkpoint(vector).StructHash(epoch).ShouldBe(vector.Hash("structHash"));
            Checkpoint(vector).Digest(domain, epoch).ShouldBe(vector.Hash("digest"));
        }
    }

    [Fact]
    public void Every_rotation_has_the_vectors_digest()
    {
        var cases = Vectors.Read("rotation").GetProperty("cases").EnumerateArray().ToList();
        cases.Count.ShouldBeGreaterThan(1);
        foreach (var vector in cases)
        {
            var rotation = new Rotation(Set(vector, vector.Number("epoch")));
            rotation.Next.MembersHash().ShouldBe(vector.Hash("membersHash"));
            rotation.StructHash().ShouldBe(vector.Hash("structHash"));
            rotation.Digest(new Eip712Domain(vector.Chain("chainId"), vector.Account("bridge"))).ShouldBe(vector.Hash("digest"));
        }
    }

    [Fact]
    public void Every_validator_set_is_accepted_or_refused_like_in_the_vectors()
    {
        var vectors = Vectors.Read("validator-set");
        foreach (var valid in vectors.GetProperty("valid").EnumerateArray())
        {
            ValidatorSet.Fault(valid.Accounts("members"), (int)valid.Number("threshold")).ShouldBeNull();
            Hex.Format(Set(valid, 1).ToBlob()).ShouldBe(valid.Text("blob"));
        }
        foreach (var invalid in vectors.GetProperty("invalid").EnumerateArray())
            ValidatorSet.Fault(invalid.Accounts("members"), (int)invalid.Number("threshold")).ShouldNotBeNull(invalid.Text("name"));
    }

    [Theory, MemberData(nameof(Certificates))]
    public void A_certificate_is_judged_as_the_contract_judges_it(string name)
    {
        var vector = Vectors.Named("certificate", "cases", name);
        var certificate = new Certificate(
            new Epoch(vector.Number("epoch")), BigInteger.Parse(vector.Text("signers"), CultureInfo.InvariantCulture), vector.Bytes("signatures"));
        var domain = new Eip712Domain(vector.Chain("chainId"), vector.Account("bridge"));

        var verdict = CertificateCheck.Judge(certificate, Checkpoint(vector), domain, Set(vector, vector.Number("currentEpoch")));

        verdict.ToString().ToLowerInvariant().ShouldBe(vector.Text("expect").ToLowerInvariant());
    }

    [Theory, MemberData(nameof(Certificates))]
    public void A_good_certificate_is_assembled_again_from_its_signatures(string name)
    {
        var vector = Vectors.Named("certificate", "cases", name);
        if (vector.Text("expect") != "ok") return;
        var set = Set(vector, vector.Number("epoch"));
        var digest = Checkpoint(vector).Digest(new Eip712Domain(vector.Chain("chainId"), vector.Account("bridge")), set.Epoch);
        var signatures = vector.Bytes("signatures").Chunk(CompactSignature.Length).Select(bytes => new CompactSignature(bytes))
            .ToDictionary(signature => signature.TryRecover(digest, out var signer) ? signer : default);

        var certificate = Certificate.TryAssemble(set, signatures)!;

        certificate.Signers.ToString(CultureInfo.InvariantCulture).ShouldBe(vector.Text("signers"));
        Hex.Format(certificate.Signatures).ShouldBe(vector.Text("signatures"));
    }

    private static Checkpoint Checkpoint(JsonElement vector) =>
        new(vector.Hash("lane"), new Sequence(vector.Number("sequence")), vector.Hash("rollingHash"));

    private static ValidatorSet Set(JsonElement vector, ulong epoch) =>
        new(new Epoch(epoch), vector.Accounts("members"), (int)vector.Number("threshold"));
}

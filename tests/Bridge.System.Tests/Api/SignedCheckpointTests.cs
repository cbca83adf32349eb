using System.Globalization;
using System.Net;
using System.Text.Json;
using Bridge.Core;
using Bridge.Evm;
using Bridge.Store;
using Bridge.SystemTests.Store;

namespace Bridge.SystemTests.Api;

public sealed class SignedCheckpointTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Signatures_recover_to_their_validators_over_the_digest_that_is_shown()
    {
        var scene = await api.SceneAsync(2);
        foreach (var validator in api.Validators.Take(2)) await AcceptAsync(scene, 2, validator);

        var answer = await GetAsync(scene, 1);

        answer.At("checkpoint", "sequence").ShouldBe("2");
        (answer.Json.TryGetProperty("certificate", out _), answer.Json.TryGetProperty("executeCall", out _)).ShouldBe((false, false), "two of three do not suffice");
        answer.At("reason")!.ShouldContain("2 of the 3");
        var digest = Hash32.Parse(answer.At("digest")!);
        foreach (var signature in answer.Json.GetProperty("signatures").EnumerateArray())
        {
            new CompactSignature(Hex.Parse(signature.GetProperty("signature").GetString()!)).TryRecover(digest, out var signer).ShouldBeTrue();
            (signer.ToString(), api.Set.IndexOf(signer)).ShouldBe((signature.GetProperty("validator").GetString()!, signature.GetProperty("index").GetInt32()));
        }
        (answer.At("eip712", "domain", "chainId"), answer.At("eip712", "message", "lane")).ShouldBe(($"{scene.Lane.Destination}", scene.LaneId.ToString()));
    }

    [Fact]
    public async Task The_call_is_what_the_executor_would_send()
    {
        var scene = await api.SceneAsync(3);
        var certificate = await CertifyAsync(scene, 3);

        var answer = await GetAsync(scene, 2);

        (answer.At("executeCall", "to"), answer.At("callsAfter")).ShouldBe((api.Bridge.ToString(), "0"));
        answer.At("executeCall", "data").ShouldBe(Hex.Format(BridgeContract.EncodeDeliver(
            scene.LaneId, new Sequence(1), [.. scene.Sent.SelectMany(sent => sent.Wire)], certificate)));
        answer.At("certificate", "signers").ShouldBe(certificate.Signers.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task What_is_delivered_is_left_out_of_the_call_and_a_delivered_transfer_has_none()
    {
        var scene = await api.SceneAsync(3);
        var certificate = await CertifyAsync(scene, 3);
        await CertifyAsync(scene, 1);
        await scene.ReadDestinationAsync(1, [scene.Delivery(1, 1, 1)]);

        (await GetAsync(scene, 3)).At("executeCall", "data").ShouldBe(Hex.Format(BridgeContract.EncodeDeliver(
            scene.LaneId, new Sequence(2), [.. scene.Sent.Skip(1).SelectMany(sent => sent.Wire)], certificate)));
        (await GetAsync(scene, 1)).Json.TryGetProperty("executeCall", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Far_ahead_it_takes_several_calls_none_of_them_over_128_messages()
    {
        var scene = await api.SceneAsync(300);
        foreach (var point in new ulong[] { 128, 256, 300 }) await CertifyAsync(scene, point);

        var answer = await GetAsync(scene, 300);

        answer.At("callsAfter").ShouldBe("2");
        var call = new AbiFunction("deliver(bytes32,uint64,bytes,(uint64,uint256,bytes))").DecodeCall(Hex.Parse(answer.At("executeCall", "data")!));
        ((byte[])call[2]).Length.ShouldBe(scene.Sent.Take(128).Sum(sent => sent.Wire.Length));
    }

    [Fact]
    public async Task A_deferred_one_gives_the_retry()
    {
        var scene = await api.SceneAsync(1);
        await CertifyAsync(scene, 1);
        await scene.ReadDestinationAsync(1, [scene.Delivery(1, 1, 1)], [scene.Deferral(1, 1)]);
        await scene.FinalizeDestinationAsync(1);

        (await GetAsync(scene, 1)).At("executeCall", "data").ShouldBe(Hex.Format(BridgeContract.EncodeRetry(scene.LaneId, new Sequence(1), scene.Sent[0].Wire)));
    }

    [Fact]
    public async Task Before_the_first_signature_it_says_what_it_waits_for()
    {
        var scene = await api.SceneAsync(1);
        var answer = await GetAsync(scene, 1);
        answer.ShouldBeProblem(HttpStatusCode.NotFound, "NOT_SIGNED_YET");
        answer.At("detail")!.ShouldContain("0 of the 3");
        (await api.GetAsync($"/v1/transfers/{Scene.Hash(4040)}/attestation")).ShouldBeProblem(HttpStatusCode.NotFound, "TRANSFER_NOT_INDEXED");
    }

    private async Task<Certificate> CertifyAsync(Scene scene, ulong sequence)
    {
        var checkpoint = scene.Checkpoint(sequence);
        foreach (var validator in api.Validators.Take(3)) await AcceptAsync(scene, sequence, validator);
        var certificate = Certificate.TryAssemble(api.Set, api.Validators.Take(3).ToDictionary(validator => validator.Address, validator => api.Sign(scene, checkpoint, validator).Signature))!;
        CertificateCheck.Judge(certificate, checkpoint, new Eip712Domain(scene.Lane.Destination, api.Bridge), api.Set).ShouldBe(CertificateVerdict.Ok);
        await api.Store.Attestations.CertifyAsync(scene.Lane, checkpoint, certificate);
        return certificate;
    }

    private Task<AcceptResult> AcceptAsync(Scene scene, ulong sequence, LocalSigner validator) =>
        api.Store.Attestations.AcceptAsync(0, api.Sign(scene, scene.Checkpoint(sequence), validator), validator.Address);

    private Task<Answer> GetAsync(Scene scene, int sequence) => api.GetAsync($"/v1/transfers/{scene.Sent[sequence - 1].MessageId}/attestation");
}

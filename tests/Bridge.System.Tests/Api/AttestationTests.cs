using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Core;
using Bridge.Evm;
using Bridge.SystemTests.Store;

namespace Bridge.SystemTests.Api;

public sealed class AttestationTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Path = "/v1/attestations";

    [Fact]
    public async Task A_members_attestation_is_taken_once_however_often_it_comes()
    {
        var scene = await api.SceneAsync(1);
        var body = Body(scene, api.Validators[0]);

        var first = await api.PostAsync(Path, body.ToJsonString());
        var second = await api.PostAsync(Path, body.ToJsonString());

        (first.Status, second.Status).ShouldBe((HttpStatusCode.Accepted, HttpStatusCode.Accepted), first.Text);
        second.At("id").ShouldBe(first.At("id"));
        first.At("validator").ShouldBe(api.Validators[0].Address.ToString());
        var pending = await api.Store.Attestations.PendingAsync(100, default);
        pending.Single(p => p.Attestation.Lane == scene.Lane).Attestation.ShouldBe(api.Sign(scene, scene.Checkpoint(1), api.Validators[0]));
    }

    [Fact]
    public async Task A_message_that_is_not_known_here_yet_may_be_attested()
    {
        var scene = await api.SceneAsync(1);
        var ahead = new Checkpoint(scene.LaneId, new Sequence(9), Scene.Hash(9));

        (await api.PostAsync(Path, Body(scene, api.Validators[0], ahead).ToJsonString())).Status.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task A_strangers_signature_is_refused()
    {
        var scene = await api.SceneAsync(1);
        using var stranger = LocalSigner.FromPrivateKey(Scene.Hash(666).ToArray());

        (await api.PostAsync(Path, Body(scene, stranger).ToJsonString())).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "NOT_A_MEMBER");
        (await KeptAsync(scene)).ShouldBe(0);
    }

    [Fact]
    public async Task A_signature_over_something_else_is_refused()
    {
        var scene = await api.SceneAsync(2);
        var body = Body(scene, api.Validators[0]);
        body["sequence"] = 2;

        (await api.PostAsync(Path, body.ToJsonString())).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "NOT_A_MEMBER");
    }

    [Fact]
    public async Task Another_epoch_is_refused()
    {
        var scene = await api.SceneAsync(1);

        (await api.PostAsync(Path, Body(scene, api.Validators[0], epoch: 2).ToJsonString())).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "FOREIGN_EPOCH");
    }

    [Fact]
    public async Task A_lane_that_is_not_served_and_a_lane_id_of_other_contracts_are_refused()
    {
        var scene = await api.SceneAsync(1);
        var elsewhere = Body(scene, api.Validators[0]);
        elsewhere["lane"]!["source"] = 987654321;

        (await api.PostAsync(Path, elsewhere.ToJsonString())).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "UNSUPPORTED_LANE");
        (await api.PostAsync(Path, Body(scene, api.Validators[0], scene.Checkpoint(1) with { LaneId = Scene.Hash(1) }).ToJsonString()))
            .ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "UNSUPPORTED_LANE");
    }

    [Fact]
    public async Task A_signature_that_no_key_made_is_refused()
    {
        var scene = await api.SceneAsync(1);
        var body = Body(scene, api.Validators[0]);
        body["signature"] = "0x" + new string('f', 128);

        (await api.PostAsync(Path, body.ToJsonString())).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "SIGNATURE_INVALID");
    }

    [Fact]
    public async Task A_members_signature_over_a_foreign_hash_is_refused_and_kept_as_evidence()
    {
        var scene = await api.SceneAsync(1);
        var foreign = scene.Checkpoint(1, Scene.Hash(13));

        var answer = await api.PostAsync(Path, Body(scene, api.Validators[3], foreign).ToJsonString());

        answer.ShouldBeProblem(HttpStatusCode.Conflict, "FOREIGN_ROLLING_HASH");
        answer.At("detail")!.ShouldContain(scene.Sent[0].MessageId.ToString());
        (await KeptAsync(scene)).ShouldBe(1);
    }

    [Theory]
    [InlineData("lane", null)]
    [InlineData("lane", "{\"source\":0,\"destination\":2}")]
    [InlineData("laneId", "\"0x12\"")]
    [InlineData("sequence", "0")]
    [InlineData("sequence", "-1")]
    [InlineData("sequence", "1.5")]
    [InlineData("sequence", "1e3")]
    [InlineData("sequence", "18446744073709551615")]
    [InlineData("rollingHash", "\"0X00\"")]
    [InlineData("epoch", "0")]
    [InlineData("signature", "\"0x00\"")]
    [InlineData("status", "\"Certified\"")]
    public async Task A_member_that_is_missing_malformed_or_unknown_is_refused(string member, string? value)
    {
        var scene = await api.SceneAsync(1);
        var body = Body(scene, api.Validators[0]);
        if (value is null) body.Remove(member);
        else body[member] = JsonNode.Parse(value);

        (await api.PostAsync(Path, body.ToJsonString())).ShouldBeProblem(HttpStatusCode.BadRequest, "VALIDATION_FAILED");
        (await KeptAsync(scene)).ShouldBe(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("\"text\"")]
    public async Task A_body_that_is_no_attestation_is_refused(string body) =>
        (await api.PostAsync(Path, body)).ShouldBeProblem(HttpStatusCode.BadRequest, "VALIDATION_FAILED");

    [Fact]
    public async Task A_member_that_is_said_twice_is_refused()
    {
        var scene = await api.SceneAsync(1);
        var twice = Body(scene, api.Validators[0]).ToJsonString().Replace("\"epoch\":1", "\"epoch\":1,\"epoch\":1", StringComparison.Ordinal);

        (await api.PostAsync(Path, twice)).ShouldBeProblem(HttpStatusCode.BadRequest, "VALIDATION_FAILED");
    }

    [Fact]
    public async Task Nesting_without_end_is_refused() =>
        (await api.PostAsync(Path, new string('[', 10_000))).ShouldBeProblem(HttpStatusCode.BadRequest, "VALIDATION_FAILED");

    [Fact]
    public async Task Another_content_type_is_refused()
    {
        var scene = await api.SceneAsync(1);

        (await api.PostAsync(Path, Body(scene, api.Validators[0]).ToJsonString(), "text/plain"))
            .ShouldBeProblem(HttpStatusCode.UnsupportedMediaType, "VALIDATION_FAILED");
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused() =>
        (await api.PostAsync(Path, "{\"via\":\"" + new string('x', 100_000) + "\"}")).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);

    private async Task<int> KeptAsync(Scene scene) => (await api.Store.Attestations.PendingAsync(1000, default)).Count(p => p.Attestation.Lane == scene.Lane);

    private JsonObject Body(Scene scene, LocalSigner signer, Checkpoint? checkpoint = null, ulong epoch = 1)
    {
        var attestation = api.Sign(scene, checkpoint ?? scene.Checkpoint(1), signer, epoch);
        return JsonSerializer.SerializeToNode(new
        {
            lane = new { source = scene.Lane.Source.Value, destination = scene.Lane.Destination.Value },
            laneId = attestation.Checkpoint.LaneId.ToString(),
            sequence = attestation.Checkpoint.Sequence.Value,
            rollingHash = attestation.Checkpoint.RollingHash.ToString(),
            epoch,
            signature = attestation.Signature.ToString(),
        })!.AsObject();
    }
}

using System.Net;
using System.Text.Json;
using Bridge.Core;
using Bridge.Evm;
using Bridge.SystemTests.Harness;

namespace Bridge.SystemTests;

/// <summary>Attestations that are not what they claim to be. Nothing but a member's signature over the right checkpoint counts.</summary>
[Collection(InMemoryWorld.Name)]
public class IntakeTests(InMemoryWorld running)
{
    private World World => running.World;
    private Lane Lane => new(World.Home.Id, World.Far.Id);
    private Hash32 LaneId => RollingHash.LaneId(Lane, World.Contracts.Bridge, World.Contracts.Bridge);

    [Fact]
    public async Task A_stranger_s_signature_is_refused()
    {
        var (status, body) = await OfferAsync(Sign(Keccak256.Hash("a stranger"u8).ToArray(), await CheckpointAsync()));
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        body.GetProperty("code").GetString().ShouldBe("NOT_A_MEMBER");
    }

    [Fact]
    public async Task A_member_s_signature_over_a_foreign_hash_is_refused_kept_as_evidence_and_never_counts()
    {
        var checkpoint = await CheckpointAsync();
        var foreign = checkpoint with { RollingHash = Keccak256.Hash("not what was sent"u8) };

        var (status, body) = await OfferAsync(Sign(World.ValidatorKeys[0], foreign));

        status.ShouldBe(HttpStatusCode.Conflict);
        body.GetProperty("code").GetString().ShouldBe("FOREIGN_ROLLING_HASH");
        await Eventually.TrueAsync("the equivocation to be kept", async () =>
            await World.RelayerDatabase.CountAsync($"SELECT count(*) FROM equivocation WHERE sequence = {checkpoint.Sequence}") == 1, World.Explain);
    }

    [Fact]
    public async Task A_signature_for_another_epoch_is_refused()
    {
        var (status, body) = await OfferAsync(Sign(World.ValidatorKeys[0], await CheckpointAsync(), epoch: 2));
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        body.GetProperty("code").GetString().ShouldBe("FOREIGN_EPOCH");
    }

    [Fact]
    public async Task A_lane_that_is_not_served_is_refused()
    {
        var good = Sign(World.ValidatorKeys[0], await CheckpointAsync());
        foreach (var lane in new[] { new Lane(World.Home.Id, new ChainId(5)), new Lane(World.Far.Id, World.Home.Id) })
        {
            var (status, body) = await OfferAsync(good with { Lane = lane });
            status.ShouldBe(HttpStatusCode.UnprocessableEntity);
            body.GetProperty("code").GetString().ShouldBe("UNSUPPORTED_LANE");
        }
    }

    [Theory]
    [InlineData("{}", "lane")]
    [InlineData("not json", "The body cannot be read")]
    [InlineData("""{"lane":{"source":1,"destination":2},"extra":1}""", "extra")]
    [InlineData("""{"lane":{"source":1,"destination":2},"laneId":"0x","sequence":0,"rollingHash":"0x12","epoch":0,"signature":"0x"}""", "counts from 1")]
    public async Task A_malformed_body_is_answered_with_what_is_wrong(string json, string said)
    {
        using var http = new HttpClient();
        using var content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(new Uri(World.Api.Url, "v1/attestations"), content);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await response.Content.ReadAsStringAsync()).ShouldContain(said);
    }

    private async Task<Checkpoint> CheckpointAsync()
    {
        var user = await Traveller.AtAsync(World, 6);
        await user.PrepareAsync(1_000_000);
        var id = await user.SendAsync(World.Home, World.Far, 1_000_000, 10_000);
        var transfer = await Eventually.NotNullAsync<Box>("the transfer to be final", async () =>
            await World.Api.GetAsync($"v1/transfers/{id}") is { } found && found.GetProperty("source").GetProperty("final").GetBoolean() ? new Box(found) : null, World.Explain);
        return new Checkpoint(LaneId, new Sequence(ulong.Parse(transfer.Value.GetProperty("sequence").GetString()!)), id);
    }

    private Attestation Sign(byte[] key, Checkpoint checkpoint, ulong epoch = 1)
    {
        using var signer = LocalSigner.FromPrivateKey(key);
        var digest = checkpoint.Digest(new Eip712Domain(World.Far.Id, World.Contracts.Bridge), new Epoch(epoch));
        return new Attestation(Lane, checkpoint, new Epoch(epoch), signer.Sign(digest));
    }

    private Task<(HttpStatusCode Status, JsonElement Body)> OfferAsync(Attestation attestation) => World.Api.PostAsync("v1/attestations", new
    {
        lane = new { source = attestation.Lane.Source.Value, destination = attestation.Lane.Destination.Value },
        laneId = attestation.Checkpoint.LaneId.ToString(), sequence = attestation.Checkpoint.Sequence.ToString(),
        rollingHash = attestation.Checkpoint.RollingHash.ToString(), epoch = attestation.Epoch.ToString(), signature = attestation.Signature.ToString(),
    });

    private sealed record Box(JsonElement Value);
}

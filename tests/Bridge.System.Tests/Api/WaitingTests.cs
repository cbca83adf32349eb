using System.Net;
using Bridge.Core;
using Bridge.Evm;
using Bridge.Store;
using Bridge.SystemTests.Store;

namespace Bridge.SystemTests.Api;

/// <summary>Why a transfer waits, for whom, until when, and the transaction that helps.</summary>
public sealed class WaitingTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly DateTimeOffset Later = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds());

    private static readonly AbiFunction InboundLimit = new("InboundLimitExceeded(uint32,uint256,uint64)");
    private static readonly AbiFunction Larger = new("LargerThanThreshold(uint256,uint256)");
    private static readonly AbiFunction Paused = new("AssetIsPaused(uint32,uint64)");
    private static readonly AbiFunction Refused = new("RecipientRefusedCall(address,bytes)");
    private static readonly AbiFunction Error = new("Error(string)");

    public static TheoryData<string, byte[], string, string> Held => new()
    {
        { "RATE_LIMIT", InboundLimit.Encode(1u, (System.Numerics.BigInteger)990, (ulong)Later.ToUnixTimeSeconds()), "has no room for 990 base units", "bucket frees at" },
        { "LARGE_TRANSFER", Larger.Encode((System.Numerics.BigInteger)1000, (System.Numerics.BigInteger)500), "more than 500", "held until" },
        { "ASSET_PAUSED", Paused.Encode(1u, (ulong)Later.ToUnixTimeSeconds()), "asset 1 is paused", "pause ends at" },
    };

    [Theory]
    [MemberData(nameof(Held))]
    public async Task What_is_held_says_until_when_and_can_be_claimed_afterwards(string hold, byte[] reason, string because, string until)
    {
        var scene = await DeferAsync(reason, Later);

        var answer = await GetAsync(scene);

        (answer.At("status"), answer.At("stage"), answer.At("hold", "reason")).ShouldBe(("HELD", hold, hold));
        answer.At("hold", "releaseAt").ShouldBe(Later.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", null));
        answer.At("reason")!.ShouldContain(because);
        answer.At("reason")!.ShouldContain($"{until} {Later.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");
        (answer.At("nextAction", "kind"), answer.At("nextAction", "alternative", "kind")).ShouldBe(("wait", "refund"));
        (await ListedAsync(scene, "HELD"), await ListedAsync(scene, "ACTION_REQUIRED"), await ListedAsync(scene, "PENDING")).ShouldBe((1, 0, 0));

        await api.Store.ExecuteAsync($"UPDATE delivery_event SET retry_at = now() - interval '1 second' WHERE destination_chain = {scene.Lane.Destination} AND kind = 'Deferred'");
        (await GetAsync(scene)).At("nextAction", "kind").ShouldBe("claim");
        (await ListedAsync(scene, "HELD"), await ListedAsync(scene, "ACTION_REQUIRED")).ShouldBe((0, 1));
    }

    [Fact]
    public async Task A_recipient_that_reverted_is_named_and_the_calls_are_the_contracts_own()
    {
        var scene = await DeferAsync(Refused.Encode(Scene.Someone(8), Error.Encode("go away")), null);

        var answer = await GetAsync(scene);

        (answer.At("status"), answer.At("stage"), answer.At("failure", "code")).ShouldBe(("ACTION_REQUIRED", "RECIPIENT_REVERTED", "RecipientRefusedCall"));
        answer.At("failure", "decoded")!.ShouldContain(Scene.Someone(8).ToString());
        var sent = scene.Sent[0];
        (answer.At("nextAction", "call", "to"), answer.At("nextAction", "call", "chain")).ShouldBe((api.Bridge.ToString(), $"eip155:{scene.Lane.Destination}"));
        answer.At("nextAction", "call", "data").ShouldBe(Hex.Format(BridgeContract.EncodeRetry(scene.LaneId, sent.Sequence, sent.Wire)));
        answer.At("nextAction", "alternative", "call", "data").ShouldBe(
            Hex.Format(new AbiFunction("refund(bytes32,uint64,bytes)").Encode(scene.LaneId, sent.Sequence.Value, sent.Wire)));
        // Block 1 of 1970: the recipient's own time is long over, so anyone may give it up.
        answer.At("nextAction", "alternative", "by").ShouldBe("anyone");
    }

    [Fact]
    public async Task Text_of_a_recipient_is_shown_without_what_could_deceive_a_reader()
    {
        var scene = await DeferAsync(Error.Encode("no \u202Eevil\u0007\r\n<b>"), null);

        (await GetAsync(scene)).At("failure", "decoded").ShouldBe("it said 'no evil<b>'");
    }

    [Theory]
    [InlineData("08c379a0")]
    [InlineData("08c379a00000000000000000000000000000000000000000000000000000000000000020ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff41")]
    [InlineData("ff")]
    [InlineData("")]
    public async Task Bytes_that_promise_more_than_they_hold_are_shown_all_the_same(string reason)
    {
        var scene = await DeferAsync(Convert.FromHexString(reason), null);

        var answer = await GetAsync(scene);

        (answer.Status, answer.At("status")).ShouldBe((HttpStatusCode.OK, "ACTION_REQUIRED"));
        answer.At("failure", "revertData").ShouldBe("0x" + reason);
    }

    [Fact]
    public async Task Who_is_missing_is_named_and_a_pause_at_the_destination_holds()
    {
        var scene = await api.SceneAsync(1);
        foreach (var validator in api.Validators.Take(2))
            await api.Store.Attestations.AcceptAsync(0, api.Sign(scene, scene.Checkpoint(1), validator), validator.Address);
        var reason = (await GetAsync(scene)).At("reason")!;
        reason.ShouldContain("2 of the 3");
        foreach (var missing in api.Validators.Skip(2)) reason.ShouldContain(missing.Address.ToString());

        await api.Store.Get<MirrorStore>().SaveAsync(new ChainMirror(
            scene.Lane.Destination, "far", api.Bridge, Scene.Someone(3), "finalized", "eip1559", 1, Later, 1, Later, null, [new LaneEnd(scene.Lane.Source, true, Later)], [], []), default);
        await Task.Delay(1200); // Longer than the directory is kept.

        var held = await GetAsync(scene);
        (held.At("status"), held.At("stage"), held.At("nextAction", "kind")).ShouldBe(("HELD", "LANE_PAUSED", "wait"));
        held.At("reason")!.ShouldContain($"until {Later.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");
        (await ListedAsync(scene, "HELD"), await ListedAsync(scene, "PENDING")).ShouldBe((1, 0));
    }

    private async Task<Scene> DeferAsync(byte[] reason, DateTimeOffset? retryAt)
    {
        var scene = await api.SceneAsync(1);
        await scene.ReadDestinationAsync(1, [scene.Delivery(1, 1, 1)], [scene.Deferral(1, 1, reason, retryAt)]);
        await scene.FinalizeDestinationAsync(1);
        return scene;
    }

    private Task<Answer> GetAsync(Scene scene) => api.GetAsync($"/v1/transfers/{scene.Sent[0].MessageId}");

    private async Task<int> ListedAsync(Scene scene, string status)
    {
        var answer = await api.GetAsync($"/v1/transfers?source={scene.Lane.Source}&status={status}");
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        return answer.Json.GetProperty("transfers").GetArrayLength();
    }
}

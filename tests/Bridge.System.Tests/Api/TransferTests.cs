using System.Net;
using Bridge.Core;
using Bridge.Store;
using Bridge.SystemTests.Store;

namespace Bridge.SystemTests.Api;

public sealed class TransferTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_transfer_is_shown_with_everything_a_user_asks_about()
    {
        var scene = await api.SceneAsync(2);
        var sent = scene.Sent[0];

        var answer = await api.GetAsync($"/v1/transfers/{sent.MessageId}");

        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        answer.At("transferId").ShouldBe(sent.MessageId.ToString());
        answer.At("source", "chain").ShouldBe($"eip155:{scene.Lane.Source}");
        answer.At("source", "txHash").ShouldBe(sent.Transaction.ToString());
        answer.At("source", "sender").ShouldBe(sent.Message.Sender.ToString());
        (answer.At("source", "amount", "amount"), answer.At("source", "amount", "symbol"), answer.At("source", "amount", "decimals")).ShouldBe(("1000", "TKN", "18"));
        (answer.At("destination", "amount", "amount"), answer.At("destination", "amount", "symbol")).ShouldBe(("990", "bTKN"));
        answer.At("fee", "amount").ShouldBe("10");
        answer.At("source", "timestamp").ShouldBe("1970-01-01T00:00:01.000000Z");
        answer.At("source", "final").ShouldBe("True");
        (answer.At("attestation", "have"), answer.At("attestation", "need"), answer.At("attestation", "epoch")).ShouldBe(("0", "3", "1"));
        answer.At("nextAction", "kind").ShouldBe("wait");
        answer.At("links", "self").ShouldBe($"/v1/transfers/{sent.MessageId}");
    }

    [Fact]
    public async Task Amounts_beyond_any_number_of_JSON_are_strings()
    {
        var scene = await Scene.BeginAsync(api.Store);
        await scene.ReadSourceAsync(1, [scene.Send(1, amount: UInt128.MaxValue)]);

        (await GetAsync(scene, 1)).At("source", "amount", "amount").ShouldBe("340282366920938463463374607431768211455");
    }

    [Fact]
    public async Task Status_stage_and_reason_follow_the_transfer_to_its_end()
    {
        var scene = await Scene.BeginAsync(api.Store);
        await api.Store.Directory.SaveValidatorSetAsync(scene.Lane.Destination, api.Bridge, api.Set, current: true, default);
        await scene.ReadSourceAsync(2, [scene.Send(1)]);
        await ShouldShowAsync("PENDING", "SOURCE_INCLUDED");
        (await GetAsync(scene, 1)).At("source", "confirmations").ShouldBe("2");
        await scene.FinalizeSourceAsync(1);
        await ShouldShowAsync("PENDING", "ATTESTING");
        foreach (var validator in api.Validators.Take(2))
            await api.Store.Attestations.AcceptAsync(0, api.Sign(scene, scene.Checkpoint(1), validator), validator.Address);
        var attesting = await GetAsync(scene, 1);
        attesting.At("attestation", "have").ShouldBe("2");
        attesting.Json.GetProperty("attestation").GetProperty("validators").EnumerateArray().Select(v => v.GetString())
            .ShouldBe(api.Validators.Take(2).Select(v => v.Address.ToString()));
        await scene.CertifyAsync(1);
        await ShouldShowAsync("PENDING", "QUORUM_REACHED");
        await api.Store.Transfers.ApplyAsync(scene.Lane, new Sequence(1), new Sequence(1), TransferEvent.DeliverySubmitted, null, default);
        await ShouldShowAsync("PENDING", "EXECUTING");
        await scene.ReadDestinationAsync(1, [scene.Delivery(1, 1, 1)]);
        await ShouldShowAsync("PENDING", "EXECUTED");
        await scene.FinalizeDestinationAsync(1);

        var done = await GetAsync(scene, 1);
        (done.At("status"), done.At("stage"), done.At("nextAction", "kind")).ShouldBe(("DONE", "COMPLETED", "none"));
        done.Json.TryGetProperty("reason", out _).ShouldBeFalse("a transfer that is done waits for nothing");
        done.At("destination", "txHash").ShouldBe(scene.Delivery(1, 1, 1).Transaction.ToString());
        done.At("destination", "executor").ShouldBe(scene.Delivery(1, 1, 1).Deliverer.ToString());

        async Task ShouldShowAsync(string status, string stage)
        {
            var answer = await GetAsync(scene, 1);
            (answer.At("status"), answer.At("stage")).ShouldBe((status, stage));
            answer.At("reason").ShouldNotBeNullOrWhiteSpace();
        }
    }

    [Fact]
    public async Task A_deferred_transfer_asks_for_action_and_a_halted_lane_says_why()
    {
        var deferred = await Scene.FinalAsync(api.Store, 1);
        await deferred.ReadDestinationAsync(1, [deferred.Delivery(1, 1, 1)], [deferred.Deferral(1, 1)]);
        await deferred.FinalizeDestinationAsync(1);
        var answer = await GetAsync(deferred, 1);
        (answer.At("status"), answer.At("stage"), answer.At("nextAction", "by")).ShouldBe(("ACTION_REQUIRED", "CLAIMABLE", "anyone"));

        var halted = await Scene.FinalAsync(api.Store, 1);
        await api.Store.Halts.HaltAsync(halted.Lane, "TEST", "somebody pulled the cord", default);
        answer = await GetAsync(halted, 1);
        (answer.At("status"), answer.At("stage")).ShouldBe(("HELD", "CHAIN_HALTED"));
        answer.At("reason")!.ShouldContain("somebody pulled the cord");
    }

    [Fact]
    public async Task A_refunded_transfer_names_the_message_that_brings_it_back()
    {
        var scene = await Scene.FinalAsync(api.Store, 1);
        await scene.ReadDestinationAsync(2, [scene.Delivery(1, 1, 1)], [scene.Deferral(1, 1)], refunded: [scene.Refund(1, 2)]);
        await scene.FinalizeDestinationAsync(2);

        var answer = await GetAsync(scene, 1);

        (answer.At("status"), answer.At("stage"), answer.At("nextAction", "kind")).ShouldBe(("REFUNDED", "REFUNDED", "none"));
        answer.At("reason")!.ShouldContain($"Message 1 of the lane {scene.Lane.Destination}->{scene.Lane.Source}");
        answer.At("destination", "txHash").ShouldBe(scene.Refund(1, 2).Transaction.ToString());
        var listed = await api.GetAsync($"/v1/transfers?status=REFUNDED&source={scene.Lane.Source}");
        listed.Json.GetProperty("transfers").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task It_is_found_by_its_transaction_on_either_chain()
    {
        var scene = await Scene.FinalAsync(api.Store, 1);
        await scene.ReadDestinationAsync(1, [scene.Delivery(1, 1, 1)]);

        foreach (var hash in new[] { scene.Sent[0].Transaction, scene.Delivery(1, 1, 1).Transaction })
            (await api.GetAsync($"/v1/transfers/{hash}")).At("transferId").ShouldBe(scene.Sent[0].MessageId.ToString());
    }

    [Fact]
    public async Task A_transaction_with_several_transfers_needs_the_log_index()
    {
        var scene = await Scene.BeginAsync(api.Store);
        var first = scene.Send(1);
        var second = scene.Send(1) with { Transaction = first.Transaction };
        await scene.ReadSourceAsync(1, [first, second]);

        var ambiguous = await api.GetAsync($"/v1/transfers/{first.Transaction}");
        ambiguous.ShouldBeProblem(HttpStatusCode.Conflict, "AMBIGUOUS_TRANSACTION");
        ambiguous.Json.GetProperty("transferIds").GetArrayLength().ShouldBe(2);

        (await api.GetAsync($"/v1/transfers/{first.Transaction}?logIndex={second.LogIndex}")).At("transferId").ShouldBe(second.MessageId.ToString());
        (await api.GetAsync($"/v1/transfers/{first.Transaction}?logIndex=77")).ShouldBeProblem(HttpStatusCode.NotFound, "TRANSFER_NOT_INDEXED");
    }

    [Fact]
    public async Task An_unknown_id_says_how_far_the_chains_were_read()
    {
        var scene = await Scene.FinalAsync(api.Store, 3);

        var answer = await api.GetAsync($"/v1/transfers/{Scene.Hash(404)}");

        answer.ShouldBeProblem(HttpStatusCode.NotFound, "TRANSFER_NOT_INDEXED");
        answer.At("indexedTo", $"eip155:{scene.Lane.Source}").ShouldBe("3");
        answer.At("retryable").ShouldBe("True");
        answer.Headers.ShouldContainKey("Retry-After");
    }

    [Theory]
    [InlineData("0x12")]
    [InlineData("latest")]
    [InlineData("0X0000000000000000000000000000000000000000000000000000000000000001")]
    [InlineData("0x000000000000000000000000000000000000000000000000000000000000000g")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000001")]
    [InlineData("0x0000000000000000000000000000000000000000000000000000000000000001?logIndex=one")]
    [InlineData("0x0000000000000000000000000000000000000000000000000000000000000001?logIndex=-1")]
    public async Task A_malformed_id_or_log_index_is_refused(string id) =>
        (await api.GetAsync($"/v1/transfers/{id}")).ShouldBeProblem(HttpStatusCode.BadRequest, "VALIDATION_FAILED");

    [Fact]
    public async Task The_entity_tag_spares_the_body_until_something_changes()
    {
        var scene = await Scene.FinalAsync(api.Store, 1);
        var path = $"/v1/transfers/{scene.Sent[0].MessageId}";
        var tag = (await api.GetAsync(path)).Headers["ETag"];
        tag.ShouldStartWith("\"", customMessage: "a weak tag does not do");

        foreach (var known in new[] { tag, $"\"other\", {tag}", "*" })
        {
            var unchanged = await api.GetAsync(path, ("If-None-Match", known));
            (unchanged.Status, unchanged.Text, unchanged.Headers["ETag"]).ShouldBe((HttpStatusCode.NotModified, "", tag), known);
        }
        await scene.CertifyAsync(1);
        var changed = await api.GetAsync(path, ("If-None-Match", tag));
        changed.Status.ShouldBe(HttpStatusCode.OK);
        changed.Headers["ETag"].ShouldNotBe(tag);
    }

    [Fact]
    public async Task The_timeline_names_every_change()
    {
        var scene = await Scene.FinalAsync(api.Store, 1);

        var events = (await api.GetAsync($"/v1/transfers/{scene.Sent[0].MessageId}/events")).Json.EnumerateArray().ToList();

        events.Select(e => e.GetProperty("to").GetString()).ShouldBe(["Observed", "Finalized"]);
        events[1].GetProperty("at").GetString()!.ShouldMatch(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$");
    }

    private Task<Answer> GetAsync(Scene scene, int sequence) => api.GetAsync($"/v1/transfers/{scene.Sent[sequence - 1].MessageId}");
}

using System.Net;
using Bridge.Client;
using Bridge.Store;
using Bridge.SystemTests.Store;

namespace Bridge.SystemTests.Api.Compliance;

/// <summary>References to travel rule data and screenings: attached, corrected and read back by who may.</summary>
public sealed class AttachingTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task What_was_attached_is_read_back_newest_first_under_the_key_s_id_and_never_its_name()
    {
        var (path, integrator, key) = (await Integrator.TransferAsync(api), await Integrator.WithAsync(api, "compliance"), Guid.NewGuid().ToString());
        var body = new { travelRuleRef = Integrator.Uuid, ivms101Hash = Integrator.Hash, screening = new[] { Integrator.Screened("review") } };

        var first = await integrator.Ask.PostAsync(path, body, key);
        first.Status.ShouldBe(HttpStatusCode.Created, first.Text);
        (first.At("travelRuleRef"), first.At("ivms101Hash"), first.At("attachedBy"), first.Headers["Location"]).ShouldBe((Integrator.Uuid, Integrator.Hash, integrator.KeyId.ToString(), path));
        first.Json.GetProperty("screening")[0].EnumerateObject().ToDictionary(member => member.Name, member => member.Value.GetString())
            .ShouldBe(new Dictionary<string, string?>(Integrator.Screened("review")!) { ["at"] = "2026-01-02T02:04:05.000000Z" }, ignoreOrder: true);

        var again = await integrator.Ask.PostAsync(path, body, key);
        (again.Text, again.Headers["Idempotency-Replayed"]).ShouldBe((first.Text, "true"));
        (await integrator.Ask.PostAsync(path, new { travelRuleRef = Integrator.Uuid })).Status.ShouldBe(HttpStatusCode.Created);
        (await integrator.Ask.PostAsync(path, new { screening = Array.Empty<object>() })).Status.ShouldBe(HttpStatusCode.Created, "it takes back what was attached");

        foreach (var reader in new[] { integrator, await Integrator.WithAsync(api, "auditor") })
        {
            var list = await reader.Ask.GetAsync(path);
            (list.Status, list.Headers["Cache-Control"]).ShouldBe((HttpStatusCode.OK, "no-store"), list.Text);
            var references = list.Json.GetProperty("references").EnumerateArray().ToList();
            references.Count.ShouldBe(3);
            references[0].TryGetProperty("travelRuleRef", out _).ShouldBeFalse();
            references[1].GetProperty("screening").GetArrayLength().ShouldBe(0);
            references[2].GetRawText().ShouldBe(first.Text);
            list.Text.ShouldNotContain(Integrator.Holder);
        }
    }

    [Fact]
    public async Task An_unknown_transfer_is_not_found_until_it_is_known_and_then_the_same_request_succeeds()
    {
        var (scene, integrator) = (await Scene.BeginAsync(api.Store), await Integrator.WithAsync(api, "compliance"));
        var sent = scene.Send(1);
        var (path, key, body) = (Integrator.Of(sent.MessageId.ToString()), Guid.NewGuid().ToString(), new { travelRuleRef = Integrator.Uuid });

        var unknown = await integrator.Ask.PostAsync(path, body, key);
        unknown.ShouldBeProblem(HttpStatusCode.NotFound, "TRANSFER_NOT_INDEXED");
        unknown.Json.GetProperty("indexedTo").GetProperty($"eip155:{scene.Lane.Source}").GetString().ShouldBe("0");
        (await integrator.Ask.GetAsync(path)).ShouldBeProblem(HttpStatusCode.NotFound, "TRANSFER_NOT_INDEXED");
        (await integrator.Ask.PostAsync(Integrator.Of("mine"), body)).ShouldBeProblem(HttpStatusCode.BadRequest, "VALIDATION_FAILED");

        await scene.ReadSourceAsync(1, [sent]);
        (await integrator.Ask.PostAsync(path, body, key)).Status.ShouldBe(HttpStatusCode.Created);
        (await integrator.Ask.GetAsync(Integrator.Of(sent.Transaction.ToString()))).Json.GetProperty("references").GetArrayLength().ShouldBe(1, "a transaction names the transfer, too");
    }

    [Fact]
    public async Task Without_a_key_and_without_the_scope_nothing_is_attached_and_nothing_told()
    {
        var (path, body) = (await Integrator.TransferAsync(api), new { travelRuleRef = Integrator.Uuid });
        var (stranger, auditor, webhooks) = (new Asking(api.Url), await Integrator.WithAsync(api, "auditor"), await Integrator.WithAsync(api, "webhooks", "operator"));
        (await stranger.PostAsync(path, body)).ShouldBeProblem(HttpStatusCode.Unauthorized, "UNAUTHORIZED");
        (await stranger.GetAsync(path)).ShouldBeProblem(HttpStatusCode.Unauthorized, "UNAUTHORIZED");
        (await auditor.Ask.PostAsync(path, body)).ShouldBeProblem(HttpStatusCode.Forbidden, "FORBIDDEN");
        (await webhooks.Ask.PostAsync(path, body)).ShouldBeProblem(HttpStatusCode.Forbidden, "FORBIDDEN");
        var refused = await webhooks.Ask.GetAsync(path);
        refused.ShouldBeProblem(HttpStatusCode.Forbidden, "FORBIDDEN");
        refused.At("detail").ShouldBe("The key lacks the scope compliance or auditor.");
        (await auditor.Ask.GetAsync(path)).Json.GetProperty("references").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_key_attaches_so_many_to_a_transfer_also_at_once_and_takes_nothing_from_another_key()
    {
        var (path, integrator, body) = (await Integrator.TransferAsync(api), await Integrator.WithAsync(api, "compliance"), new { travelRuleRef = Integrator.Uuid });

        var answers = await Task.WhenAll(Enumerable.Range(0, ComplianceStore.MostOfKey + 5).Select(_ => integrator.Ask.PostAsync(path, body)));

        answers.Count(answer => answer.Status is HttpStatusCode.Created).ShouldBe(ComplianceStore.MostOfKey);
        foreach (var refused in answers.Where(answer => answer.Status is not HttpStatusCode.Created)) refused.ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "TOO_MANY_REFERENCES");
        (await (await Integrator.WithAsync(api, "compliance")).Ask.PostAsync(path, body)).Status.ShouldBe(HttpStatusCode.Created);
    }

    /// <summary>As after a process that died before it could keep the answer.</summary>
    [Fact]
    public async Task Attached_again_under_the_same_request_it_stays_attached_once_also_where_the_share_is_used_up()
    {
        var (transfer, key, store) = ((await Scene.FinalAsync(api.Store, 1)).Sent[0].MessageId, (await Integrator.WithAsync(api, "compliance")).KeyId, api.Store.Get<ComplianceStore>());
        var (request, reference) = (Guid.NewGuid(), new Core.ComplianceReference(Integrator.Uuid, null, []));
        var (_, first) = await store.AttachAsync(request, transfer, key, reference, default);
        for (var n = 1; n < ComplianceStore.MostOfKey; n++) (await store.AttachAsync(Guid.NewGuid(), transfer, key, reference, default)).Verdict.ShouldBe(AttachVerdict.Attached);
        (await store.AttachAsync(Guid.NewGuid(), transfer, key, reference, default)).Verdict.ShouldBe(AttachVerdict.TooMany);

        (await store.AttachAsync(request, transfer, key, reference, default)).Attached!.Id.ShouldBe(first!.Id);
        (await store.OfTransferAsync(transfer, default)).Select(one => one.Id).ShouldSatisfyAllConditions(ids => ids.Count().ShouldBe(ComplianceStore.MostOfKey), ids => ids.ShouldBeInOrder(SortDirection.Descending));
    }

    [Fact]
    public async Task The_client_attaches_and_reads()
    {
        var id = (await Scene.FinalAsync(api.Store, 1)).Sent[0].MessageId.ToString();
        using var http = new HttpClient { BaseAddress = api.Url };
        var client = new BridgeClient(http, new BridgeClientOptions { ApiKey = (await Integrator.WithAsync(api, "compliance")).Key });
        var screening = new Screening("trm", Integrator.Uuid, "none", "clear", new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)));

        var attached = await client.AttachComplianceAsync(id, new ComplianceAttachment(Integrator.Uuid, Integrator.Hash, [screening]));

        attached.Screening.ShouldHaveSingleItem().ShouldBe(screening with { At = screening.At.ToUniversalTime() });
        (await client.ListComplianceAsync(id)).References.ShouldHaveSingleItem().Id.ShouldBe(attached.Id);
        (await Should.ThrowAsync<BridgeApiException>(() => client.AttachComplianceAsync(id, new ComplianceAttachment("Ada Lovelace")))).Code.ShouldBe("VALIDATION_FAILED");
    }
}

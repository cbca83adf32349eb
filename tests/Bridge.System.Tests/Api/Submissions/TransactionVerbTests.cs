using System.Net;
using Bridge.Core;
using Bridge.SystemTests.Harness;

namespace Bridge.SystemTests.Api.Submissions;

/// <summary>An operator hastens and gives up what a submitter has sent for somebody else: by the submitter's own hand, at its own nonce.</summary>
[Collection(SubmitWorld.Name)]
public sealed class TransactionVerbTests(SubmitFixture world)
{
    [Fact]
    public async Task What_a_submitter_sent_is_replaced_and_cancelled_on_request_and_the_same_signature_goes_out_again()
    {
        using var owner = await world.PersonAsync(90_000_000);
        var quote = await world.QuoteAsync(owner.Address, Address.Parse("0x0000000000000000000000000000000000000b0b"), "80000000", "erc3009");
        var submission = SubmitFixture.Submission(quote, SubmitFixture.Sign(owner, SubmitFixture.ToSign(SubmitFixture.Route(quote))));
        world.Submitter.Save(config => config["Bridge"]!["Submitter"]!["ResubmitSeconds"] = 600);
        await world.Submitter.SaysAsync("ResubmitSeconds");
        await world.Home.StopMiningAsync();
        try
        {
            var id = (await world.Anybody.PostAsync("/v1/transfers", submission)).At("intentId")!;
            await Eventually.TrueAsync("its transaction to be sent", async () => await CountAsync(id, "e.status = 'Broadcast'") == 1, world.Explain);
            (await world.BridgeAsync("tx", "list-stuck", "--older", "0", "--json")).ShouldSay(1, $"\"id\":\"{id}\",\"kind\":\"Intent\"");

            (await world.BridgeAsync("tx", "bump", id, "--by", "Ada", "--why", "it waits")).ShouldSay(0, "Done: replaced at nonce");
            (await CountAsync(id, "NOT a.is_cancel")).ShouldBe(2);
            (await world.BridgeAsync("tx", "cancel", await NewestAsync(id), "--by", "Ada", "--why", "the owner asks for it", "--json")).ShouldSay(0, "\"outcome\":\"Done\"");
            (await CountAsync(id, "a.is_cancel")).ShouldBe(1);
            await world.Submitter.KillAsync();
            (await world.BridgeAsync("tx", "bump", id, "--by", "Ada", "--why", "nobody is there", "--wait", "1")).ShouldSay(1, "Withdrawn");
            world.Submitter.Start();

            await world.Home.StartMiningAsync();
            await Eventually.TrueAsync("the cancellation to be final", async () => await CountAsync(id, "a.is_cancel AND e.status = 'Failed' AND e.detail LIKE 'cancelled by%'") == 1, world.Explain);
            (await world.BalanceAsync(owner.Address)).ShouldBe(90_000_000, "nothing was taken");
            (await world.BridgeAsync("tx", "cancel", id, "--by", "Ada", "--why", "too late")).ShouldSay(2, "nothing of it waits for a block");

            var again = await world.Anybody.PostAsync("/v1/transfers", submission, Guid.NewGuid().ToString());
            again.Status.ShouldBe(HttpStatusCode.Accepted, again.Text);
            await world.FollowAsync(again.At("intentId")!, "FINAL");
        }
        finally
        {
            await world.Home.StartMiningAsync();
            if (world.Submitter.HasExited) world.Submitter.Start();
            world.Submitter.Save(config => config["Bridge"]!["Submitter"]!["ResubmitSeconds"] = 3);
        }
    }

    private Task<long> CountAsync(string id, string state) => world.Database.CountAsync($"SELECT count(*) FROM errand e JOIN errand_attempt a ON a.errand_id = e.id WHERE e.id = '{id}' AND {state}");

    private Task<string> NewestAsync(string id) => world.Database.TextAsync($"SELECT '0x' || encode(transaction_hash, 'hex') FROM errand_attempt WHERE errand_id = '{id}' ORDER BY signed_at DESC LIMIT 1");
}

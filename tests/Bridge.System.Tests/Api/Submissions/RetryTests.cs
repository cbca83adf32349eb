using System.Net;
using Bridge.Core;
using Bridge.Evm;
using Bridge.SystemTests.Harness;

namespace Bridge.SystemTests.Api.Submissions;

/// <summary>A transfer that its destination holds, and who has it moved on.</summary>
[Collection(SubmitWorld.Name)]
public sealed class RetryTests(SubmitFixture world)
{
    private static readonly Address Recipient = Address.Parse("0x00000000000000000000000000000000000b0b00");

    [Fact]
    public async Task Abuse_36_a_retry_forces_nothing_is_written_down_and_moves_on_what_may_move()
    {
        var id = await world.DeferredAsync(Recipient);
        await Eventually.TrueAsync("it to be held", async () => (await world.Anybody.GetAsync($"/v1/transfers/{id}")) is { Status: HttpStatusCode.OK } known && known.At("status") == "HELD", world.Explain);

        var early = await world.Anybody.PostAsync($"/v1/transfers/{id}/retries");
        early.Status.ShouldBe(HttpStatusCode.Accepted, early.Text);
        early.At("action").ShouldBe("retrying");
        var refused = await world.FollowAsync(early.At("intentId")!, "REFUSED", "FINAL");
        refused.GetProperty("status").GetString().ShouldBe("REFUSED", "it is held still, and nobody can change that");
        refused.GetProperty("reason").GetString()!.ShouldContain("StillHeld");
        (await world.Anybody.PostAsync($"/v1/transfers/{id}/retries")).ShouldBeProblem(HttpStatusCode.TooManyRequests, "TOO_MANY");
        (await world.Database.CountAsync($"SELECT count(*) FROM nudge WHERE message_id = '\\x{id.ToString()[2..]}'")).ShouldBe(1, "every act is written down");

        await world.Far.Rpc.CallAsync("evm_increaseTime", [3700], default);
        await world.Far.MineAsync();
        await world.Database.ExecuteHereAsync("ALTER TABLE nudge DISABLE TRIGGER append_only; UPDATE nudge SET at = at - interval '1 minute'; ALTER TABLE nudge ENABLE TRIGGER append_only");
        var late = await world.Anybody.PostAsync($"/v1/transfers/{id}/retries");
        late.Status.ShouldBe(HttpStatusCode.Accepted, late.Text);
        late.At("call", "to").ShouldBe(world.Contracts.Bridge.ToString());
        var done = await world.FollowAsync(late.At("intentId")!, "REFUSED", "FINAL");
        done.GetProperty("status").GetString().ShouldBe("FINAL", done.ToString());

        (await new TokenContract(world.Far.Client, world.Contracts.Tokens[world.Far.Id]).BalanceOfAsync(Recipient, default)).ShouldBe(49_000_000);
        await Eventually.TrueAsync("it to be done", async () => (await world.Anybody.GetAsync($"/v1/transfers/{id}")).At("status") == "DONE", world.Explain);
        (await world.Anybody.PostAsync($"/v1/transfers/{id}/retries")).ShouldBeProblem(HttpStatusCode.Conflict, "NOTHING_TO_DO");
    }

    [Fact]
    public async Task Nothing_is_retried_that_nobody_knows() =>
        (await world.Anybody.PostAsync($"/v1/transfers/0x{new string('9', 64)}/retries")).ShouldBeProblem(HttpStatusCode.NotFound, "TRANSFER_NOT_INDEXED");
}

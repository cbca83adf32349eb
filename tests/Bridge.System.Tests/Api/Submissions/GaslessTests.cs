using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Core;
using Bridge.Evm;
using Bridge.SystemTests.Harness;

namespace Bridge.SystemTests.Api.Submissions;

/// <summary>Transfers that are signed and sent by somebody else, on a real chain, by the real contracts.</summary>
[Collection(SubmitWorld.Name)]
public sealed class GaslessTests(SubmitFixture world)
{
    private static readonly AbiFunction AddressOf = new("addressOf(address,address,address)", "(address)");
    private static readonly Address Recipient = Address.Parse("0x00000000000000000000000000000000000a11ce");

    [Theory]
    [InlineData("none")]
    [InlineData("permit2")]
    [InlineData("erc3009")]
    public async Task What_was_signed_is_sent_as_quoted_and_the_submitter_has_its_fee(string permit)
    {
        using var owner = await world.PersonAsync(90_000_000);
        if (permit != "erc3009") await world.ApproveAsync(owner, permit == "permit2" ? Address.Parse(SubmitFixture.Permit2) : world.Contracts.Intents);
        var before = await world.BalanceAsync(world.SubmitterAccount);
        var quote = await world.QuoteAsync(owner.Address, Recipient, "80000000", permit);
        var route = SubmitFixture.Route(quote);

        var answer = await world.Anybody.PostAsync("/v1/transfers", SubmitFixture.Submission(quote, SubmitFixture.Sign(owner, SubmitFixture.ToSign(route))));
        answer.Status.ShouldBe(HttpStatusCode.Accepted, answer.Text);
        answer.Headers["Location"].ShouldBe($"/v1/intents/{answer.At("intentId")}");
        answer.Headers.ShouldContainKey("ETag");
        var intent = await world.FollowAsync(answer.At("intentId")!, "FINAL");

        var sent = await SentAsync(intent);
        sent.RollingHash.ToString().ShouldBe(intent.GetProperty("transferId").GetString());
        MessageCodec.TryDecode(sent.Wire, out var message, out _).ShouldBeTrue();
        (message!.Sender, message.Recipient, (BigInteger)message.Net).ShouldBe((owner.Address, Recipient, Amount(route, "output")));
        (await world.BalanceAsync(owner.Address)).ShouldBe(90_000_000 - Amount(route, "input"));
        (await world.BalanceAsync(world.SubmitterAccount) - before).ShouldBe(Fee(route, "submission"));
        await Eventually.TrueAsync("the transfer to be known", async () => (await world.Anybody.GetAsync($"/v1/transfers/{sent.RollingHash}")).Status is HttpStatusCode.OK, world.Explain);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_contract_s_signature_is_sent_whether_it_is_there_or_comes_with_it(bool deployed)
    {
        using var key = SubmitFixture.Signer($"the key of an account {deployed}");
        var token = world.Contracts.Tokens[world.Home.Id];
        var factory = await world.DeployAsync("Accounts", "AccountFactory");
        var create = new AbiFunction("create(address,address,address)").Encode(key.Address, token, world.Contracts.Intents);
        var account = (Address)AddressOf.DecodeResult(await world.Home.Client.CallAsync(factory, AddressOf.Encode(key.Address, token, world.Contracts.Intents), null, default))[0];
        (await world.Home.TransactAsync(await world.Home.AccountAsync(9), token, new AbiFunction("mint(address,uint256)").Encode(account, (BigInteger)90_000_000))).Succeeded.ShouldBeTrue();
        if (deployed) (await world.Home.TransactAsync(await world.Home.AccountAsync(9), factory, create)).Succeeded.ShouldBeTrue();
        // Deploying the account takes gas that no quote knows of, so it is quoted while gas is dear and sent when it is cheap.
        if (!deployed) await world.Home.Rpc.CallAsync("anvil_setNextBlockBaseFeePerGas", ["0x2540be400"], default);
        JsonElement quote = default;
        await Eventually.TrueAsync("a quote that pays for it", async () => Fee(SubmitFixture.Route(quote = await world.QuoteAsync(account, Recipient, "80000000", "none")), "submission") > (deployed ? 0 : 2_000_000), world.Explain);
        var route = SubmitFixture.Route(quote);

        var signature = Hex.Parse(SubmitFixture.Sign(key, SubmitFixture.ToSign(route)));
        if (!deployed) signature = [.. new AbiFunction("x(address,bytes,bytes)").Encode(factory, create, signature)[4..], .. Enumerable.Repeat<byte[]>([0x64, 0x92], 16).SelectMany(pair => pair)];
        var answer = await world.Anybody.PostAsync("/v1/transfers", SubmitFixture.Submission(quote, Hex.Format(signature)));

        answer.Status.ShouldBe(HttpStatusCode.Accepted, answer.Text);
        var sent = await SentAsync(await world.FollowAsync(answer.At("intentId")!, "FINAL"));
        MessageCodec.TryDecode(sent.Wire, out var message, out _).ShouldBeTrue();
        message!.Sender.ShouldBe(account);
        (await world.BalanceAsync(account)).ShouldBe(90_000_000 - Amount(route, "input"));
        (await world.Home.Client.CodeAsync(account, default)).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task The_submission_s_fee_is_more_than_its_gas_was_worth()
    {
        using var owner = await world.PersonAsync(90_000_000);
        var quote = await world.QuoteAsync(owner.Address, Recipient, "80000000", "erc3009");
        var route = SubmitFixture.Route(quote);
        var answer = await world.Anybody.PostAsync("/v1/transfers", SubmitFixture.Submission(quote, SubmitFixture.Sign(owner, SubmitFixture.ToSign(route))));
        var intent = await world.FollowAsync(answer.At("intentId")!, "FINAL");

        var receipt = await world.Home.Rpc.CallAsync("eth_getTransactionReceipt", [intent.GetProperty("txHash").GetString()!], default);
        var paid = Quantity(receipt, "gasUsed") * Quantity(receipt, "effectiveGasPrice");

        // A coin is worth 2,500 dollars of 6 decimals here.
        (Fee(route, "submission") * BigInteger.Pow(10, 18)).ShouldBeGreaterThan(paid * 2_500_000_000);
    }

    [Fact]
    public async Task Abuse_31_a_quote_s_amounts_cannot_be_edited_and_an_expired_one_is_gone()
    {
        using var owner = await world.PersonAsync(90_000_000);
        var quote = await world.QuoteAsync(owner.Address, Recipient, "80000000", "erc3009");
        var route = SubmitFixture.Route(quote);

        var edited = JsonNode.Parse(SubmitFixture.ToSign(route).GetRawText())!;
        edited["message"]!["value"] = "1";
        var answer = await world.Anybody.PostAsync("/v1/transfers", SubmitFixture.Submission(quote, SubmitFixture.Sign(owner, JsonDocument.Parse(edited.ToJsonString()).RootElement)));
        answer.Status.ShouldBe(HttpStatusCode.Accepted, answer.Text);
        var refused = await world.FollowAsync(answer.At("intentId")!, "REFUSED", "FINAL", "INCLUDED");
        refused.GetProperty("status").GetString().ShouldBe("REFUSED");
        refused.GetProperty("reason").GetString()!.ShouldContain("the chain would refuse it");
        (await world.BalanceAsync(owner.Address)).ShouldBe(90_000_000);

        var members = new { quoteId = quote.GetProperty("quoteId").GetString(), routeId = "direct", signature = "0x01", amount = "1", fee = "0" };
        (await world.Anybody.PostAsync("/v1/transfers", members)).ShouldBeProblem(HttpStatusCode.BadRequest, "VALIDATION_FAILED");

        var old = Guid.NewGuid();
        await world.Database.ExecuteHereAsync($"INSERT INTO quote (id, created_at, expires_at, body) SELECT '{old}', now() - interval '2 minutes', now() - interval '1 minute', body FROM quote WHERE id = '{quote.GetProperty("quoteId").GetString()}'");
        var expired = await world.Anybody.PostAsync("/v1/transfers", new { quoteId = old, routeId = "direct", signature = SubmitFixture.Sign(owner, SubmitFixture.ToSign(route)) });
        expired.ShouldBeProblem(HttpStatusCode.Gone, "QUOTE_EXPIRED");
    }

    [Fact]
    public async Task Abuse_16_fifty_at_once_have_one_effect_and_one_answer_and_another_body_or_caller_is_told_apart()
    {
        using var owner = await world.PersonAsync(90_000_000);
        var quote = await world.QuoteAsync(owner.Address, Recipient, "80000000", "erc3009");
        var (body, key) = (SubmitFixture.Submission(quote, SubmitFixture.Sign(owner, SubmitFixture.ToSign(SubmitFixture.Route(quote)))), Guid.NewGuid().ToString());

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => world.Anybody.PostAsync("/v1/transfers", body, key)));

        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.Accepted || answer.Status == HttpStatusCode.Conflict);
        answers.Where(answer => answer.Status is HttpStatusCode.Accepted).Select(answer => answer.Text).Distinct().Count().ShouldBe(1);
        (await world.Database.CountAsync($"SELECT count(*) FROM errand WHERE quote_id = '{quote.GetProperty("quoteId").GetString()}'")).ShouldBe(1);
        var again = await world.Anybody.PostAsync("/v1/transfers", body, key);
        again.Headers["Idempotency-Replayed"].ShouldBe("true");
        (await world.Anybody.PostAsync("/v1/transfers", new { quoteId = Guid.NewGuid(), routeId = "direct", signature = "0x01" }, key)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "IDEMPOTENCY_KEY_REUSED");
        (await world.Anybody.SendAsync(HttpMethod.Post, "/v1/transfers", "{}", [])).ShouldBeProblem(HttpStatusCode.BadRequest, "IDEMPOTENCY_KEY_REQUIRED");

        var secret = await world.Get<Bridge.Store.ApiKeyStore>().CreateAsync("another caller", ["webhooks"], null, default);
        var other = await new Asking(world.Api.Url, secret).PostAsync("/v1/transfers", body, key);
        other.Status.ShouldBe(HttpStatusCode.Accepted, other.Text);
        other.Headers.ShouldNotContainKey("Idempotency-Replayed");
        other.At("intentId").ShouldBe(again.At("intentId"), "another caller's request is another request, and a signature is submitted once");
        (await world.FollowAsync(again.At("intentId")!, "FINAL")).GetProperty("transferId").GetString().ShouldNotBeNull();
    }

    [Fact]
    public async Task Abuse_16_an_answer_is_the_same_after_the_API_was_restarted_and_for_fifty_at_once()
    {
        using var owner = await world.PersonAsync(90_000_000);
        var quote = await world.QuoteAsync(owner.Address, Recipient, "80000000", "erc3009");
        var (body, key) = (SubmitFixture.Submission(quote, SubmitFixture.Sign(owner, SubmitFixture.ToSign(SubmitFixture.Route(quote)))), Guid.NewGuid().ToString());
        var first = await world.Anybody.PostAsync("/v1/transfers", body, key);
        first.Status.ShouldBe(HttpStatusCode.Accepted, first.Text);
        first.Headers.ShouldNotContainKey("Idempotency-Replayed");

        await world.RestartApiAsync();

        var again = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => world.Anybody.PostAsync("/v1/transfers", body, key)));
        again.ShouldAllBe(answer => answer.Status == HttpStatusCode.Accepted && answer.Text == first.Text && answer.Headers["Idempotency-Replayed"] == "true");
        (await world.Database.CountAsync($"SELECT count(*) FROM errand WHERE quote_id = '{quote.GetProperty("quoteId").GetString()}'")).ShouldBe(1);
        await world.FollowAsync(first.At("intentId")!, "FINAL");
        (await world.BalanceAsync(owner.Address)).ShouldBe(90_000_000 - Amount(SubmitFixture.Route(quote), "input"), "it was paid once");
    }

    [Fact]
    public async Task A_submitter_that_is_killed_between_signing_and_the_chain_sends_the_same_transaction_when_it_is_back()
    {
        using var owner = await world.PersonAsync(90_000_000);
        var quote = await world.QuoteAsync(owner.Address, Recipient, "80000000", "erc3009");
        await world.Home.StopMiningAsync();
        try
        {
            var answer = await world.Anybody.PostAsync("/v1/transfers", SubmitFixture.Submission(quote, SubmitFixture.Sign(owner, SubmitFixture.ToSign(SubmitFixture.Route(quote)))));
            await world.FollowAsync(answer.At("intentId")!, "SUBMITTED");
            await world.Submitter.KillAsync();
            await world.Home.DropPendingAsync();
            world.Submitter.Start();
            await Eventually.TrueAsync("it to be sent again", world.Home.HasPendingAsync, world.Explain);
            await world.Home.StartMiningAsync();

            await world.FollowAsync(answer.At("intentId")!, "FINAL");
            var id = answer.At("intentId");
            (await world.Database.CountAsync($"SELECT count(DISTINCT nonce) FROM errand WHERE id = '{id}'")).ShouldBe(1);
            (await world.Database.CountAsync($"SELECT count(*) FROM errand WHERE kind = 'Intent' AND digest = (SELECT digest FROM errand WHERE id = '{id}')")).ShouldBe(1);
        }
        finally
        {
            await world.Home.StartMiningAsync();
        }
    }

    [Fact]
    public async Task A_transfer_that_was_sent_by_oneself_can_be_registered()
    {
        using var owner = await world.PersonAsync(90_000_000);
        var quote = await world.QuoteAsync(owner.Address, Recipient, "80000000", "erc3009");
        var hash = "0x" + new string('7', 64);

        var answer = await world.Anybody.PostAsync("/v1/transfers", new { quoteId = quote.GetProperty("quoteId").GetString(), routeId = "direct", txHash = hash });

        answer.Status.ShouldBe(HttpStatusCode.Accepted, answer.Text);
        answer.Headers["Location"].ShouldBe($"/v1/transfers/{hash}");
        (await world.Database.CountAsync($"SELECT count(*) FROM transfer_registration WHERE transaction_hash = '\\x{hash[2..]}'")).ShouldBe(1);
    }

    private async Task<MessageSent> SentAsync(JsonElement intent)
    {
        var receipt = await world.Home.Client.ReceiptAsync(Hash32.Parse(intent.GetProperty("txHash").GetString()!), default);
        return receipt!.Logs.Where(log => log.Emitter == world.Contracts.Bridge).Select(log => BridgeEvents.TryDecode(log, out var decoded) ? decoded : null).OfType<MessageSent>().Single();
    }

    private static BigInteger Amount(JsonElement route, string member) => Number(route.GetProperty(member));

    private static BigInteger Fee(JsonElement route, string kind) => Number(route.GetProperty("fees").EnumerateArray().Single(fee => fee.GetProperty("kind").GetString() == kind));

    private static BigInteger Number(JsonElement amount) => BigInteger.Parse(amount.GetProperty("amount").GetString()!, CultureInfo.InvariantCulture);

    private static BigInteger Quantity(JsonElement receipt, string member) => BigInteger.Parse("0" + receipt.GetProperty(member).GetString()![2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}

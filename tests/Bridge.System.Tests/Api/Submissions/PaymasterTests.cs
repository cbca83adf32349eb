using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text.Json;
using Bridge.Core;
using Bridge.Evm;
using Bridge.SystemTests.Harness;

namespace Bridge.SystemTests.Api.Submissions;

/// <summary>Accounts without coin, and who pays for what they do: through a real EntryPoint.</summary>
[Collection(SubmitWorld.Name)]
public sealed class PaymasterTests(SubmitFixture world, SponsorFixture sponsor) : IClassFixture<SponsorFixture>
{
    private static readonly Address Recipient = Address.Parse("0x000000000000000000000000000000000004337a");

    private Address Token => world.Contracts.Tokens[world.Home.Id];

    private Address Bridge => world.Contracts.Bridge;

    [Fact]
    public async Task An_account_without_coin_sends_a_transfer_and_it_arrives()
    {
        await sponsor.ForgetAsync();
        using var account = await sponsor.AccountAsync(30_000_000);
        var operation = sponsor.Operation(account, sponsor.Transfer(Recipient, 30_000_000, 1_000_000));

        var estimating = operation.Where(member => !member.Key.Contains("Gas", StringComparison.Ordinal)).ToDictionary();
        var stub = await sponsor.ResultAsync("pm_getPaymasterStubData", estimating);
        stub.GetProperty("isFinal").GetBoolean().ShouldBeFalse();
        stub.GetProperty("paymasterVerificationGasLimit").GetString().ShouldBe(SponsorFixture.PaymasterVerificationGas);
        var final = await sponsor.ResultAsync("pm_getPaymasterData", operation);
        final.GetProperty("paymaster").GetString().ShouldBe(sponsor.Paymaster.ToString());
        var data = final.GetProperty("paymasterData").GetString()!;
        data.Length.ShouldBe(stub.GetProperty("paymasterData").GetString()!.Length, "gas was estimated with as many bytes");

        (await world.Home.Client.BalanceAsync(account.Address, default)).ShouldBe((UInt128)0);
        var receipt = await sponsor.SubmitAsync(account, operation, data);
        receipt.Succeeded.ShouldBeTrue();
        await world.DeliverAsync(world.SentIn(receipt));

        (await new TokenContract(world.Far.Client, world.Contracts.Tokens[world.Far.Id]).BalanceOfAsync(Recipient, default)).ShouldBe(29_000_000);
        (await world.Home.Client.BalanceAsync(account.Address, default)).ShouldBe((UInt128)0);
    }

    [Fact]
    public async Task A_stub_pays_for_nothing_and_an_approval_is_of_one_operation()
    {
        await sponsor.ForgetAsync();
        using var account = await sponsor.AccountAsync(30_000_000);
        var operation = sponsor.Operation(account, sponsor.Transfer(Recipient, 20_000_000, 1_000_000));
        var stub = (await sponsor.ResultAsync("pm_getPaymasterStubData", operation)).GetProperty("paymasterData").GetString()!;
        (await sponsor.SubmitAsync(account, operation, stub)).Succeeded.ShouldBeFalse();

        var (data, _) = await sponsor.ApproveAsync(operation);
        var other = sponsor.Operation(account, sponsor.Transfer(Recipient, 30_000_000, 1_000_000));
        (await sponsor.SubmitAsync(account, other, data!)).Succeeded.ShouldBeFalse();
        var until = (ulong)new BigInteger(Hex.Parse(data!).AsSpan(6, 6), true, true);
        ((long)until - DateTimeOffset.UtcNow.ToUnixTimeSeconds()).ShouldBeInRange(1, 600);
    }

    [Fact]
    public async Task Only_approvals_of_the_Bridge_and_sends_of_what_is_there_are_paid_for()
    {
        await sponsor.ForgetAsync();
        using var account = await sponsor.AccountAsync(30_000_000);
        var approve = (Token, BigInteger.Zero, TokenContract.EncodeApprove(Bridge, 30_000_000));
        var send = (Bridge, BigInteger.Zero, BridgeContract.EncodeSend(world.Far.Id, new AssetId(1), Recipient, 20_000_000, 1_000_000));
        var transfer = new AbiFunction("transfer(address,uint256)").Encode(Recipient, (BigInteger)1);
        (string Why, byte[] CallData)[] refused =
        [
            ("neither the Bridge", SponsorFixture.Calls(approve, send, (Recipient, BigInteger.One, []))),
            ("neither the Bridge", SponsorFixture.Calls(send, (sponsor.EntryPoint, BigInteger.Zero, TokenContract.EncodeApprove(Bridge, 1)))),
            ("something else than approve", SponsorFixture.Calls(approve, send, (Token, BigInteger.Zero, transfer))),
            ("only approvals of the Bridge", SponsorFixture.Calls(send, (Token, BigInteger.Zero, TokenContract.EncodeApprove(Recipient, 1)))),
            ("wei along with an approval", SponsorFixture.Calls(send, (Token, BigInteger.One, approve.Item3))),
            ("something else than send", SponsorFixture.Calls(approve, send, (Bridge, BigInteger.Zero, BridgeContract.EncodePause()))),
            ("something else than send", SponsorFixture.Calls((Bridge, BigInteger.Zero, [.. send.Item3, 0]))),
            ("sends nothing", SponsorFixture.Calls(approve)),
            ("sends nothing", SponsorFixture.Calls()),
            ("is not listed", SponsorFixture.Calls((Bridge, BigInteger.Zero, BridgeContract.EncodeSend(world.Far.Id, new AssetId(9), Recipient, 1, 0)))),
            ("fund it first", SponsorFixture.Calls(approve, send, send)),
            ("at most 16", SponsorFixture.Calls([.. Enumerable.Repeat(approve, 16), send])),
            ("neither execute", [.. SponsorFixture.Calls(approve, send), 0]),
            ("neither execute", new AbiFunction("transferOwnership(address)").Encode(Recipient)),
            ("neither execute", []),
        ];
        foreach (var (why, callData) in refused)
        {
            var answer = await sponsor.AskAsync("pm_getPaymasterData", sponsor.Operation(account, callData));
            answer.TryGetProperty("error", out var error).ShouldBeTrue($"{why}: {answer}");
            error.GetProperty("code").GetInt32().ShouldBe(-32001);
            error.GetProperty("message").GetString()!.ShouldContain(why);
        }

        var one = new AbiFunction("execute(address,uint256,bytes)").Encode(Bridge, BigInteger.Zero, send.Item3);
        (await sponsor.ApproveAsync(sponsor.Operation(account, one))).Refusal.ShouldBeNull();
    }

    [Fact]
    public async Task Neither_an_account_nor_all_together_get_more_than_their_budget_also_at_once()
    {
        await sponsor.ForgetAsync();
        using var first = await sponsor.AccountAsync(30_000_000);
        using var second = await sponsor.AccountAsync(30_000_000);
        using var third = await sponsor.AccountAsync(30_000_000);
        var callData = sponsor.Transfer(Recipient, 20_000_000, 1_000_000);
        Dictionary<string, string> Operation(SponsoredAccount account, int nonce) => sponsor.Operation(account, callData, (ulong)nonce);

        var answers = await Task.WhenAll(Enumerable.Range(0, 15).Select(nonce => sponsor.ApproveAsync(Operation(first, nonce))));

        answers.Count(answer => answer.Data is not null).ShouldBe(10);
        answers.Where(answer => answer.Data is null).ShouldAllBe(answer => answer.Refusal!.Contains("that an account gets in 24 hours", StringComparison.Ordinal));
        (await Task.WhenAll(Enumerable.Range(0, 10).Select(nonce => sponsor.ApproveAsync(Operation(second, nonce))))).ShouldAllBe(answer => answer.Data != null);
        (await sponsor.ApproveAsync(Operation(third, 0))).Refusal!.ShouldContain("that all accounts get in 24 hours");
        (await sponsor.ApproveAsync(Operation(second, 9))).Data.ShouldNotBeNull("one of two operations of the same nonce can be used");
        (await sponsor.ApproveAsync(sponsor.Operation(second, callData, 9, gwei: 20))).Refusal.ShouldNotBeNull("the dearer of the two may be used");
        var beyond = new Dictionary<string, string>(Operation(second, 9)) { ["callGasLimit"] = "0x1", ["verificationGasLimit"] = "0x0", ["preVerificationGas"] = "0x0", ["paymasterVerificationGasLimit"] = "0x0", ["maxFeePerGas"] = "0x" + new string('f', 32) };
        (await sponsor.ApproveAsync(beyond)).Refusal!.ShouldContain("that an account gets in 24 hours");
    }

    [Fact]
    public async Task What_was_approved_and_not_used_in_its_time_is_free_again_and_what_was_used_is_not()
    {
        await sponsor.ForgetAsync();
        using var used = await sponsor.AccountAsync(30_000_000);
        using var unused = await sponsor.AccountAsync(30_000_000);
        var callData = sponsor.Transfer(Recipient, 20_000_000, 1_000_000);
        var operation = sponsor.Operation(used, callData);
        var receipt = await sponsor.SubmitAsync(used, operation, (await sponsor.ApproveAsync(operation)).Data!);
        receipt.Succeeded.ShouldBeTrue();
        (await sponsor.ApproveAsync(sponsor.Operation(unused, callData))).Data.ShouldNotBeNull();

        // A final block that is younger than an approval holds every operation that used it.
        await Eventually.TrueAsync("the operation to be final", async () => (await world.Home.Client.HeadAsync(default)).Height > receipt.Block.Height + 4);
        await world.Database.ExecuteHereAsync("UPDATE sponsorship SET valid_until = 1 WHERE status = 'Approved' AND NOT is_stub");

        await Eventually.TrueAsync("both to be settled", async () => await world.Database.CountAsync("SELECT count(*) FROM sponsorship WHERE status = 'Approved' AND NOT is_stub") == 0, () => sponsor.Sponsor.Tail());
        (await StatusAsync(unused)).ShouldBe("Released");
        (await StatusAsync(used)).ShouldBe("Spent");
    }

    [Fact]
    public async Task Requests_that_cannot_be_answered_say_what_to_do()
    {
        using var account = await sponsor.AccountAsync(1);
        var operation = sponsor.Operation(account, sponsor.Transfer(Recipient, 1, 0));
        Refused(await sponsor.AskAsync("eth_sendUserOperation", operation), -32601, "pm_getPaymasterStubData");
        Refused(await sponsor.AskAsync("pm_getPaymasterData", operation, entryPoint: Token), -32001, sponsor.EntryPoint.ToString());
        Refused(await sponsor.AskAsync("pm_getPaymasterData", operation, chain: 5), -32002, "chain 5");
        foreach (var member in new[] { "sender", "nonce", "callData", "callGasLimit", "maxFeePerGas", "paymasterVerificationGasLimit" })
        {
            Refused(await sponsor.AskAsync("pm_getPaymasterData", operation.Where(one => one.Key != member).ToDictionary()), -32602, $"{member}: missing");
            Refused(await sponsor.AskAsync("pm_getPaymasterData", new Dictionary<string, string>(operation) { [member] = "12" }), -32602, $"{member}: expected");
        }
        foreach (var (body, code) in new[] { ("{", -32700), ("[]", -32700), ("{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"x\",\"params\":[]}", -32600), ("{\"jsonrpc\":\"2.0\",\"method\":\"x\",\"params\":[]}", -32600) })
        {
            var answer = await world.Anybody.SendAsync(HttpMethod.Post, "/v1/paymaster", body, []);
            answer.Status.ShouldBe(HttpStatusCode.OK);
            answer.Json.GetProperty("error").GetProperty("code").GetInt32().ShouldBe(code, body);
        }
        (await world.Anybody.SendAsync("/v1/paymaster", "{}"u8.ToArray(), "text/plain")).ShouldBeProblem(HttpStatusCode.UnsupportedMediaType, "VALIDATION_FAILED");

        static void Refused(JsonElement answer, int code, string says)
        {
            answer.TryGetProperty("error", out var error).ShouldBeTrue(answer.ToString());
            error.GetProperty("code").GetInt32().ShouldBe(code, answer.ToString());
            error.GetProperty("message").GetString()!.ShouldContain(says);
        }
    }

    private Task<string> StatusAsync(SponsoredAccount account) =>
        world.Database.TextAsync(string.Create(CultureInfo.InvariantCulture, $"SELECT status FROM sponsorship WHERE sender = '\\x{account.Address.ToString()[2..]}' AND NOT is_stub"));
}

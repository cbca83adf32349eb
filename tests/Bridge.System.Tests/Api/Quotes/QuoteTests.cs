using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text.Json;
using Bridge.Core;
using Bridge.Evm;
using Bridge.SystemTests.Harness;

namespace Bridge.SystemTests.Api.Quotes;

/// <summary>Quotes on real chains: what they say is what the chain does.</summary>
[Collection(InMemoryWorld.Name)]
public sealed class QuoteTests(InMemoryWorld running)
{
    private World World => running.World;

    [Fact]
    public async Task The_steps_of_a_quote_sent_to_the_chain_do_what_the_quote_says()
    {
        var traveller = await FundedAsync(5, 40_000_000);
        var before = await traveller.BalanceAsync(World.Far);

        var route = Best(await QuoteAsync(traveller.Account, traveller.Account, "12500000"));
        var (input, output) = (Amount(route, "input"), Amount(route, "output"));
        (input - output).ShouldBe(Amount(route, "total"), "fees explain the difference");
        foreach (var step in Steps(route, "transaction")) await DoAsync(traveller.Account, step);

        (await traveller.BalanceAsync(World.Home)).ShouldBe(40_000_000 - input, "what left the sender is the quote's input");
        await Eventually.TrueAsync("exactly the quote's output to arrive", async () => await traveller.BalanceAsync(World.Far) == before + output, World.Explain);
    }

    [Fact]
    public async Task Exactly_the_wanted_output_arrives_at_somebody_else()
    {
        var traveller = await FundedAsync(6, 40_000_000);
        var recipient = Address.Parse("0x00000000000000000000000000000000000A11CE");

        var route = Best(await QuoteAsync(traveller.Account, recipient, "7000001", new() { ["amountType"] = "exactOutput" }));
        Amount(route, "output").ShouldBe(7_000_001);
        Codes(route).ShouldContain("RECIPIENT_NEW");
        foreach (var step in Steps(route, "transaction")) await DoAsync(traveller.Account, step);

        await Eventually.TrueAsync("the output to arrive", async () => await World.TokenOn(World.Far).BalanceOfAsync(recipient, default) == 7_000_001, World.Explain);
    }

    [Fact]
    public async Task A_permit_in_the_quote_takes_the_place_of_the_approval()
    {
        var wallet = await World.WalletAsync(20_000_000);
        using var key = Keystore.Open(wallet.Keystore, (await File.ReadAllTextAsync(wallet.PasswordFile)).Trim());

        var route = Best(await QuoteAsync(wallet.Account, wallet.Account, "9000000", new() { ["permit"] = "erc2612" }));
        var typed = Steps(route, "typedData").Single().GetProperty("typedData");
        var step = Steps(route, "transaction").Single();
        step.GetProperty("append").GetString().ShouldBe("signature");
        var data = (byte[])[.. Hex.Parse(step.GetProperty("data").GetString()!), .. Words(key.Sign(Eip712.Digest(typed)))];
        await SendAsync(key, Address.Parse(step.GetProperty("to").GetString()!), data);

        await Eventually.TrueAsync("the output to arrive",
            async () => await World.TokenOn(World.Far).BalanceOfAsync(wallet.Account, default) == Amount(route, "output"), World.Explain);
    }

    [Fact]
    public async Task The_fee_is_above_the_contract_s_minimum_by_the_margin_and_pays_for_the_gas()
    {
        var traveller = await FundedAsync(7, 40_000_000);

        var quote = await QuoteAsync(traveller.Account, traveller.Account, "12500000");
        var fee = Best(quote).GetProperty("fees").EnumerateArray().Single(line => line.GetProperty("kind").GetString() == "destinationGas");
        var (amount, minimum, cost) = (Number(fee, "amount"), Number(fee, "minimum"), Number(fee, "cost"));
        var onChain = await World.BridgeOn(World.Home).MinimumFeesAsync(new AssetId(1), World.Far.Id, null, default);

        minimum.ShouldBe((BigInteger)onChain!.Transfer);
        amount.ShouldBeGreaterThan(minimum);
        var asked = quote.GetProperty("routes").GetArrayLength() > 1 ? minimum : BigInteger.Max(minimum, cost);
        amount.ShouldBe(asked + ((asked * 10) + 99) / 100);
    }

    [Fact]
    public async Task A_contract_as_recipient_an_empty_account_and_one_without_gas_are_warned_of()
    {
        var poor = Address.Parse("0x000000000000000000000000000000000000b0b5");

        var route = Best(await QuoteAsync(poor, World.Contracts.Intents, "12500000"));

        // What other tests have underway is none of this one's.
        Codes(route).Except(["WAITS_FOR_OTHERS"]).ShouldBe(["INSUFFICIENT_BALANCE", "INSUFFICIENT_GAS", "RECIPIENT_IS_CONTRACT", "RECIPIENT_NEW"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("1", "AMOUNT_TOO_LOW")]
    [InlineData("2000000000000000000", "AMOUNT_TOO_HIGH")]
    public async Task An_amount_that_cannot_pass_is_refused_with_the_bound(string amount, string code)
    {
        var answer = await World.Api.PostAsync("v1/quotes", Request((await World.Home.AccountAsync(8)).ToString(), (await World.Home.AccountAsync(8)).ToString(), amount));

        answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, answer.Body.ToString());
        answer.Body.GetProperty("code").GetString().ShouldBe(code);
        var bound = answer.Body.GetProperty("params").GetProperty(code == "AMOUNT_TOO_LOW" ? "min" : "max").GetString();
        (await QuoteAsync(await World.Home.AccountAsync(8), await World.Home.AccountAsync(8), bound!)).GetProperty("routes").GetArrayLength().ShouldBePositive("the bound itself passes");
    }

    [Fact]
    public async Task Measured_times_and_the_buckets_stand_in_the_quote()
    {
        var traveller = await FundedAsync(4, 40_000_000);
        await traveller.PrepareAsync(1_000_000);
        await World.DeliveredAsync(await traveller.SendAsync(World.Home, World.Far, 1_000_000, 50_000));

        var route = Best(await QuoteAsync(traveller.Account, traveller.Account, "12500000"));

        route.GetProperty("eta").GetProperty("p50").GetDouble().ShouldBeGreaterThan(0);
        route.GetProperty("eta").GetProperty("p95").GetDouble().ShouldBeGreaterThanOrEqualTo(route.GetProperty("eta").GetProperty("p50").GetDouble());
        var limit = await World.BridgeOn(World.Far).InboundLimitAsync(new AssetId(1), null, default);
        Number(route.GetProperty("headroom"), "capacity").ShouldBe((BigInteger)limit.Capacity);
        route.GetProperty("security").GetProperty("threshold").GetInt32().ShouldBe(3);
    }

    private async Task<Traveller> FundedAsync(int index, UInt128 amount)
    {
        var traveller = await Traveller.AtAsync(World, index);
        var have = await traveller.BalanceAsync(World.Home);
        if (have > 0) await World.Home.TransactAsync(traveller.Account, World.Contracts.Tokens[World.Home.Id], new AbiFunction("transfer(address,uint256)").Encode(await World.Home.AccountAsync(9), have));
        await World.Home.TransactAsync(traveller.Account, World.Contracts.Tokens[World.Home.Id], new AbiFunction("mint(address,uint256)").Encode(traveller.Account, (BigInteger)amount));
        return traveller;
    }

    private async Task<JsonElement> QuoteAsync(Address from, Address recipient, string amount, Dictionary<string, object>? more = null)
    {
        JsonElement quote = default;
        await Eventually.TrueAsync("a quote", async () =>
        {
            var (status, body) = await World.Api.PostAsync("v1/quotes", Request(from.ToString(), recipient.ToString(), amount, more));
            quote = body;
            // Right after the start nothing is read yet.
            return status is HttpStatusCode.OK && !Codes(Best(body)).Any(code => code.EndsWith("NOT_CHECKED", StringComparison.Ordinal));
        }, () => quote + World.Explain());
        return quote;
    }

    private Dictionary<string, object> Request(string from, string recipient, string amount, Dictionary<string, object>? more = null) => new(more ?? [])
    {
        ["source"] = new { chain = World.Home.Id.ToString(), asset = "1", from }, ["destination"] = new { chain = $"eip155:{World.Far.Id}", recipient }, ["amount"] = amount,
    };

    private async Task DoAsync(Address from, JsonElement step)
    {
        var receipt = await World.Home.TransactAsync(from, Address.Parse(step.GetProperty("to").GetString()!), Hex.Parse(step.GetProperty("data").GetString()!));
        receipt.Succeeded.ShouldBeTrue(step.ToString());
    }

    private async Task SendAsync(LocalSigner key, Address to, byte[] data)
    {
        var client = World.Home.Client;
        var fees = GasFees.For((await client.HeadAsync(default)).BaseFee, await client.SuggestedPriorityFeeAsync(default));
        var (raw, hash) = await new Eip1559Transaction(World.Home.Id, await client.NonceAsync(key.Address, true, default), fees, 400_000, to, 0, data).SignAsync(key, default);
        await client.BroadcastAsync(raw, default);
        (await Eventually.NotNullAsync("the transaction to be mined", () => client.ReceiptAsync(hash, default))).Succeeded.ShouldBeTrue();
    }

    /// <summary>v, r and s as three words.</summary>
    private static byte[] Words(CompactSignature signature)
    {
        var bytes = signature.ToArray();
        var v = new byte[32];
        v[31] = (byte)(27 + (bytes[32] >> 7));
        bytes[32] &= 0x7f;
        return [.. v, .. bytes];
    }

    private static JsonElement Best(JsonElement quote) => quote.GetProperty("routes")[0];

    private static IEnumerable<JsonElement> Steps(JsonElement route, string kind) => route.GetProperty("steps").EnumerateArray().Where(step => step.GetProperty("kind").GetString() == kind);

    private static IEnumerable<string> Codes(JsonElement route) => route.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetProperty("code").GetString()!);

    private static BigInteger Amount(JsonElement route, string member) => Number(route.GetProperty(member), "amount");

    private static BigInteger Number(JsonElement element, string member) => BigInteger.Parse(element.GetProperty(member).GetString()!, CultureInfo.InvariantCulture);
}

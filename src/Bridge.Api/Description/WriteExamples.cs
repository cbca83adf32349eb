using System.Text.Json;
using Bridge.Api.Paymaster;
using Bridge.Api.Quotes;
using Bridge.Api.Submissions;
using Bridge.Api.Webhooks;
using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Description;

/// <summary>Examples of what is asked for and handed in, made by the code that answers.</summary>
internal static class WriteExamples
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly Address Alice = Address.Parse("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed");
    private static readonly Address Contract = Address.Parse("0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359");
    private static readonly Lane Lane = new(new ChainId(8453), new ChainId(10));
    internal static readonly Guid QuoteId = new("01900000-0000-7000-8000-000000000001");

    public static IReadOnlyDictionary<string, object> Requests { get; } = new Dictionary<string, object>
    {
        ["CreateQuote"] = new QuoteRequestBody(new QuoteSourceBody("eip155:8453", "1", Alice.ToString()), new QuoteDestinationBody("eip155:10"), "2500000", "exactInput", "cheapest"),
        ["SubmitTransfer"] = new SubmitTransferBody(QuoteId.ToString(), "direct", Signature: "0x" + new string('5', 130)),
        ["AskPaymaster"] = new RpcRequestBody("2.0", JsonSerializer.SerializeToElement(1), "pm_getPaymasterData", JsonSerializer.SerializeToElement<object[]>(
        [
            new
            {
                sender = Alice.ToString(), nonce = "0x0", callData = Hex.Format(Execute(SenderCalls.Send(Lane.Destination, new AssetId(1), Alice, 2_500_000, 1000))), callGasLimit = "0x30d40", verificationGasLimit = "0x186a0", preVerificationGas = "0xc350",
                maxFeePerGas = "0x3b9aca00", maxPriorityFeePerGas = "0xf4240", paymasterVerificationGasLimit = "0x186a0", paymasterPostOpGasLimit = "0x0",
            },
            "0x4337084D9E255Ff0702461CF8895CE9E3b5Ff108", "0x2105", new { },
        ])),
        ["CreateWebhook"] = new CreateWebhookBody("https://hooks.example.com/bridge", Alice.ToString(), "orders"),
        ["AttachCompliance"] = ComplianceExamples.Request,
    };

    /// <summary>An account calls the Bridge.</summary>
    private static byte[] Execute(byte[] data) => new AbiWords().Add(Contract).Add(0ul).Add(96ul).AddTail(data).Call("execute(address,uint256,bytes)");

    public static IReadOnlyDictionary<string, object> Answers { get; } = new Dictionary<string, object>
    {
        ["CreateQuote"] = Quote(),
        ["SubmitTransfer"] = new SubmittedBody("ACCEPTED", QuoteId.ToString(), $"/v1/intents/{QuoteId}"),
        ["GetIntent"] = IntentMapper.ToBody(
            new Errand(QuoteId, ErrandKind.Intent, Lane.Source, null, null, null, Sample.Hash("message"), ErrandStatus.Mined, null, null, null, null, Now, Now, default), Sample.Hash("transaction")),
        ["RetryTransfer"] = new RetryBody(
            Sample.Hash("message").ToString(), "retrying", QuoteId.ToString(), "The transfer is safe, but its effect failed on chain 10 (without a reason). Anyone may retry it once the cause is gone.",
            new RetryCallBody("eip155:10", Contract.ToString(), Hex.Format(BridgeCalls.Retry(Sample.Hash("lane"), new Sequence(42), MessageCodec.Encode(Sample.Transfer.Message))))),
        ["AskPaymaster"] = new RpcAnswerBody("2.0", JsonSerializer.SerializeToElement(1), new PaymasterDataBody(Contract.ToString(), "0x" + new string('0', 12) + "00006957375d" + new string('5', 130))),
        ["CreateWebhook"] = Hook with { Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" },
        ["RotateWebhookSecret"] = Hook with { Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" },
        ["GetWebhook"] = Hook,
        ["EnableWebhook"] = Hook,
        ["ListWebhooks"] = new WebhookListBody([Hook]),
        ["TestWebhook"] = new WebhookSentBody(QuoteId.ToString()),
        ["RedeliverWebhook"] = new WebhookSentBody(QuoteId.ToString()),
        ["ListWebhookDeliveries"] = new WebhookLogBody([Delivery()]),
    };

    private static WebhookBody Hook => new(QuoteId.ToString(), "https://hooks.example.com/bridge", Alice.ToString(), "orders", "enabled", null, Format.Time(Now));

    private static WebhookDeliveryBody Delivery()
    {
        var body = WebhookEnvelope.Of(new Untold(QuoteId, 7, Sample.Hash("message"), Sample.Transition), System.Text.Json.JsonSerializerOptions.Web);
        return WebhookMapper.ToBody(new WebhookDelivery(QuoteId, QuoteId, 7, body, DeliveryState.Delivered, 1, Now, Now), [new WebhookAttempt(Now, 84, 200, null)]);
    }

    private static QuoteBody Quote()
    {
        var request = new QuoteRequest(Lane, new AssetId(1), Alice, Alice, 2_500_000, false, Preference.Cheapest, GasPayer.User, PermitKind.Auto, null, TimeSpan.FromMinutes(5));
        var result = new QuoteEngine(Data(request), QuoteId, Now.AddMinutes(5)).Compute();
        return new QuoteBody(QuoteId.ToString(), Format.Time(Now.AddMinutes(5)), result.Routes, result.Rejected);
    }

    private static QuoteData Data(QuoteRequest request) => new(
        request, Now, new[] { Lane.Source, Lane.Destination }.ToDictionary(chain => chain, Chain), [Route()],
        new[] { (Lane.Source, "lock"), (Lane.Destination, "mint") }.ToDictionary(end => end.Item1, end => new AssetRow(end.Item1, new AssetId(1), Contract, end.Item2, "USDX", 6)),
        new Dictionary<Lane, ArrivalTimes> { [Lane] = new(200, 64, 91) }, new Dictionary<ChainId, UInt128>(), [],
        new Dictionary<ChainId, ValidatorSet> { [Lane.Destination] = new(new Epoch(1), [Alice, Contract], 2) }, new HashSet<ChainId>(), null,
        new AccountAnswer("none", 1_000_000_000_000_000, 5_000_000, 0, 0, 0, 0), new AccountAnswer("none", 0, 0, 0, 0, 0, 0), true, 10, TimeSpan.FromMinutes(1));

    private static ChainStateRow Chain(ChainId chain) => new()
    {
        ChainId = chain, Bridge = Address.Parse("0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB"), BaseFee = 5_000_000, PriorityFee = 1_000_000, DataFee = 0, Height = 1_234_640, BlockTime = Now, ReadAt = Now,
    };

    private static RouteRow Route() => new()
    {
        SourceChain = Lane.Source, DestinationChain = Lane.Destination, AssetId = new AssetId(1), IsOpen = true, FeeTransfer = 1000, FeeTransferTo = 1000, FeeCallBase = 1000,
        FeeCallPerGas = 1, FeeCallPerByte = 1, OutboundCapacity = 0, OutboundPeriod = 0, OutboundAvailable = 0, InboundCapacity = 1_000_000_000_000, InboundPeriod = 86_400,
        InboundAvailable = 999_000_000_000, HoldThreshold = 250_000_000_000, HoldSeconds = 86_400, DestinationCoin = 2_500_000_000, SourceCoin = 2_500_000_000, ReadAt = Now,
    };
}

using Bridge.Client;
using Bridge.Core;
using Bridge.Evm;
using Bridge.SystemTests.Harness;
using TransferStatus = Bridge.Client.TransferStatus;

namespace Bridge.SystemTests.Client;

/// <summary>What an application does with the client, on real chains.</summary>
[Collection(InMemoryWorld.Name)]
public sealed class JourneyTests(InMemoryWorld running)
{
    private World World => running.World;

    [Fact]
    public async Task An_application_quotes_sends_registers_and_follows_a_transfer_until_it_has_arrived()
    {
        var traveller = await Traveller.AtAsync(World, 3);
        await World.Home.TransactAsync(traveller.Account, World.Contracts.Tokens[World.Home.Id], new AbiFunction("mint(address,uint256)").Encode(traveller.Account, (System.Numerics.BigInteger)9_000_000));
        using var http = new HttpClient { BaseAddress = World.Api.Url };
        var client = new BridgeClient(http);
        var request = new QuoteRequest(new QuoteSource($"eip155:{World.Home.Id}", "1", traveller.Account.ToString()), new QuoteDestination($"eip155:{World.Far.Id}"), 5_000_000);

        var quote = await Eventually.NotNullAsync("a quote", () => QuoteAsync(client, request));
        var route = quote.Routes[0];
        string? sent = null;
        foreach (var step in route.Steps)
        {
            var receipt = await World.Home.TransactAsync(traveller.Account, Address.Parse(step.To!), Hex.Parse(step.Data!));
            receipt.Succeeded.ShouldBeTrue(step.Describe);
            sent = receipt.Transaction.ToString();
        }
        var key = Guid.NewGuid().ToString();
        var registered = await client.SubmitTransferAsync(new TransferSubmission(quote.QuoteId, route.RouteId, TxHash: sent), key);
        (await client.SubmitTransferAsync(new TransferSubmission(quote.QuoteId, route.RouteId, TxHash: sent), key)).ShouldBe(registered);

        await client.FindTransferAsync(sent!, TimeSpan.FromMinutes(1));
        var last = "";
        await foreach (var change in client.FollowTransferAsync(sent!)) last = change.Data.Status;

        last.ShouldBe(TransferStatus.Done);
        var transfer = await client.GetTransferAsync(sent!);
        (transfer.IsOver, transfer.Source.Amount.Amount, transfer.Destination.Amount.Amount).ShouldBe((true, route.Input.Amount, route.Output.Amount));
        (await client.GetChainAsync("home")).Id.ShouldBe($"eip155:{World.Home.Id}");
        (await client.ListChainsAsync()).Chains.Count.ShouldBe(2);
    }

    /// <summary>Null while nothing of the chains is read yet.</summary>
    private static async Task<Quote?> QuoteAsync(BridgeClient client, QuoteRequest request)
    {
        try
        {
            return await client.CreateQuoteAsync(request);
        }
        catch (BridgeApiException e) when (e.Code is "UNSUPPORTED_CHAIN" or "UNSUPPORTED_ASSET" or "CHAIN_UNAVAILABLE" or "NO_ROUTE")
        {
            return null;
        }
    }
}

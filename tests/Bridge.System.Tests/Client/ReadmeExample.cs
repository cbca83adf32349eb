using Bridge.Client;

namespace Bridge.SystemTests.Client;

/// <summary>Signs and sends a transaction, and gives its hash.</summary>
internal interface IWallet
{
    Task<string> SendAsync(string chain, string to, string data);
}

/// <summary>The example of README.md, so that it is compiled and runs. A test holds both to each other.</summary>
internal static class ReadmeExample
{
    public static async Task RunAsync(string api, string source, string destination, string account, IWallet wallet)
    {
        // README begins
        using var http = new HttpClient { BaseAddress = new Uri(api) };
        var bridge = new BridgeClient(http);

        var quote = await bridge.CreateQuoteAsync(new QuoteRequest(new QuoteSource(source, "1", account), new QuoteDestination(destination), 2_500_000));
        var transaction = "";
        foreach (var step in quote.Routes[0].Steps) transaction = await wallet.SendAsync(step.Chain, step.To!, step.Data!);

        await bridge.FindTransferAsync(transaction, TimeSpan.FromMinutes(2));
        await foreach (var change in bridge.FollowTransferAsync(transaction))
        {
            Console.WriteLine($"{change.Time:u} {change.Data.Status} {change.Data.Stage}");
            // Enough validators have signed. An executor delivers it for the fee; so can you.
            if (change.Data.Stage == "QUORUM_REACHED" && (await bridge.GetTransferAttestationAsync(transaction)).ExecuteCall is { } call)
                await wallet.SendAsync(call.Chain, call.To, call.Data);
        }
        // README ends
    }
}

using System.Globalization;
using Bridge.Api.Directory;
using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Search;

/// <summary>Finds what a text names among transfers, transactions, contracts, validators and accounts.</summary>
internal sealed class Searcher(TransferQueries transfers, StatsQueries stats, DirectoryCache directory)
{
    private const int CountedTransfers = 1000;
    private const int MostMatches = 50;

    public async Task<IReadOnlyList<MatchBody>> FindAsync(SearchText text, CancellationToken ct)
    {
        var known = await directory.ReadAsync(ct);
        return text switch
        {
            { Hash: { } hash } => await OfHashAsync(hash, known, ct),
            { Account: { } account } => await OfAccountAsync(account, text.Chain, known, ct),
            { Chain: { } chain } => [.. Chains(known).Where(row => row.ChainId == chain).Select(ToMatch)],
            { Lane: { } lane } => [.. known.Lanes.Where(row => row.SourceChain == lane.Source && row.DestinationChain == lane.Destination).Select(ToMatch)],
            _ => [],
        };
    }

    private async Task<IReadOnlyList<MatchBody>> OfHashAsync(Hash32 hash, DirectorySnapshot known, CancellationToken ct)
    {
        if (await transfers.ByIdAsync(hash, ct) is { } transfer) return [ToMatch(transfer, "transfer")];
        var found = await transfers.ByTransactionAsync(hash, ct);
        return
        [
            .. found.Take(MostMatches).Select(view => ToMatch(view, view.Source.Transaction == hash ? "sourceTransaction" : "destinationTransaction")),
            .. known.Lanes.Where(row => row.LaneId == hash).Select(ToMatch),
        ];
    }

    private async Task<IReadOnlyList<MatchBody>> OfAccountAsync(Address account, ChainId? chain, DirectorySnapshot known, CancellationToken ct)
    {
        var matches = new List<MatchBody>();
        bool On(ChainId other) => chain is null || chain == other;
        foreach (var set in known.Sets.Where(set => On(set.Chain) && set.Members.Contains(account)))
            matches.Add(new MatchBody("validator", account.ToString(), Format.Caip2(set.Chain), "/v1/validators", $"A validator of chain {set.Chain} in epoch {set.Epoch}."));
        foreach (var row in Chains(known).Where(row => On(row.ChainId)))
        {
            if (row.Bridge == account) matches.Add(new MatchBody("bridge", account.ToString(), Format.Caip2(row.ChainId), $"/v1/chains/{row.ChainId}", $"The Bridge on {row.Name}."));
            if (row.Gateway == account) matches.Add(new MatchBody("gateway", account.ToString(), Format.Caip2(row.ChainId), $"/v1/chains/{row.ChainId}", $"The Gateway on {row.Name}."));
        }
        foreach (var asset in known.Assets.Where(asset => On(asset.Chain) && asset.Token == account))
            matches.Add(new MatchBody("token", Format.Caip19(asset.Chain, asset.Token), Format.Caip2(asset.Chain), "/v1/assets", $"{Format.Symbol(asset.Symbol)}, asset {asset.Asset} on chain {asset.Chain}."));
        var (sent, received) = await stats.AccountAsync(account, CountedTransfers, ct);
        if (sent + received > 0)
            matches.Add(new MatchBody("account", account.ToString(), null, $"/v1/transfers?account={account}", $"Sent {Count(sent)} and received {Count(received)} transfers."));
        return matches;
    }

    private static IEnumerable<ChainRow> Chains(DirectorySnapshot known) => known.Chains;

    private static string Count(long number) => number >= CountedTransfers ? $"{CountedTransfers} or more" : number.ToString(CultureInfo.InvariantCulture);

    private static MatchBody ToMatch(TransferView view, string type) => new(
        type, type == "transfer" ? view.MessageId.ToString() : (type == "sourceTransaction" ? view.Source.Transaction : view.Delivery!.Transaction).ToString(),
        Format.Caip2(type == "destinationTransaction" ? view.Lane.Destination : view.Lane.Source), $"/v1/transfers/{view.MessageId}",
        $"Message {view.Sequence} of lane {view.Lane}, from {view.Message.Sender} to {view.Message.Recipient}.");

    private static MatchBody ToMatch(LaneRow row) => new(
        "lane", row.LaneId.ToString(), null, $"/v1/lanes/{row.SourceChain}:{row.DestinationChain}", $"The lane from chain {row.SourceChain} to chain {row.DestinationChain}.");

    private static MatchBody ToMatch(ChainRow row) => new("chain", Format.Caip2(row.ChainId), Format.Caip2(row.ChainId), $"/v1/chains/{row.ChainId}", $"The chain {row.Name}.");
}

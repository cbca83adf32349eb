using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Pages;

/// <summary>What the pages know of this deployment. Ids are decimal strings: a chain id may be larger than a JSON number holds.</summary>
/// <param name="Nfts">What operators say of contracts that are not the Bridge's own. The pages ask the contracts themselves before they believe it.</param>
/// <param name="TestWallet">An account that a local node signs for; only where all chains are local.</param>
public sealed record DeploymentBody(
    IReadOnlyList<PageChainBody> Chains, IReadOnlyList<PageLaneBody> Lanes, IReadOnlyList<PageAssetBody> Assets, IReadOnlyList<PageNftBody> Nfts, string? TestWallet)
{
    /// <param name="submitters">The chains on which somebody sends what others sign.</param>
    public static DeploymentBody From(DirectorySnapshot directory, PagesOptions options, IReadOnlySet<ChainId> submitters) => new(
        [.. directory.Chains.OrderBy(chain => chain.ChainId.Value).Select(chain => PageChainBody.From(chain, options, submitters.Contains(chain.ChainId)))],
        [.. directory.Lanes.Select(lane => new PageLaneBody(lane.SourceChain.ToString(), lane.DestinationChain.ToString()))],
        [.. directory.Assets.Where(asset => asset.Asset.Value > 0).GroupBy(asset => asset.Asset).Select(group => new PageAssetBody(
            group.Key.ToString(), [.. group.Select(asset => new PageTokenBody(asset.Chain.ToString(), asset.Token.ToString(), asset.Mode, Format.Symbol(asset.Symbol), asset.Decimals))]))],
        [.. options.Nfts.Values.OrderBy(nft => nft.Name, StringComparer.Ordinal).Select(PageNftBody.From)],
        options.TestWallet.Length > 0 ? Address.Parse(options.TestWallet).ToString() : null);
}

/// <param name="Rpc">A public URL that a wallet may add.</param>
/// <param name="Explorer">Without a slash at its end.</param>
/// <param name="Gasless">Whether somebody sends there what others sign.</param>
public sealed record PageChainBody(string Id, string Name, string Coin, string Bridge, string? Rpc, string? Explorer, bool Gasless)
{
    public static PageChainBody From(ChainRow chain, PagesOptions options, bool gasless)
    {
        var told = options.Chains.GetValueOrDefault(chain.ChainId.ToString(), new PageChainOptions());
        return new PageChainBody(chain.ChainId.ToString(), chain.Name, told.Coin, chain.Bridge.ToString(), OrNull(told.Rpc), OrNull(told.Explorer.TrimEnd('/')), gasless);
    }

    private static string? OrNull(string text) => text.Length > 0 ? text : null;
}

public sealed record PageLaneBody(string Source, string Destination);

public sealed record PageAssetBody(string Id, IReadOnlyList<PageTokenBody> Tokens);

/// <param name="Mode">lock or native at the asset's home, mint elsewhere.</param>
public sealed record PageTokenBody(string Chain, string Token, string Mode, string Symbol, int Decimals);

public sealed record PageNftBody(string Name, IReadOnlyList<PageNftEndBody> Ends)
{
    public static PageNftBody From(PageNftOptions nft) => new(
        nft.Name, [.. nft.Ends.OrderBy(end => end.Key, StringComparer.Ordinal).Select(end => new PageNftEndBody(end.Key, Text(end.Value.Token), Text(end.Value.Bridge)))]);

    private static string Text(string address) => Address.Parse(address).ToString();
}

/// <param name="Bridge">Whoever is asked to send: the token itself where it is a crosschain one.</param>
public sealed record PageNftEndBody(string Chain, string Token, string Bridge);

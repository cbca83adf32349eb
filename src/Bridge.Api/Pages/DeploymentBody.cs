using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Pages;

/// <summary>What the pages know of this deployment. Ids are decimal strings: a chain id may be larger than a JSON number holds.</summary>
/// <param name="TestWallet">An account that a local node signs for; only where all chains are local.</param>
public sealed record DeploymentBody(
    IReadOnlyList<PageChainBody> Chains, IReadOnlyList<PageLaneBody> Lanes, IReadOnlyList<PageAssetBody> Assets, string? TestWallet)
{
    public static DeploymentBody From(DirectorySnapshot directory, PagesOptions options) => new(
        [.. directory.Chains.OrderBy(chain => chain.ChainId.Value).Select(chain => PageChainBody.From(chain, options))],
        [.. directory.Lanes.Select(lane => new PageLaneBody(lane.SourceChain.ToString(), lane.DestinationChain.ToString()))],
        [.. directory.Assets.Where(asset => asset.Asset.Value > 0).GroupBy(asset => asset.Asset).Select(group => new PageAssetBody(
            group.Key.ToString(), [.. group.Select(asset => new PageTokenBody(asset.Chain.ToString(), asset.Token.ToString(), asset.Mode, Format.Symbol(asset.Symbol), asset.Decimals))]))],
        options.TestWallet.Length > 0 ? Address.Parse(options.TestWallet).ToString() : null);
}

/// <param name="Rpc">A public URL that a wallet may add.</param>
/// <param name="Explorer">Without a slash at its end.</param>
public sealed record PageChainBody(string Id, string Name, string Coin, string Bridge, string? Rpc, string? Explorer)
{
    public static PageChainBody From(ChainRow chain, PagesOptions options)
    {
        var told = options.Chains.GetValueOrDefault(chain.ChainId.ToString(), new PageChainOptions());
        return new PageChainBody(chain.ChainId.ToString(), chain.Name, told.Coin, chain.Bridge.ToString(), OrNull(told.Rpc), OrNull(told.Explorer.TrimEnd('/')));
    }

    private static string? OrNull(string text) => text.Length > 0 ? text : null;
}

public sealed record PageLaneBody(string Source, string Destination);

public sealed record PageAssetBody(string Id, IReadOnlyList<PageTokenBody> Tokens);

/// <param name="Mode">lock or native at the asset's home, mint elsewhere.</param>
public sealed record PageTokenBody(string Chain, string Token, string Mode, string Symbol, int Decimals);

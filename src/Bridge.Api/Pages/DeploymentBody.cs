using System.Globalization;
using Bridge.Store;

namespace Bridge.Api.Pages;

/// <summary>What the pages know of this deployment. Ids are decimal strings: a chain id may be larger than a JSON number holds.</summary>
/// <param name="TestWallet">An account that a local node signs for; only where all chains are local.</param>
public sealed record DeploymentBody(
    IReadOnlyList<PageChainBody> Chains, IReadOnlyList<PageLaneBody> Lanes, IReadOnlyList<PageAssetBody> Assets, string? TestWallet)
{
    public static DeploymentBody From(DeploymentView view, PagesOptions options) => new(
        [.. view.Chains.Select(chain => PageChainBody.From(chain.Chain.ToString(), chain.Bridge.ToString(), options))],
        [.. view.Lanes.Select(lane => new PageLaneBody(lane.Source.ToString(), lane.Destination.ToString()))],
        [.. view.Assets.GroupBy(asset => asset.Asset).Select(group => new PageAssetBody(
            group.Key.ToString(), [.. group.Select(asset => new PageTokenBody(asset.Chain.ToString(), asset.Token.ToString(), asset.Mode, asset.Symbol, asset.Decimals))]))],
        options.TestWallet.Length > 0 ? options.TestWallet : null);
}

/// <param name="Rpc">A public URL that a wallet may add.</param>
public sealed record PageChainBody(string Id, string Name, string Coin, string Bridge, string? Rpc, string? Explorer)
{
    public static PageChainBody From(string id, string bridge, PagesOptions options)
    {
        var told = options.Chains.GetValueOrDefault(id, new PageChainOptions());
        var name = told.Name.Length > 0 ? told.Name : string.Create(CultureInfo.InvariantCulture, $"Chain {id}");
        return new PageChainBody(id, name, told.Coin, bridge, OrNull(told.Rpc), OrNull(told.Explorer.TrimEnd('/')));
    }

    private static string? OrNull(string text) => text.Length > 0 ? text : null;
}

public sealed record PageLaneBody(string Source, string Destination);

public sealed record PageAssetBody(string Id, IReadOnlyList<PageTokenBody> Tokens);

/// <param name="Mode">lock or native at the asset's home, mint elsewhere.</param>
public sealed record PageTokenBody(string Chain, string Token, string Mode, string Symbol, int Decimals);

using System.Globalization;
using Bridge.Core;

namespace Bridge.Api.Pages;

/// <summary>Section "Bridge:Api:Pages": what the pages tell of a chain that the chain does not tell itself.</summary>
public sealed record PagesOptions
{
    private const string Section = "Bridge:Api:Pages";

    /// <summary>By chain id.</summary>
    public Dictionary<string, PageChainOptions> Chains { get; init; } = [];

    /// <summary>Collections of NFTs that travel through the Gateway, by any key.</summary>
    public Dictionary<string, PageNftOptions> Nfts { get; init; } = [];

    /// <summary>An account of a local node that signs without a wallet; empty for none. Only where every chain's Rpc is on this machine.</summary>
    public string TestWallet { get; init; } = "";

    /// <exception cref="InvalidOperationException">A key is unknown or its value bad; the message names it.</exception>
    public void Check(IConfiguration section)
    {
        RequireKnown(section, typeof(PagesOptions), Section);
        foreach (var chain in section.GetSection(nameof(Chains)).GetChildren()) RequireKnown(chain, typeof(PageChainOptions), $"{Section}:Chains:{chain.Key}");
        foreach (var (id, chain) in Chains)
        {
            if (!ulong.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)
                throw new InvalidOperationException($"{Section}:Chains: '{id}' is not a chain's number.");
            foreach (var (key, url) in new[] { (nameof(chain.Rpc), chain.Rpc), (nameof(chain.Explorer), chain.Explorer) })
                if (url.Length > 0 && (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https")))
                    throw new InvalidOperationException($"{Section}:Chains:{id}:{key}: '{url}' is not an http or https URL.");
        }
        foreach (var nft in section.GetSection(nameof(Nfts)).GetChildren()) PageNftOptions.RequireKnown(nft);
        foreach (var (key, nft) in Nfts) nft.Check($"{Section}:Nfts:{key}");
        if (TestWallet.Length > 0) CheckTestWallet();
    }

    private void CheckTestWallet()
    {
        if (!Address.TryParse(TestWallet, out _)) throw new InvalidOperationException($"{Section}:TestWallet: '{TestWallet}' is not an account.");
        if (Chains.Count == 0) throw new InvalidOperationException($"{Section}:TestWallet: it needs the Rpc of every chain, under {Section}:Chains.");
        // Its keys are public: on a chain that holds value it would be an invitation to lose some.
        if (Chains.FirstOrDefault(chain => !Uri.TryCreate(chain.Value.Rpc, UriKind.Absolute, out var rpc) || !rpc.IsLoopback) is { Key: { } id })
            throw new InvalidOperationException($"{Section}:TestWallet: it is for local chains only, and chain {id} has no Rpc on this machine. Remove the key.");
    }

    internal static void RequireKnown(IConfiguration section, Type type, string path)
    {
        var known = type.GetProperties().Select(property => property.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (section.GetChildren().FirstOrDefault(child => !known.Contains(child.Key)) is { } unknown)
            throw new InvalidOperationException($"{path}:{unknown.Key}: there is no such key. appsettings.json documents every one.");
    }
}

public sealed record PageChainOptions
{
    /// <summary>A public JSON-RPC URL that a wallet may add; empty to add none.</summary>
    public string Rpc { get; init; } = "";

    /// <summary>The block explorer's URL, to which /tx/0x… and /address/0x… are added; empty for none.</summary>
    public string Explorer { get; init; } = "";

    /// <summary>Symbol of the chain's own coin.</summary>
    public string Coin { get; init; } = "ETH";
}

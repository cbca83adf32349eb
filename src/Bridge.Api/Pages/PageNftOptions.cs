using System.Globalization;
using Bridge.Core;

namespace Bridge.Api.Pages;

/// <summary>A collection of ERC-721 tokens and the two or more contracts that carry them: OpenZeppelin's bridges over this Bridge's Gateway.</summary>
public sealed record PageNftOptions
{
    /// <summary>What people call it.</summary>
    public string Name { get; init; } = "";

    /// <summary>By chain id; at least two.</summary>
    public Dictionary<string, PageNftEndOptions> Ends { get; init; } = [];

    internal static void RequireKnown(IConfigurationSection nft)
    {
        PagesOptions.RequireKnown(nft, typeof(PageNftOptions), nft.Path);
        foreach (var end in nft.GetSection(nameof(Ends)).GetChildren()) PagesOptions.RequireKnown(end, typeof(PageNftEndOptions), end.Path);
    }

    /// <exception cref="InvalidOperationException">A value is bad; the message names its key.</exception>
    internal void Check(string path)
    {
        if (Name.Length == 0) throw new InvalidOperationException($"{path}:Name: missing. Give the collection's name.");
        if (Ends.Count < 2) throw new InvalidOperationException($"{path}:Ends: at least two chains are needed, by their numbers, each with Token and Bridge.");
        foreach (var (id, end) in Ends)
        {
            if (!ulong.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)
                throw new InvalidOperationException($"{path}:Ends: '{id}' is not a chain's number.");
            foreach (var (key, text) in new[] { (nameof(end.Token), end.Token), (nameof(end.Bridge), end.Bridge) })
                if (!Address.TryParse(text, out var address) || address.IsZero) throw new InvalidOperationException($"{path}:Ends:{id}:{key}: '{text}' is not a contract's address.");
        }
    }
}

public sealed record PageNftEndOptions
{
    /// <summary>The ERC-721 contract.</summary>
    public string Token { get; init; } = "";

    /// <summary>The BridgeERC721 in front of it, or the token once more where it is an ERC721Crosschain itself.</summary>
    public string Bridge { get; init; } = "";
}

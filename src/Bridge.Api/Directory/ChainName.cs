using System.Globalization;
using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Directory;

internal static class ChainName
{
    private const string Namespace = "eip155:";

    /// <summary>A plain number or CAIP-2; null for anything else.</summary>
    public static ChainId? TryRead(string text)
    {
        var digits = text.StartsWith(Namespace, StringComparison.Ordinal) ? text[Namespace.Length..] : text;
        return ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id is > 0 and <= long.MaxValue ? new ChainId(id) : null;
    }

    /// <summary>As <see cref="TryRead"/>, and the name by which the operator calls a chain that is served here.</summary>
    public static ChainRow? Find(string text, DirectorySnapshot directory) => TryRead(text) is { } id
        ? directory.Chain(id)
        : directory.Chains.FirstOrDefault(chain => chain.Name.Equals(text, StringComparison.OrdinalIgnoreCase));
}

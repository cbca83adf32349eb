using System.Globalization;
using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Directory;

internal static class AssetMapper
{
    /// <summary>The longest symbol that the schema of token lists allows.</summary>
    private const int ListedSymbol = 20;

    public static AssetListBody ToBody(DirectorySnapshot directory, DateTimeOffset now) =>
        new([.. Known(directory).GroupBy(row => row.Asset).Select(group => ToBody(group.Key, [.. group], directory, now))]);

    /// <summary>The version counts what is listed, so that it grows with the list and two processes name the same.</summary>
    public static TokenListBody ToTokenList(DirectorySnapshot directory)
    {
        var rows = Known(directory);
        var at = directory.Limits.Count == 0 ? DateTimeOffset.UnixEpoch : directory.Limits.Max(limit => limit.SeenAt);
        return new TokenListBody("Bridge", Format.Time(at), new TokenListVersionBody(1, rows.Count, 0), [.. rows.Select(row => ToToken(row, rows))]);
    }

    private static List<AssetRow> Known(DirectorySnapshot directory) => [.. directory.Assets.Where(row => row.Asset.Value > 0)];

    private static AssetBody ToBody(AssetId asset, IReadOnlyList<AssetRow> rows, DirectorySnapshot directory, DateTimeOffset now)
    {
        var home = rows.FirstOrDefault(row => row.Mode != "mint") ?? rows[0];
        return new AssetBody(asset.ToString(), Format.Symbol(home.Symbol), home.Decimals, "erc20", [.. rows.Select(row =>
        {
            var limit = directory.Limit(row.Chain, asset);
            return new RepresentationBody(
                Format.Caip2(row.Chain), Format.Caip19(row.Chain, row.Token), row.Token.ToString(), row.Mode, Format.Symbol(row.Symbol), row.Decimals,
                limit is null ? null : Format.Amount(limit.Locked), ChainMapper.Until(limit?.PausedUntil, now));
        })]);
    }

    private static TokenBody ToToken(AssetRow row, IReadOnlyList<AssetRow> all)
    {
        var symbol = Format.Symbol(row.Symbol);
        return new TokenBody(
            row.Chain.Value, row.Token.ToString(), symbol, symbol.Length > ListedSymbol ? symbol[..ListedSymbol] : symbol, row.Decimals,
            new TokenExtensionsBody(row.Asset.ToString(), row.Mode, all.Where(other => other.Asset == row.Asset && other.Chain != row.Chain)
                .ToDictionary(other => other.Chain.Value.ToString(CultureInfo.InvariantCulture), other => new TokenElsewhereBody(other.Token.ToString()))));
    }
}

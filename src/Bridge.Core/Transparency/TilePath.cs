using System.Globalization;

namespace Bridge.Core;

/// <summary>
/// A tile of the tree as C2SP tlog-tiles names it: up to 256 hashes of one level, each the root of 256^<paramref name="Level"/> leaves.
/// </summary>
/// <param name="Level">0 to 7.</param>
/// <param name="Width">How many hashes are in it, 1 to 256. A full one never changes.</param>
public readonly record struct TilePath(int Level, ulong Index, int Width)
{
    /// <summary>Hashes in a full tile, and entries in a full bundle.</summary>
    public const int FullWidth = 256;

    /// <summary>Levels of the tree in one level of tiles.</summary>
    public const int Height = 8;

    /// <summary>The last level that a tree of 64-bit size can have.</summary>
    private const int LastLevel = 7;

    public bool IsFull => Width == FullWidth;

    /// <summary>Of the first hash in the tile among all of its level.</summary>
    public ulong First => Index * FullWidth;

    /// <summary>Which hashes of which level, of as few as there are, lie right below a complete subtree.</summary>
    public static (int Level, ulong First, int Count) Below(Subtree subtree)
    {
        var level = subtree.Height / Height;
        var inside = subtree.Height % Height;
        return (level, subtree.Index << inside, 1 << inside);
    }

    /// <summary>The tile that holds a hash in a tree of so many leaves: as wide as it is then.</summary>
    public static TilePath Holding(int level, ulong hash, ulong size)
    {
        var (index, hashes) = (hash / FullWidth, size >> (level * Height));
        return new TilePath(level, index, (int)Math.Min(FullWidth, hashes - (index * FullWidth)));
    }

    /// <param name="level">In decimal, without leading zero.</param>
    /// <param name="path">Such as <c>x001/x234/067</c> or <c>000.p/7</c>.</param>
    public static bool TryParse(string level, string path, out TilePath tile)
    {
        tile = default;
        if (!TryNumber(level, LastLevel, out var parsed) || parsed.ToString(CultureInfo.InvariantCulture) != level || !TryParse(path, out var index, out var width)) return false;
        tile = new TilePath((int)parsed, index, width);
        return true;
    }

    /// <summary>The same without a level, as bundles of entries are named.</summary>
    public static bool TryParse(string path, out ulong index, out int width)
    {
        (index, width) = (0, FullWidth);
        var parts = path.Split('/');
        if (parts.Length > 1 && parts[^2].EndsWith(".p", StringComparison.Ordinal))
        {
            if (!TryNumber(parts[^1], FullWidth - 1, out var partial) || partial == 0 || partial.ToString(CultureInfo.InvariantCulture) != parts[^1]) return false;
            width = (int)partial;
            parts = [.. parts[..^2], parts[^2][..^2]];
        }
        if (parts.Length > 6 || (parts.Length > 1 && parts[0] == "x000")) return false;
        foreach (var (part, i) in parts.Select((part, i) => (part, i)))
        {
            var isLast = i == parts.Length - 1;
            if (part.Length != (isLast ? 3 : 4) || (!isLast && part[0] != 'x') || !TryNumber(isLast ? part : part[1..], 999, out var digits)) return false;
            index = (index * 1000) + digits;
        }
        return true;
    }

    /// <summary>As a path behind the level.</summary>
    public string Path()
    {
        var (groups, rest) = (new List<string> { Group(Index % 1000) }, Index / 1000);
        for (; rest > 0; rest /= 1000) groups.Insert(0, "x" + Group(rest % 1000));
        return string.Join('/', groups) + (IsFull ? "" : string.Create(CultureInfo.InvariantCulture, $".p/{Width}"));
    }

    private static string Group(ulong number) => number.ToString("000", CultureInfo.InvariantCulture);

    private static bool TryNumber(string text, ulong most, out ulong number) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= most;
}

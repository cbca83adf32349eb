namespace Bridge.Core;

/// <summary>Works roots out of the hashes that tiles keep, of whoever serves them.</summary>
public static class TileRoots
{
    /// <summary>Reads as many hashes of one level, each over 256^<paramref name="level"/> leaves, from <paramref name="first"/> on.</summary>
    public delegate Task<IReadOnlyList<Hash32>> Reader(int level, ulong first, int count);

    /// <summary>Root of each range.</summary>
    public static async Task<IReadOnlyList<Hash32>> OfAsync(IReadOnlyList<LeafRange> ranges, Reader read)
    {
        var roots = new List<Hash32>();
        foreach (var range in ranges)
        {
            var subtrees = new List<Hash32>();
            foreach (var subtree in range.Subtrees())
            {
                var (level, first, count) = TilePath.Below(subtree);
                subtrees.Add(MerkleHash.Perfect(await read(level, first, count)));
            }
            roots.Add(MerkleHash.Fold(subtrees));
        }
        return roots;
    }
}

using System.Numerics;

namespace Bridge.Core;

/// <summary>
/// Inclusion and consistency proofs of RFC 6962, sections 2.1.1 and 2.1.2: which ranges a proof consists of, so that whoever has the tree
/// can hash them, and whether a proof holds (RFC 9162, sections 2.1.3.2 and 2.1.4.2).
/// </summary>
public static class MerkleProof
{
    /// <summary>The ranges whose hashes prove that a leaf is in a tree, from the leaf upward.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tree has no such leaf.</exception>
    public static IReadOnlyList<LeafRange> Inclusion(ulong index, ulong size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var ranges = new List<LeafRange>();
        for (var (begin, end) = (0UL, size); end - begin > 1;)
        {
            var middle = begin + Split(end - begin);
            var left = index < middle;
            ranges.Add(left ? new LeafRange(middle, end) : new LeafRange(begin, middle));
            (begin, end) = left ? (begin, middle) : (middle, end);
        }
        ranges.Reverse();
        return ranges;
    }

    /// <summary>The ranges whose hashes prove that the first <paramref name="first"/> leaves of a tree are a former tree.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The former tree is empty, or larger.</exception>
    public static IReadOnlyList<LeafRange> Consistency(ulong first, ulong second)
    {
        ArgumentOutOfRangeException.ThrowIfZero(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, second);
        var ranges = new List<LeafRange>();
        var (begin, end, whole) = (0UL, second, true);
        while (first != end)
        {
            var middle = begin + Split(end - begin);
            var left = first <= middle;
            ranges.Add(left ? new LeafRange(middle, end) : new LeafRange(begin, middle));
            (begin, end, whole) = left ? (begin, middle, whole) : (middle, end, false);
        }
        // The verifier knows the former root itself.
        if (!whole) ranges.Add(new LeafRange(begin, end));
        ranges.Reverse();
        return ranges;
    }

    public static bool ProvesInclusion(IReadOnlyList<Hash32> proof, ulong index, ulong size, Hash32 leaf, Hash32 root)
    {
        if (index >= size) return false;
        var (at, last, hash) = (index, size - 1, leaf);
        foreach (var other in proof)
        {
            if (last == 0) return false;
            if ((at & 1) == 1 || at == last)
            {
                hash = MerkleHash.Node(other, hash);
                Climb(ref at, ref last);
            }
            else
            {
                hash = MerkleHash.Node(hash, other);
            }
            (at, last) = (at >> 1, last >> 1);
        }
        return last == 0 && hash == root;
    }

    public static bool ProvesConsistency(IReadOnlyList<Hash32> proof, ulong first, ulong second, Hash32 firstRoot, Hash32 secondRoot)
    {
        if (first == 0 || first > second) return false;
        if (first == second) return proof.Count == 0 && firstRoot == secondRoot;
        var path = BitOperations.IsPow2(first) ? [firstRoot, .. proof] : proof;
        if (path.Count == 0) return false;
        var (at, last) = (first - 1, second - 1);
        while ((at & 1) == 1) (at, last) = (at >> 1, last >> 1);
        var (former, later) = (path[0], path[0]);
        foreach (var other in path.Skip(1))
        {
            if (last == 0) return false;
            if ((at & 1) == 1 || at == last)
            {
                (former, later) = (MerkleHash.Node(other, former), MerkleHash.Node(other, later));
                Climb(ref at, ref last);
            }
            else
            {
                later = MerkleHash.Node(later, other);
            }
            (at, last) = (at >> 1, last >> 1);
        }
        return last == 0 && former == firstRoot && later == secondRoot;
    }

    /// <summary>Past the levels at which a last node stands alone.</summary>
    private static void Climb(ref ulong at, ref ulong last)
    {
        while ((at & 1) == 0 && at != 0) (at, last) = (at >> 1, last >> 1);
    }

    /// <summary>The largest power of two below <paramref name="length"/>, which is at least 2.</summary>
    private static ulong Split(ulong length) => 1UL << BitOperations.Log2(length - 1);
}

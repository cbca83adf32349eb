using System.Security.Cryptography;

namespace Bridge.Core;

/// <summary>The hashes of RFC 6962, section 2.1: a leaf is never taken for a node, nor a node for a leaf.</summary>
public static class MerkleHash
{
    /// <summary>Root of the tree without leaves: SHA-256 of nothing.</summary>
    public static readonly Hash32 Empty = new(SHA256.HashData([]));

    /// <summary>SHA-256 of 0x00 and the entry.</summary>
    public static Hash32 Leaf(ReadOnlySpan<byte> entry)
    {
        var bytes = new byte[1 + entry.Length];
        entry.CopyTo(bytes.AsSpan(1));
        return new Hash32(SHA256.HashData(bytes));
    }

    /// <summary>SHA-256 of 0x01 and the two halves.</summary>
    public static Hash32 Node(Hash32 left, Hash32 right)
    {
        Span<byte> bytes = stackalloc byte[1 + (2 * Hash32.Length)];
        bytes[0] = 1;
        left.CopyTo(bytes[1..]);
        right.CopyTo(bytes[33..]);
        Span<byte> hash = stackalloc byte[Hash32.Length];
        SHA256.HashData(bytes, hash);
        return new Hash32(hash);
    }

    /// <summary>Root over any number of leaf hashes, section 2.1.</summary>
    public static Hash32 Root(IReadOnlyList<Hash32> leaves) => leaves.Count == 0 ? Empty : Fold(new LeafRange(0, (ulong)leaves.Count).Subtrees().Select(subtree => Perfect(leaves, subtree)).ToList());

    /// <summary>Root of a complete subtree from the 2^n hashes right below it, n of the reader's choosing.</summary>
    /// <exception cref="ArgumentException">Their number is no power of two.</exception>
    public static Hash32 Perfect(IReadOnlyList<Hash32> row)
    {
        if (row.Count == 0 || (row.Count & (row.Count - 1)) != 0) throw new ArgumentException($"A complete subtree has a power of two of hashes, not {row.Count}.", nameof(row));
        var hashes = row.ToArray();
        for (var count = hashes.Length; count > 1; count /= 2)
            for (var i = 0; i < count / 2; i++) hashes[i] = Node(hashes[2 * i], hashes[(2 * i) + 1]);
        return hashes[0];
    }

    /// <summary>Root of what complete subtrees of falling size hold, as <see cref="LeafRange.Subtrees"/> lists them.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static Hash32 Fold(IReadOnlyList<Hash32> subtrees)
    {
        if (subtrees.Count == 0) throw new ArgumentException("A range has at least one leaf.", nameof(subtrees));
        var root = subtrees[^1];
        for (var i = subtrees.Count - 2; i >= 0; i--) root = Node(subtrees[i], root);
        return root;
    }

    private static Hash32 Perfect(IReadOnlyList<Hash32> leaves, Subtree subtree) => Perfect([.. leaves.Skip(checked((int)subtree.First)).Take(checked((int)subtree.Leaves))]);
}

using Bridge.Core;

namespace Bridge.Evm;

/// <summary>A proof that does not prove: no honest node serves it.</summary>
public sealed class ProofException(string message) : Exception(message);

/// <summary>Verifies Merkle Patricia proofs (Yellow Paper appendix D) of the tries whose keys are hashed: state and storage.</summary>
public static class TrieProof
{
    /// <summary>The root of a trie that holds nothing.</summary>
    public static readonly Hash32 EmptyRoot = Keccak256.Hash([0x80]);

    /// <summary>What the trie holds under keccak-256 of a key; null when the proof shows that it holds nothing there.</summary>
    /// <param name="nodes">From the root down, each by its whole encoding; those shorter than 32 bytes stand inside their parents.</param>
    /// <exception cref="ProofException">A node is not the one that its parent names, is malformed, missing, or not needed.</exception>
    public static byte[]? Verify(Hash32 root, ReadOnlySpan<byte> key, IReadOnlyList<byte[]> nodes)
    {
        if (root == EmptyRoot && nodes.Count == 0) return null;
        var walk = new Walk(Nibbles(Keccak256.Hash(key).ToArray()), nodes);
        try
        {
            var value = walk.From(root);
            return walk.Used == nodes.Count ? value : throw new ProofException($"{nodes.Count - walk.Used} nodes of the proof lead nowhere");
        }
        catch (RlpException e)
        {
            throw new ProofException($"node {walk.Used} of the proof is malformed: {e.Message}");
        }
    }

    private static byte[] Nibbles(ReadOnlySpan<byte> bytes)
    {
        var nibbles = new byte[bytes.Length * 2];
        for (var i = 0; i < bytes.Length; i++) (nibbles[2 * i], nibbles[(2 * i) + 1]) = ((byte)(bytes[i] >> 4), (byte)(bytes[i] & 0xf));
        return nibbles;
    }

    /// <summary>The way down one key.</summary>
    private sealed class Walk(byte[] path, IReadOnlyList<byte[]> nodes)
    {
        private int _depth;

        /// <summary>Nodes taken from the proof so far.</summary>
        public int Used { get; private set; }

        private ReadOnlySpan<byte> Ahead => path.AsSpan(_depth);

        public byte[]? From(Hash32 root) => Enter(Take(root));

        private RlpItem Take(Hash32 hash)
        {
            if (Used == nodes.Count) throw new ProofException($"the proof ends above node {hash}");
            var node = nodes[Used++];
            return Keccak256.Hash(node) == hash ? RlpItem.Decode(node) : throw new ProofException($"node {Used} of the proof is not {hash}");
        }

        private byte[]? Enter(RlpItem node) => node switch
        {
            // The encoding of an empty trie, which some nodes send as its only node.
            { IsList: false, Text.Length: 0 } when Used == 1 && _depth == 0 => null,
            { IsList: true, Items.Count: 17 } => EnterBranch(node.Items),
            { IsList: true, Items.Count: 2 } => EnterPath(node.Items[0].Text, node.Items[1]),
            _ => throw new ProofException($"node {Used} of the proof is neither a branch, nor an extension, nor a leaf"),
        };

        // All keys of these tries are equally long, so a branch above the end of one never holds a value.
        private byte[]? EnterBranch(IReadOnlyList<RlpItem> branch)
        {
            if (Ahead.IsEmpty) throw new ProofException("the proof goes on where the key ends");
            return Follow(branch[path[_depth++]]);
        }

        private byte[]? EnterPath(byte[] prefixed, RlpItem next)
        {
            var (part, isLeaf) = Part(prefixed);
            if (!isLeaf && part.Length == 0) throw new ProofException($"node {Used} of the proof extends by nothing");
            if (isLeaf && part.Length != Ahead.Length) throw new ProofException($"node {Used} of the proof is a leaf at another depth than the key's end");
            if (!Ahead.StartsWith(part)) return null;
            _depth += part.Length;
            return isLeaf ? next.Text : Follow(next);
        }

        private byte[]? Follow(RlpItem reference)
        {
            if (reference.IsList)
                return reference.Encoded.Length < Hash32.Length ? Enter(reference) : throw new ProofException($"node {Used} of the proof holds a node that should be named by its hash");
            return reference.Text.Length switch
            {
                0 => null,
                Hash32.Length => Enter(Take(new Hash32(reference.Text))),
                var length => throw new ProofException($"node {Used} of the proof names another by {length} bytes"),
            };
        }

        /// <summary>Hex-prefix encoding, Yellow Paper appendix C.</summary>
        private (byte[] Part, bool IsLeaf) Part(byte[] prefixed)
        {
            var nibbles = Nibbles(prefixed);
            if (nibbles.Length == 0 || nibbles[0] > 3 || (nibbles[0] % 2 == 0 && nibbles[1] != 0)) throw new ProofException($"node {Used} of the proof has no valid path");
            return (nibbles[(2 - (nibbles[0] % 2))..], nibbles[0] >= 2);
        }
    }
}

namespace Bridge.Core;

/// <summary>A tree that only grows: of all its hashes it keeps the roots of the complete subtrees along its edge.</summary>
public sealed class MerkleFrontier
{
    private readonly List<Hash32> _subtrees = [];

    public ulong Size { get; private set; }

    public Hash32 Root => Size == 0 ? MerkleHash.Empty : MerkleHash.Fold(_subtrees);

    public void Append(Hash32 leaf)
    {
        _subtrees.Add(leaf);
        for (var pairs = Size; (pairs & 1) == 1; pairs >>= 1)
        {
            var joined = MerkleHash.Node(_subtrees[^2], _subtrees[^1]);
            _subtrees.RemoveRange(_subtrees.Count - 2, 2);
            _subtrees.Add(joined);
        }
        Size++;
    }
}

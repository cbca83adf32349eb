using System.Numerics;

namespace Bridge.Core;

/// <summary>A complete subtree: 2^<paramref name="Height"/> leaves from <c>Index * 2^Height</c> on.</summary>
public readonly record struct Subtree(int Height, ulong Index)
{
    public ulong Leaves => 1UL << Height;
    public ulong First => Index << Height;
}

/// <summary>Leaves from <paramref name="Begin"/> up to, and without, <paramref name="End"/>. Its begin is a multiple of a power of two no smaller than its length, as the ranges of every proof are.</summary>
public readonly record struct LeafRange(ulong Begin, ulong End)
{
    public ulong Length => End - Begin;

    /// <summary>The complete subtrees that it is made of, the largest first.</summary>
    public IReadOnlyList<Subtree> Subtrees()
    {
        var found = new List<Subtree>();
        for (var at = Begin; at < End;)
        {
            var height = BitOperations.Log2(End - at);
            found.Add(new Subtree(height, at >> height));
            at += 1UL << height;
        }
        return found;
    }
}

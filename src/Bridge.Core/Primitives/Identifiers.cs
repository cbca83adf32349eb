using System.Globalization;

namespace Bridge.Core;

/// <summary>An EIP-155 chain id. Zero is no chain.</summary>
public readonly record struct ChainId(ulong Value) : IComparable<ChainId>
{
    public int CompareTo(ChainId other) => Value.CompareTo(other.Value);
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>1-based position of a message in its lane; 0 is the empty lane.</summary>
public readonly record struct Sequence(ulong Value) : IComparable<Sequence>
{
    public static readonly Sequence None;

    /// <exception cref="OverflowException">The last representable sequence has no successor.</exception>
    public Sequence Next() => new(checked(Value + 1));

    public int CompareTo(Sequence other) => Value.CompareTo(other.Value);
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

    public static bool operator <(Sequence a, Sequence b) => a.Value < b.Value;
    public static bool operator >(Sequence a, Sequence b) => a.Value > b.Value;
    public static bool operator <=(Sequence a, Sequence b) => a.Value <= b.Value;
    public static bool operator >=(Sequence a, Sequence b) => a.Value >= b.Value;
}

/// <summary>The number by which every chain's Bridge knows the same asset.</summary>
public readonly record struct AssetId(uint Value)
{
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Version of a destination's validator set, counted from 1.</summary>
public readonly record struct Epoch(ulong Value)
{
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>An ordered, one-way channel between the Bridges of two chains. Its text form is the same in logs, metrics and URLs.</summary>
public readonly record struct Lane(ChainId Source, ChainId Destination)
{
    public override string ToString() => $"{Source}->{Destination}";
}

/// <summary>A block by height and hash: a height alone does not say which fork it is on.</summary>
public readonly record struct BlockRef(ulong Height, Hash32 Hash)
{
    public override string ToString() => $"{Height} ({Hash})";
}

namespace Bridge.Evm;

/// <summary>
/// A Solidity ABI type. Its values in C#: integers <see cref="System.Numerics.BigInteger"/> (the encoder also takes the built-in
/// ones), <see cref="Core.Address"/>, bool, byte[] for bytes and bytesN, string, and object[] for arrays and tuples.
/// </summary>
public abstract record AbiType(string Name)
{
    /// <summary>True when the head holds an offset and the value itself lies in the tail.</summary>
    public abstract bool IsDynamic { get; }

    /// <summary>Bytes that the value takes in the head of what contains it; at least 32.</summary>
    public abstract int HeadLength { get; }

    /// <exception cref="FormatException">No canonical ABI type: also "uint" and "int", which are written uint256 and int256.</exception>
    public static AbiType Parse(string text) => AbiTypeParser.Parse(text);

    /// <summary>The canonical form that selectors and topics are hashes of.</summary>
    public sealed override string ToString() => Name;
}

/// <summary>uintN or intN, N a multiple of 8 from 8 to 256.</summary>
public sealed record AbiInteger(bool IsSigned, int Bits) : AbiType($"{(IsSigned ? "int" : "uint")}{Bits}")
{
    public override bool IsDynamic => false;
    public override int HeadLength => 32;
}

public sealed record AbiAddress() : AbiType("address")
{
    public override bool IsDynamic => false;
    public override int HeadLength => 32;
}

public sealed record AbiBool() : AbiType("bool")
{
    public override bool IsDynamic => false;
    public override int HeadLength => 32;
}

/// <summary>bytesN, N from 1 to 32.</summary>
public sealed record AbiFixedBytes(int Length) : AbiType($"bytes{Length}")
{
    public override bool IsDynamic => false;
    public override int HeadLength => 32;
}

/// <summary>bytes or string.</summary>
public sealed record AbiBytes(bool IsText) : AbiType(IsText ? "string" : "bytes")
{
    public override bool IsDynamic => true;
    public override int HeadLength => 32;
}

/// <summary>T[k], or T[] when <paramref name="Length"/> is null.</summary>
public sealed record AbiArray(AbiType Element, int? Length) : AbiType($"{Element.Name}[{Length}]")
{
    public override bool IsDynamic => Length is null || Element.IsDynamic;
    public override int HeadLength => IsDynamic ? 32 : checked(Length!.Value * Element.HeadLength);
}

public sealed record AbiTuple(IReadOnlyList<AbiType> Members) : AbiType($"({string.Join(',', Members.Select(m => m.Name))})")
{
    public override bool IsDynamic { get; } = Members.Any(m => m.IsDynamic);
    public override int HeadLength => IsDynamic ? 32 : MembersLength;

    /// <summary>Bytes of the heads of all members.</summary>
    public int MembersLength { get; } = Members.Sum(m => m.HeadLength);
}

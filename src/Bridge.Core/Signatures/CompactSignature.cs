namespace Bridge.Core;

/// <summary>A 64-byte secp256k1 signature, EIP-2098: r, then s with the parity of R's y in its top bit.</summary>
public sealed record CompactSignature
{
    public const int Length = 64;

    /// <summary>n / 2 of secp256k1: a canonical s is at most this (EIP-2).</summary>
    private static readonly byte[] HalfOrder = Hex.Parse("0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0");

    private readonly byte[] _bytes;

    /// <exception cref="ArgumentException">Not 64 bytes.</exception>
    public CompactSignature(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length) throw new ArgumentException($"A compact signature has {Length} bytes, not {bytes.Length}.", nameof(bytes));
        _bytes = bytes.ToArray();
    }

    /// <summary>The same point reached by the other s: a second encoding of one signature, which the contract refuses.</summary>
    public bool HasHighS
    {
        get
        {
            Span<byte> rs = stackalloc byte[Length];
            CopyLowBits(rs);
            return rs[32..].SequenceCompareTo(HalfOrder) > 0;
        }
    }

    public byte[] ToArray() => (byte[])_bytes.Clone();

    /// <summary>The 65 bytes r, s and v of 27 or 28, as wallets and most contracts take it.</summary>
    public byte[] ToRsv()
    {
        var rsv = new byte[Length + 1];
        CopyLowBits(rsv);
        rsv[Length] = (byte)(27 + Parity);
        return rsv;
    }

    /// <summary>The address whose key signed <paramref name="digest"/>; false for high s, r or s out of range, or no such point.</summary>
    public bool TryRecover(Hash32 digest, out Address signer)
    {
        signer = default;
        Span<byte> rs = stackalloc byte[Length];
        CopyLowBits(rs);
        return !HasHighS && Secp256k1.TryRecover(digest, rs, Parity, out signer);
    }

    public bool Equals(CompactSignature? other) => other is not null && _bytes.AsSpan().SequenceEqual(other._bytes);
    public override int GetHashCode() => BitConverter.ToInt32(_bytes, 4);
    public override string ToString() => Hex.Format(_bytes);

    private int Parity => _bytes[32] >> 7;

    /// <summary>r and s, without the parity.</summary>
    private void CopyLowBits(Span<byte> rs)
    {
        _bytes.CopyTo(rs);
        rs[32] &= 0x7f;
    }
}

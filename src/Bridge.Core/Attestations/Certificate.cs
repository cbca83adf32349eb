using System.Numerics;

namespace Bridge.Core;

/// <summary>
/// A quorum of attestations over one checkpoint: a bitmap over the set's members in ascending address order, bit i for member i,
/// and exactly threshold 64-byte signatures in that order.
/// </summary>
public sealed record Certificate(Epoch Epoch, BigInteger Signers, byte[] Signatures)
{
    /// <summary>
    /// The certificate from what is known, or null below the threshold. With more than enough, the lowest members are taken, so that
    /// every relayer builds the same bytes.
    /// </summary>
    public static Certificate? TryAssemble(ValidatorSet set, IReadOnlyDictionary<Address, CompactSignature> signatures)
    {
        var chosen = set.Members.Select((member, index) => (member, index)).Where(m => signatures.ContainsKey(m.member)).Take(set.Threshold).ToList();
        if (chosen.Count < set.Threshold) return null;
        var bitmap = chosen.Aggregate(BigInteger.Zero, (bits, m) => bits | (BigInteger.One << m.index));
        return new Certificate(set.Epoch, bitmap, chosen.SelectMany(m => signatures[m.member].ToArray()).ToArray());
    }
}

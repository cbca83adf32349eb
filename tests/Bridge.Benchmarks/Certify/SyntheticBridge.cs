using System.Buffers.Binary;
using Bridge.Core;
using Bridge.Evm;

namespace Bridge.Benchmarks.Certify;

/// <summary>Bridges at one address on every chain, and the validators of all of them.</summary>
internal sealed class SyntheticBridge : IDisposable
{
    private const ulong FirstChain = 918_001;

    /// <param name="members">1 to 255.</param>
    public SyntheticBridge(int members, int threshold)
    {
        Signers = [.. Enumerable.Range(0, members).Select(n => LocalSigner.FromPrivateKey(Keccak256.Hash($"validator {n} of a benchmark").ToArray())).OrderBy(signer => signer.Address)];
        Set = new ValidatorSet(new Epoch(1), [.. Signers.Select(signer => signer.Address)], threshold);
    }

    public IReadOnlyList<LocalSigner> Signers { get; }
    public ValidatorSet Set { get; }
    public Address Contract { get; } = Account(0);

    public static IEnumerable<Lane> Lanes(int count) => Enumerable.Range(0, count).Select(n => new Lane(new ChainId(FirstChain + (ulong)n), new ChainId(FirstChain + (ulong)((n + 1) % count))));

    public Eip712Domain Domain(Lane lane) => new(lane.Destination, Contract);

    public static Message Message(Sequence sequence) => Core.Message.Transfer(new AssetId(1), Account(1 + (sequence.Value % 997)), Account(1 + (sequence.Value % 991)), 1_000_000 + sequence.Value, 10_000);

    public void Dispose()
    {
        foreach (var signer in Signers) signer.Dispose();
    }

    private static Address Account(ulong number)
    {
        Span<byte> bytes = stackalloc byte[Address.Length];
        bytes.Fill(0x5a);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[12..], number);
        return new Address(bytes);
    }
}

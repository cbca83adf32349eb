using Bridge.Benchmarks.Measuring;
using Bridge.Core;
using Bridge.Evm;

namespace Bridge.Benchmarks.Primitives;

/// <summary>Recoveries and signatures a second on one processor, beside the library that makes them, called with nothing around it.</summary>
internal static class SignatureBenches
{
    private const double Target = 0.95;

    private static readonly Hash32 Digest = Keccak256.Hash("digest");
    private static readonly byte[] Key = Keccak256.Hash("key of a benchmark").ToArray();

    public static IEnumerable<Figure> Recover(Rounds rounds)
    {
        using var signer = LocalSigner.FromPrivateKey(Key);
        var signature = signer.Sign(Digest);
        using var native = new NativeSecp256k1(signature, Digest, Key);
        yield return new Figure("recover a signer", "recoveriesPerSecond", rounds.Measure(Repeat(() => signature.TryRecover(Digest, out _)), native.Recover), "libsecp256k1", "95 % of it", (_, ratio) => ratio >= Target);
    }

    public static IEnumerable<Figure> Sign(Rounds rounds)
    {
        using var signer = LocalSigner.FromPrivateKey(Key);
        using var native = new NativeSecp256k1(signer.Sign(Digest), Digest, Key);
        yield return new Figure("sign", "signaturesPerSecond", rounds.Measure(Repeat(() => Secp256k1Signing.Sign(Digest.ToArray(), Key)), native.Sign), "libsecp256k1", "95 % of it", (_, ratio) => ratio >= Target);
        // What a fault of the machine's memory could give away costs a recovery more.
        yield return new Figure("sign, and see that it recovers", "signaturesPerSecond", rounds.Measure(Repeat(() => signer.Sign(Digest)), native.Sign), "libsecp256k1 without that", null, null);
    }

    private static Action<int> Repeat(Action one) => count =>
    {
        for (var done = 0; done < count; done++) one();
    };
}

using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Bridge.Evm;

/// <summary>The half of libsecp256k1 that needs a private key. Recovery is in Bridge.Core.</summary>
internal static partial class Secp256k1Signing
{
    private const string Library = "libsecp256k1.so.1";

    // secp256k1.h: SECP256K1_CONTEXT_NONE and SECP256K1_EC_UNCOMPRESSED.
    private const uint ContextNone = 1;
    private const uint Uncompressed = 2;

    private static readonly Lazy<nint> Context = new(CreateBlindedContext);

    /// <summary>False for zero and for numbers at or above the group order.</summary>
    public static unsafe bool IsValidKey(ReadOnlySpan<byte> key)
    {
        if (key.Length != 32) return false;
        fixed (byte* k = key) return secp256k1_ec_seckey_verify(Context.Value, k) == 1;
    }

    /// <summary>64 bytes x || y of a valid key's public point.</summary>
    public static unsafe byte[] PublicKey(ReadOnlySpan<byte> key)
    {
        var point = stackalloc byte[64];
        var serialized = stackalloc byte[65];
        nuint length = 65;
        fixed (byte* k = key)
            if (secp256k1_ec_pubkey_create(Context.Value, point, k) == 0) throw new CryptographicException("The private key is out of range.");
        if (secp256k1_ec_pubkey_serialize(Context.Value, serialized, ref length, point, Uncompressed) == 0)
            throw new CryptographicException("libsecp256k1 could not serialize a public key.");
        return new ReadOnlySpan<byte>(serialized + 1, 64).ToArray();
    }

    /// <summary>r || s with low s, nonce by RFC 6979 with HMAC-SHA256, which is the library's default.</summary>
    public static unsafe (byte[] Rs, int Parity) Sign(ReadOnlySpan<byte> digest, ReadOnlySpan<byte> key)
    {
        var signature = stackalloc byte[65];
        var rs = new byte[64];
        int recoveryId;
        fixed (byte* d = digest)
        fixed (byte* k = key)
        fixed (byte* output = rs)
        {
            if (secp256k1_ecdsa_sign_recoverable(Context.Value, signature, d, k, 0, 0) == 0) throw new CryptographicException("Signing failed.");
            if (secp256k1_ecdsa_recoverable_signature_serialize_compact(Context.Value, output, out recoveryId, signature) == 0)
                throw new CryptographicException("libsecp256k1 could not serialize a signature.");
        }
        // Bit 1 says that r overflowed the group order. Ethereum's forms have no room for it; its chance is 2^-127.
        return recoveryId < 2 ? (rs, recoveryId) : throw new CryptographicException("The signature has no Ethereum form.");
    }

    /// <summary>Blinding hides the key from timing and power analysis; it does not change signatures.</summary>
    private static unsafe nint CreateBlindedContext()
    {
        var context = secp256k1_context_create(ContextNone);
        Span<byte> seed = stackalloc byte[32];
        RandomNumberGenerator.Fill(seed);
        fixed (byte* s = seed)
            if (context == 0 || secp256k1_context_randomize(context, s) == 0) throw new CryptographicException("libsecp256k1 gave no context.");
        CryptographicOperations.ZeroMemory(seed);
        return context;
    }

    [LibraryImport(Library)]
    private static partial nint secp256k1_context_create(uint flags);

    [LibraryImport(Library)]
    private static unsafe partial int secp256k1_context_randomize(nint context, byte* seed);

    [LibraryImport(Library)]
    private static unsafe partial int secp256k1_ec_seckey_verify(nint context, byte* key);

    [LibraryImport(Library)]
    private static unsafe partial int secp256k1_ec_pubkey_create(nint context, byte* point, byte* key);

    [LibraryImport(Library)]
    private static unsafe partial int secp256k1_ec_pubkey_serialize(nint context, byte* output, ref nuint length, byte* point, uint flags);

    [LibraryImport(Library)]
    private static unsafe partial int secp256k1_ecdsa_sign_recoverable(
        nint context, byte* signature, byte* digest, byte* key, nint nonceFunction, nint nonceData);

    [LibraryImport(Library)]
    private static unsafe partial int secp256k1_ecdsa_recoverable_signature_serialize_compact(
        nint context, byte* output, out int recoveryId, byte* signature);
}

using System.Runtime.InteropServices;

namespace Bridge.Core;

/// <summary>
/// Public-key recovery by libsecp256k1, the library that the chains' own nodes use. Signing is not here: this assembly is
/// referenced by the process that faces the internet, and it holds no key.
/// </summary>
internal static partial class Secp256k1
{
    // secp256k1.h: SECP256K1_CONTEXT_NONE and SECP256K1_EC_UNCOMPRESSED.
    private const uint ContextNone = 1;
    private const uint Uncompressed = 2;

    private static readonly Lazy<nint> Context = new(() => secp256k1_context_create(ContextNone));

    /// <param name="rs">r and s, 32 bytes each.</param>
    /// <param name="parity">0 or 1.</param>
    public static unsafe bool TryRecover(Hash32 digest, ReadOnlySpan<byte> rs, int parity, out Address signer)
    {
        signer = default;
        var signature = stackalloc byte[65];
        var message = stackalloc byte[Hash32.Length];
        var key = stackalloc byte[64];
        var serialized = stackalloc byte[65];
        nuint length = 65;
        digest.CopyTo(new Span<byte>(message, Hash32.Length));
        fixed (byte* input = rs)
            if (secp256k1_ecdsa_recoverable_signature_parse_compact(Context.Value, signature, input, parity) == 0) return false;
        if (secp256k1_ecdsa_recover(Context.Value, key, signature, message) == 0) return false;
        if (secp256k1_ec_pubkey_serialize(Context.Value, serialized, ref length, key, Uncompressed) == 0) return false;
        signer = Address.OfPublicKey(new ReadOnlySpan<byte>(serialized + 1, 64));
        return true;
    }

    [LibraryImport("libsecp256k1.so.1")]
    private static partial nint secp256k1_context_create(uint flags);

    [LibraryImport("libsecp256k1.so.1")]
    private static unsafe partial int secp256k1_ecdsa_recoverable_signature_parse_compact(nint context, byte* signature, byte* input, int recoveryId);

    [LibraryImport("libsecp256k1.so.1")]
    private static unsafe partial int secp256k1_ecdsa_recover(nint context, byte* key, byte* signature, byte* message);

    [LibraryImport("libsecp256k1.so.1")]
    private static unsafe partial int secp256k1_ec_pubkey_serialize(nint context, byte* output, ref nuint length, byte* key, uint flags);
}

using System.Runtime.InteropServices;
using Bridge.Core;

namespace Bridge.Benchmarks.Primitives;

/// <summary>The bound: libsecp256k1 with its inputs ready in memory and its outputs thrown away.</summary>
internal sealed unsafe partial class NativeSecp256k1 : IDisposable
{
    private const string Library = "libsecp256k1.so.1";
    private const uint ContextNone = 1;

    private readonly nint _context = secp256k1_context_create(ContextNone);
    private readonly byte* _memory = (byte*)NativeMemory.AllocZeroed(512);

    public NativeSecp256k1(CompactSignature signature, Hash32 digest, byte[] key)
    {
        digest.CopyTo(new Span<byte>(Digest, 32));
        key.CopyTo(new Span<byte>(Key, 32));
        var rsv = signature.ToRsv();
        fixed (byte* rs = rsv)
            if (secp256k1_ecdsa_recoverable_signature_parse_compact(_context, Signature, rs, rsv[64] - 27) == 0) throw new InvalidOperationException("libsecp256k1 does not read our signature.");
    }

    private byte* Digest => _memory;
    private byte* Key => _memory + 32;
    private byte* Signature => _memory + 64;
    private byte* Output => _memory + 192;

    public void Recover(int count)
    {
        for (var done = 0; done < count; done++)
            if (secp256k1_ecdsa_recover(_context, Output, Signature, Digest) == 0) throw new InvalidOperationException("libsecp256k1 did not recover.");
    }

    public void Sign(int count)
    {
        for (var done = 0; done < count; done++)
            if (secp256k1_ecdsa_sign_recoverable(_context, Output, Digest, Key, 0, 0) == 0) throw new InvalidOperationException("libsecp256k1 did not sign.");
    }

    public void Dispose()
    {
        secp256k1_context_destroy(_context);
        NativeMemory.Free(_memory);
    }

    [LibraryImport(Library)]
    private static partial nint secp256k1_context_create(uint flags);

    [LibraryImport(Library)]
    private static partial void secp256k1_context_destroy(nint context);

    [LibraryImport(Library)]
    private static partial int secp256k1_ecdsa_recoverable_signature_parse_compact(nint context, byte* signature, byte* input, int recoveryId);

    [LibraryImport(Library)]
    private static partial int secp256k1_ecdsa_recover(nint context, byte* key, byte* signature, byte* digest);

    [LibraryImport(Library)]
    private static partial int secp256k1_ecdsa_sign_recoverable(nint context, byte* signature, byte* digest, byte* key, nint nonceFunction, nint nonceData);
}

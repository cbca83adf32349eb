using System.Security.Cryptography;
using Bridge.Core;

namespace Bridge.Evm;

/// <summary>A key in this process's memory: pinned, so that the garbage collector leaves no copies, and zeroed on dispose.</summary>
public sealed class LocalSigner : ISigner
{
    private readonly byte[] _key = GC.AllocateUninitializedArray<byte>(32, pinned: true);
    private readonly Lock _lock = new();
    private bool _disposed;

    private LocalSigner(ReadOnlySpan<byte> key)
    {
        key.CopyTo(_key);
        Address = Address.OfPublicKey(Secp256k1Signing.PublicKey(_key));
    }

    public Address Address { get; }

    /// <param name="key">32 bytes. The caller keeps its copy and should zero it.</param>
    /// <exception cref="ArgumentException">Not 32 bytes, zero, or at or above the group order.</exception>
    public static LocalSigner FromPrivateKey(ReadOnlySpan<byte> key) => Secp256k1Signing.IsValidKey(key)
        ? new LocalSigner(key)
        : throw new ArgumentException("A private key is 32 bytes, not zero and below the order of secp256k1.", nameof(key));

    /// <exception cref="ObjectDisposedException">The key is gone.</exception>
    public Task<CompactSignature> SignAsync(byte[] preimage, CancellationToken ct) => Task.FromResult(Sign(Keccak256.Hash(preimage)));

    /// <exception cref="ObjectDisposedException">The key is gone.</exception>
    public CompactSignature Sign(Hash32 digest)
    {
        // The lock keeps Dispose from zeroing the key half-way: a signature by a half-zero key would give the other half away.
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var (rs, parity) = Secp256k1Signing.Sign(digest.ToArray(), _key);
            rs[32] |= (byte)(parity << 7);
            var signature = new CompactSignature(rs);
            // A memory fault during signing can reveal the key through the faulty signature, so that one must not leave.
            return signature.TryRecover(digest, out var signer) && signer == Address
                ? signature
                : throw new CryptographicException($"The signature of {Address} does not recover to it. Check this machine's memory.");
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            CryptographicOperations.ZeroMemory(_key);
            _disposed = true;
        }
    }

    public override string ToString() => $"local key of {Address}";
}

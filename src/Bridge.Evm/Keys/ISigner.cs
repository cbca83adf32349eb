using Bridge.Core;

namespace Bridge.Evm;

/// <summary>The only holder of a key: this process, a remote signer, or a program.</summary>
public interface ISigner : IDisposable
{
    Address Address { get; }

    /// <summary>A canonical (low s) signature over the keccak-256 of <paramref name="preimage"/>, which leads back to <see cref="Address"/>.</summary>
    /// <param name="preimage">
    /// The bytes before they are hashed, because signers that people run elsewhere hash by themselves: 0x1901 and two hashes (EIP-712), or an
    /// unsigned transaction.
    /// </param>
    /// <exception cref="SignerException">The signer is away, refuses, or has answered with a signature of somebody else.</exception>
    Task<CompactSignature> SignAsync(byte[] preimage, CancellationToken ct);
}

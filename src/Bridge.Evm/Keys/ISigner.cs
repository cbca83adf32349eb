using Bridge.Core;

namespace Bridge.Evm;

/// <summary>The only holder of a key. A KMS or HSM can stand behind it.</summary>
public interface ISigner
{
    Address Address { get; }

    /// <summary>A canonical (low s) signature over a 32-byte digest.</summary>
    CompactSignature Sign(Hash32 digest);
}

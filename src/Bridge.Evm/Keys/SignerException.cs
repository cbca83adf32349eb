namespace Bridge.Evm;

/// <summary>A signer outside of this process gave no signature that counts. The message names it and what to do, never what authenticates us to it.</summary>
/// <param name="signer">As people know it, such as https://signer.example:9000.</param>
public sealed class SignerException(string signer, string message, Exception? inner = null) : Exception($"signer {signer}: {message}", inner)
{
    /// <summary>Whether the same request may succeed a moment later.</summary>
    public bool MayPass { get; init; }
}

using Bridge.Core;

namespace Bridge.Evm;

/// <summary>Whether a signer can do what it will be asked for: an answer to a question that nobody could have answered before.</summary>
public static class SignerChallenge
{
    /// <exception cref="SignerException">The signer is away, refuses, or holds another key.</exception>
    public static async Task PassAsync(ISigner signer, CancellationToken ct)
    {
        var challenge = SignerReply.Challenge();
        var signature = await signer.SignAsync(challenge, ct);
        if (!signature.TryRecover(Keccak256.Hash(challenge), out var by) || by != signer.Address)
            throw new SignerException(signer.ToString()!, $"its answer to a challenge does not lead back to {signer.Address}");
    }
}

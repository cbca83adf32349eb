using Bridge.Evm;

namespace Bridge.Relayer.Hosting;

/// <summary>A key and the role that signs with it.</summary>
public sealed record RoleSigner(string Role, ISigner Signer);

/// <summary>A signer that holds another key, or none, is found out before the role starts and not when the first signature is due.</summary>
public sealed class SignerCheck(IEnumerable<RoleSigner> signers) : IStartCheck
{
    /// <exception cref="SignerException">A signer is away, refuses, or holds another key than the configuration says.</exception>
    public async Task CheckAsync(CancellationToken ct)
    {
        foreach (var one in signers) await SignerChallenge.PassAsync(one.Signer, ct);
    }
}

using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Configuration;

namespace Bridge.Relayer.Doctor;

/// <summary>A role's key: files that nobody else reads, and a signature over a challenge that leads back to its address.</summary>
public sealed class KeyExamination(string role, KeyOptions options) : IExamination
{
    public string Name => $"key of {role}";

    public string Fix => $"Look at the Keystore and PasswordFile of the role {role}";

    public Task<IReadOnlyList<Finding>> LookAsync(CancellationToken ct)
    {
        using var signer = Keys.Open(options);
        var challenge = Keccak256.Hash(Guid.NewGuid().ToByteArray());
        var answered = signer.Sign(challenge).TryRecover(challenge, out var address) && address == signer.Address
            ? Finding.Good(Name, $"{signer.Address} signs")
            : Finding.Bad(Name, $"a signature by {signer.Address} does not lead back to it", "The keystore is damaged: bring it back from its copy");
        string[] files = [options.Keystore, options.PasswordFile];
        return Task.FromResult<IReadOnlyList<Finding>>([answered, .. files.Where(file => file.Length > 0).Select(Mode)]);
    }

    private Finding Mode(string file) => SecretFile.IsShared(file)
        ? Finding.Bad(Name, $"{file} can be used by others than its owner", $"chmod 600 {file}")
        : Finding.Good(Name, $"{file} is its owner's alone");
}

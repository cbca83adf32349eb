using Bridge.Evm;
using Bridge.Relayer.Configuration;

namespace Bridge.Relayer.Doctor;

/// <summary>A role's key: files that nobody else reads, and a signature over a challenge that leads back to its address.</summary>
public sealed class KeyExamination(string role, KeyOptions options) : IExamination
{
    public string Name => $"key of {role}";

    public string Fix => options.Signer.Use.Length > 0 ? $"Look at the Signer of the role {role}" : $"Look at the Keystore and PasswordFile of the role {role}";

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken ct)
    {
        using var signer = Keys.Open(options);
        await SignerChallenge.PassAsync(signer, ct);
        return [Finding.Good(Name, $"{signer.Address} signs"), .. options.SecretFiles.Where(file => file.Path.Length > 0).Select(file => Mode(file.Path))];
    }

    private Finding Mode(string file) => SecretFile.IsShared(file)
        ? Finding.Bad(Name, $"{file} can be used by others than its owner", $"chmod 600 {file}")
        : Finding.Good(Name, $"{file} is its owner's alone");
}

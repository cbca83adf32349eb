using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;

namespace Bridge.Relayer.Configuration;

/// <summary>Where a process has its configuration from, to be read again.</summary>
/// <param name="File">Given by <c>--config</c>.</param>
/// <param name="Roles">Given by <c>--roles</c>.</param>
public sealed record ConfigurationSource(string? File, IReadOnlyList<string>? Roles)
{
    /// <exception cref="ConfigurationException">A key is unknown, a value bad, or a secret stands in a file.</exception>
    public (IConfigurationRoot Root, BridgeOptions Options) Load()
    {
        var root = ConfigurationLoader.Read(File);
        return (root, ConfigurationLoader.Load(root, Roles));
    }

    /// <summary>Equal as long as nobody has saved one of the files.</summary>
    public string Fingerprint() => string.Join(' ', new[] { ConfigurationLoader.DefaultFile, File }.OfType<string>().Select(Fingerprint));

    private static string Fingerprint(string file)
    {
        try
        {
            return $"{System.IO.File.GetLastWriteTimeUtc(file):O} {Convert.ToHexString(SHA256.HashData(System.IO.File.ReadAllBytes(file)))}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "unreadable"; // Reading it says why.
        }
    }
}

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;

namespace Bridge.Relayer.Configuration;

/// <summary>Secrets come from the environment or from a file of their own: a configuration file is copied, committed and mailed.</summary>
internal static class Secrets
{
    private static readonly (string Key, Func<string, bool> IsSecret)[] Kept =
    [
        ("Bridge:Database", value => value.Contains("password=", StringComparison.OrdinalIgnoreCase)),
        ("Bridge:Bus:RabbitMq", value => Uri.TryCreate(value, UriKind.Absolute, out var url) && url.UserInfo.Contains(':', StringComparison.Ordinal)),
        ("Bridge:Attester:Password", value => value.Length > 0),
        ("Bridge:Executor:Password", value => value.Length > 0),
        ("Bridge:Submitter:Password", value => value.Length > 0),
        ("Bridge:Sponsor:Password", value => value.Length > 0),
        ("Bridge:Audit:Password", value => value.Length > 0),
        ("Bridge:Log:Password", value => value.Length > 0),
    ];

    public static IEnumerable<string> FoundInFiles(IConfigurationRoot root) =>
        from provider in root.Providers.OfType<JsonConfigurationProvider>()
        from secret in Kept
        where provider.TryGet(secret.Key, out var value) && value is not null && secret.IsSecret(value)
        select $"{secret.Key}: a secret stands in {provider.Source.Path}. Give it by the environment as {secret.Key.Replace(":", "__", StringComparison.Ordinal)}"
            + (secret.Key.EndsWith(":Password", StringComparison.Ordinal) ? ", or use PasswordFile." : ".");
}

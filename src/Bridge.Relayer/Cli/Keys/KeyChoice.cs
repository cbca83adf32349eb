using Bridge.Relayer.Configuration;

namespace Bridge.Relayer.Cli;

/// <summary>The keys that a verb looks at: those of the named roles, or of every role that has one in the configuration.</summary>
internal static class KeyChoice
{
    /// <exception cref="UserException">There is no such role, or it has no key.</exception>
    /// <exception cref="ConfigurationException">The configuration is bad, or a key's part of it is.</exception>
    public static (BridgeOptions Options, IReadOnlyList<(string Role, KeyOptions Key)> Keys) Of(string? config, IReadOnlyList<string>? roles)
    {
        var options = ConfigurationLoader.LoadChains(ConfigurationLoader.Read(config));
        if (roles?.FirstOrDefault(role => !Roles.Known.Contains(role)) is { } unknown) throw new UserException($"--roles: there is no role '{unknown}'. The roles are {string.Join(", ", Roles.Known)}.");
        options = options with { Roles = roles is { Count: > 0 } ? roles : Roles.Known };
        var keys = Configuration.Keys.Of(options).ToList();
        if (keys.Count == 0) throw new UserException("No role has a key in this configuration. Make one with 'bridge keys new', and give its Keystore and PasswordFile.");
        List<string> faults = [.. keys.SelectMany(one => KeyCheck.Faults(options, one.Key).Select(fault => $"{one.Role}: {fault}"))];
        return faults.Count == 0 ? (options, keys) : throw new ConfigurationException(faults);
    }

    /// <exception cref="UserException">It has none, or the role does not exist.</exception>
    public static (BridgeOptions Options, KeyOptions Key) One(string? config, string role)
    {
        var (options, keys) = Of(config, [role]);
        return (options, keys[0].Key);
    }

    public static string Where(KeyOptions key) => key.Signer switch
    {
        { Use: "" } => key.Keystore,
        { IsProgram: true } signer => $"exec:{signer.Command[0]}",
        var signer => new Uri(signer.Use).GetLeftPart(UriPartial.Authority),
    };
}

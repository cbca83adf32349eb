using Microsoft.Extensions.Configuration;

namespace Bridge.Relayer.Configuration;

/// <summary>appsettings.json of the working folder, then the file given by <c>--config</c>, then the environment (<c>Bridge__Key</c>).</summary>
public static class ConfigurationLoader
{
    public const string Section = "Bridge";

    /// <summary>For verbs that read the chains or the database, and run no role.</summary>
    /// <exception cref="ConfigurationException">A key is unknown, a value bad, or a secret stands in a file.</exception>
    public static BridgeOptions LoadForReading(IConfigurationRoot root) => Load(root, [Roles.Watch]);

    /// <param name="roles">Replaces what Bridge:Roles says, if there are any.</param>
    /// <exception cref="ConfigurationException">A key is unknown, a value bad, or a secret stands in a file.</exception>
    public static BridgeOptions Load(IConfigurationRoot root, IReadOnlyList<string>? roles)
    {
        var faults = new List<string>(Secrets.FoundInFiles(root));
        BridgeOptions options;
        try
        {
            options = root.GetSection(Section).Get<BridgeOptions>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new BridgeOptions();
        }
        catch (InvalidOperationException e)
        {
            throw new ConfigurationException([.. faults, UnknownKeys.Describe(root.GetSection(Section)) ?? (e.InnerException ?? e).Message]);
        }
        if (roles is { Count: > 0 }) options = options with { Roles = roles };
        if (options.Roles.Count == 0) options = options with { Roles = Roles.All };
        faults.AddRange(OptionsCheck.Faults(options));
        return faults.Count == 0 ? options : throw new ConfigurationException(faults);
    }

    /// <exception cref="ConfigurationException">The file given by <c>--config</c> does not exist or is not JSON.</exception>
    public static IConfigurationRoot Read(string? file)
    {
        if (file is not null && !File.Exists(file)) throw new ConfigurationException([$"--config: there is no file '{file}'."]);
        var builder = new ConfigurationBuilder().AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true);
        if (file is not null) builder.AddJsonFile(Path.GetFullPath(file), optional: false);
        try
        {
            return builder.AddEnvironmentVariables().Build();
        }
        catch (Exception e) when (e is InvalidDataException or FormatException)
        {
            throw new ConfigurationException([$"{e.Message} {e.InnerException?.Message}"]);
        }
    }
}

using Microsoft.Extensions.Configuration;

namespace Bridge.Relayer.Configuration;

/// <summary>appsettings.json of the working folder, then the file given by <c>--config</c>, then the environment (<c>Bridge__Key</c>).</summary>
public static class ConfigurationLoader
{
    public const string Section = "Bridge";
    public const string DefaultFile = "appsettings.json";

    /// <summary>For verbs that talk to the chains only: no role, no key, no database.</summary>
    /// <exception cref="ConfigurationException">A key is unknown, a value bad, or a secret stands in a file.</exception>
    public static BridgeOptions LoadChains(IConfigurationRoot root) => Checked(Bind(root), root, OptionsCheck.ChainFaults);

    /// <param name="roles">Replaces what Bridge:Roles says, if there are any.</param>
    /// <exception cref="ConfigurationException">A key is unknown, a value bad, or a secret stands in a file.</exception>
    public static BridgeOptions Load(IConfigurationRoot root, IReadOnlyList<string>? roles)
    {
        var options = Bind(root);
        if (roles is { Count: > 0 }) options = options with { Roles = roles };
        if (options.Roles.Count == 0) options = options with { Roles = Roles.All };
        return Checked(options, root, OptionsCheck.Faults);
    }

    /// <summary>For verbs that sign with the log's key and ask no chain.</summary>
    /// <exception cref="ConfigurationException">The section Bridge:Log is not what signing needs.</exception>
    public static LogOptions LogOf(string? file)
    {
        var root = Read(file);
        return Checked(Bind(root), root, options => OptionsCheck.LogFaults(options)).Log;
    }

    /// <summary>Whether <see cref="LogOf"/> has a key to give.</summary>
    public static bool HasLogKey(string? file) => Bind(Read(file)).Log.IsGiven;

    private static BridgeOptions Checked(BridgeOptions options, IConfigurationRoot root, Func<BridgeOptions, IEnumerable<string>> check)
    {
        List<string> faults = [.. Secrets.FoundInFiles(root), .. LogLevels.Faults(root), .. check(options)];
        return faults.Count == 0 ? options : throw new ConfigurationException(faults);
    }

    private static BridgeOptions Bind(IConfigurationRoot root)
    {
        var section = root.GetSection(Section);
        try
        {
            return section.Get<BridgeOptions>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new BridgeOptions();
        }
        catch (InvalidOperationException e)
        {
            throw new ConfigurationException([UnknownKeys.Describe(section) ?? (e.InnerException ?? e).Message]);
        }
    }

    /// <exception cref="ConfigurationException">The file given by <c>--config</c> does not exist or is not JSON.</exception>
    public static IConfigurationRoot Read(string? file)
    {
        if (file is not null && !File.Exists(file)) throw new ConfigurationException([$"--config: there is no file '{file}'."]);
        var builder = new ConfigurationBuilder().AddJsonFile(Path.GetFullPath(DefaultFile), optional: true);
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

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Configuration;

/// <summary>How much is logged of what: the section Logging:LogLevel, by the name's beginning, or Default. It may change while a process runs.</summary>
internal sealed class LogLevels : ConfigurationProvider, IConfigurationSource
{
    public const string Section = "Logging";

    public LogLevels(IConfiguration root) => Data = Read(root);

    public static IEnumerable<string> Faults(IConfiguration root) =>
        from pair in Read(root)
        where pair.Key.Contains("LogLevel:", StringComparison.OrdinalIgnoreCase) && !(Enum.TryParse<LogLevel>(pair.Value, true, out var level) && Enum.IsDefined(level))
        select $"{Section}:{pair.Key}: '{pair.Value}' is not one of {string.Join(", ", Enum.GetNames<LogLevel>())}.";

    /// <summary>True if that changes anything.</summary>
    public bool Replace(IConfiguration root)
    {
        var wanted = Read(root);
        if (wanted.Count == Data.Count && wanted.All(pair => Data.TryGetValue(pair.Key, out var now) && now == pair.Value)) return false;
        Data = wanted;
        OnReload();
        return true;
    }

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

    private static Dictionary<string, string?> Read(IConfiguration root) => root.GetSection(Section).AsEnumerable(makePathsRelative: true)
        .Where(pair => pair.Value is not null && pair.Key.Length > 0).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase);
}

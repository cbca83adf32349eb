namespace Bridge.Relayer.Configuration;

/// <summary>The start is refused. One line per fault, each with the key's name and what to do.</summary>
public sealed class ConfigurationException(IReadOnlyList<string> faults)
    : Exception("The configuration cannot be used:" + string.Concat(faults.Select(f => Environment.NewLine + "  " + f)))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}

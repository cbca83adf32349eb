using Bridge.Core;

namespace Bridge.Relayer.Configuration;

/// <summary>The audit log: under whose name and key it is signed, who cosigns it, where its root is posted, and whose logs are cosigned in turn.</summary>
public sealed record LogOptions : KeyOptions
{
    /// <summary>Name of the log, for ever; such as <c>bridge.example/log</c>.</summary>
    public string Origin { get; init; } = "";

    /// <summary>Seconds between two signed checkpoints of a log that grew. 5 to 86,400.</summary>
    public int CheckpointSeconds { get; init; } = 60;

    /// <summary>Addresses of the operators whose cosignatures are taken.</summary>
    public IReadOnlyList<string> Witnesses { get; init; } = [];

    /// <summary>LogAnchor contracts by chain name, to which the root is posted.</summary>
    public IReadOnlyDictionary<string, string> Anchors { get; init; } = new Dictionary<string, string>();

    /// <summary>Seconds between two postings of a log that grew. 60 to 604,800.</summary>
    public int AnchorSeconds { get; init; } = 3600;

    /// <summary>Logs of others, by any name.</summary>
    public IReadOnlyDictionary<string, WitnessedLogOptions> Watched { get; init; } = new Dictionary<string, WitnessedLogOptions>();

    internal IEnumerable<string> Faults(IEnumerable<string> chainNames)
    {
        if (!LogCheckpoint.IsName(Origin)) yield return "Origin: missing, or with a space or a plus. Give the log a name that is yours, such as bridge.example/log, and never change it.";
        if (CheckpointSeconds is < 5 or > 86_400) yield return "CheckpointSeconds: 5 to 86400.";
        if (AnchorSeconds is < 60 or > 604_800) yield return "AnchorSeconds: 60 to 604800.";
        foreach (var witness in Witnesses.Where(witness => !IsAddress(witness))) yield return $"Witnesses: '{witness}' is not an address.";
        foreach (var (name, contract) in Anchors)
        {
            if (!chainNames.Contains(name)) yield return $"Anchors:{name}: Bridge:Chains has no chain of that name.";
            if (!IsAddress(contract)) yield return $"Anchors:{name}: '{contract}' is not a contract's address.";
        }
        foreach (var (name, log) in Watched)
        {
            if (!Uri.TryCreate(log.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")) yield return $"Watched:{name}:Url: '{log.Url}' is not an http or https URL of an API.";
            if (!LogCheckpoint.IsName(log.Origin)) yield return $"Watched:{name}:Origin: missing. It is the first line of the log's checkpoint.";
            if (!IsAddress(log.Operator)) yield return $"Watched:{name}:Operator: '{log.Operator}' is not an address.";
        }
    }

    private static bool IsAddress(string text) => Address.TryParse(text, out var address) && !address.IsZero;
}

/// <summary>Another operator's log, which this one watches over.</summary>
public sealed record WitnessedLogOptions
{
    /// <summary>Base URL of its API.</summary>
    public string Url { get; init; } = "";

    /// <summary>Its name.</summary>
    public string Origin { get; init; } = "";

    /// <summary>Address of the key that signs it.</summary>
    public string Operator { get; init; } = "";
}

using System.Diagnostics.Metrics;

namespace Bridge.Store;

/// <summary>What the store counts. Whoever wants the numbers listens to the meter.</summary>
public static class StoreMeter
{
    public const string Name = "Bridge.Store";

    private static readonly Meter Meter = new(Name);

    /// <summary>How long transfers stood at a status that they left.</summary>
    internal static readonly Histogram<double> StageSeconds = Meter.CreateHistogram<double>("bridge_transfer_stage_seconds", "s");

    /// <summary>Transfers that came to a status.</summary>
    internal static readonly Counter<long> Transfers = Meter.CreateCounter<long>("bridge_transfer_total");

    /// <summary>Faults of the database after which something was done again, by SQLSTATE.</summary>
    internal static readonly Counter<long> Retries = Meter.CreateCounter<long>("bridge_db_retries_total", description: "Passing faults of the database, by SQLSTATE.");
}

using System.Diagnostics.Metrics;

namespace Bridge.Store;

/// <summary>What the store counts. Whoever wants the numbers listens to the meter.</summary>
public static class StoreMeter
{
    public const string Name = "Bridge.Store";

    private static readonly Meter Meter = new(Name);

    /// <summary>Faults of the database after which something was done again, by SQLSTATE.</summary>
    internal static readonly Counter<long> Retries = Meter.CreateCounter<long>("bridge_db_retries_total", description: "Passing faults of the database, by SQLSTATE.");
}

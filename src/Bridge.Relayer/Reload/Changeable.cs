using Bridge.Relayer.Configuration;

namespace Bridge.Relayer.Reload;

/// <summary>Which keys a running process takes over: how chains are reached, limits, intervals, and chains that are new. Everything else waits for its next start.</summary>
internal static class Changeable
{
    /// <summary>What is in force, with those keys as they are wanted.</summary>
    public static BridgeOptions Merge(BridgeOptions now, BridgeOptions wanted) => now with
    {
        Chains = Chains(now.Chains, wanted.Chains),
        Executor = now.Executor with
        {
            MaxBatch = wanted.Executor.MaxBatch, MaxGas = wanted.Executor.MaxGas, MaxFeeGwei = wanted.Executor.MaxFeeGwei, MaxCostGwei = wanted.Executor.MaxCostGwei,
            MaxInFlight = wanted.Executor.MaxInFlight, LowWaterDeliveries = wanted.Executor.LowWaterDeliveries, ResubmitSeconds = wanted.Executor.ResubmitSeconds,
        },
        Submitter = now.Submitter with { MaxFeeGwei = wanted.Submitter.MaxFeeGwei, ResubmitSeconds = wanted.Submitter.ResubmitSeconds, MaxInFlight = wanted.Submitter.MaxInFlight },
        Sponsor = now.Sponsor with { AccountGwei = wanted.Sponsor.AccountGwei, TotalGwei = wanted.Sponsor.TotalGwei, ValidSeconds = wanted.Sponsor.ValidSeconds },
        Sweeper = wanted.Sweeper,
        Oracle = wanted.Oracle,
        Audit = now.Audit with
        {
            Endpoints = wanted.Audit.Endpoints, Approved = wanted.Audit.Approved, OverdueSeconds = wanted.Audit.OverdueSeconds, IntervalSeconds = wanted.Audit.IntervalSeconds,
            ReservesSeconds = wanted.Audit.ReservesSeconds,
        },
    };

    private static Dictionary<string, ChainOptions> Chains(IReadOnlyDictionary<string, ChainOptions> now, IReadOnlyDictionary<string, ChainOptions> wanted)
    {
        var merged = now.ToDictionary(chain => chain.Key, chain => wanted.TryGetValue(chain.Key, out var other) ? Merge(chain.Value, other) : chain.Value);
        // One under another name is not new: its old name goes at the next start.
        foreach (var (name, chain) in wanted)
            if (!merged.ContainsKey(name) && now.Values.All(known => known.ChainId != chain.ChainId)) merged[name] = chain;
        return merged;
    }

    private static ChainOptions Merge(ChainOptions now, ChainOptions wanted) => now with
    {
        Endpoints = wanted.Endpoints, Quorum = wanted.Quorum, AllowSingleEndpoint = wanted.AllowSingleEndpoint, TimeoutSeconds = wanted.TimeoutSeconds,
        PollMilliseconds = wanted.PollMilliseconds, MaxLogRange = wanted.MaxLogRange,
    };
}

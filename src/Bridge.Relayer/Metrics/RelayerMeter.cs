using System.Diagnostics.Metrics;
using Bridge.Core;

namespace Bridge.Relayer.Metrics;

/// <summary>What a relayer counts.</summary>
internal static class RelayerMeter
{
    private static readonly Meter Meter = new("Bridge.Relayer");

    private static readonly Counter<long> Attestations = Meter.CreateCounter<long>("bridge_attestations_total");

    private static readonly Counter<long> Locks = Meter.CreateCounter<long>("bridge_locks_observed_total");
    private static readonly Counter<long> Bumps = Meter.CreateCounter<long>("bridge_tx_bumps_total");
    private static readonly Gauge<double> ReorgDepth = Meter.CreateGauge<double>("bridge_reorg_depth_blocks");
    private static readonly Gauge<double> Balance = Meter.CreateGauge<double>("bridge_wallet_balance_wei");
    private static readonly Gauge<double> Executions = Meter.CreateGauge<double>("bridge_wallet_executions");
    private static readonly Histogram<double> SignDuration = Meter.CreateHistogram<double>("bridge_sign_duration_seconds");
    private static readonly Histogram<double> QuorumWait = Meter.CreateHistogram<double>("bridge_quorum_wait_seconds");

    public static void Observed(Lane lane, int count) => Locks.Add(count, new KeyValuePair<string, object?>("lane", lane.ToString()));

    public static void Bumped(ChainId chain) => Bumps.Add(1, new KeyValuePair<string, object?>("chain", chain.ToString()));

    public static void Reorganised(ChainId chain, ulong blocks) => ReorgDepth.Record(blocks, new KeyValuePair<string, object?>("chain", chain.ToString()));

    /// <param name="executions">Deliveries of one message that it lasts for.</param>
    public static void Wallet(ChainId chain, Address account, UInt128 wei, double executions)
    {
        KeyValuePair<string, object?>[] labels = [new("chain", chain.ToString()), new("account", account.ToString())];
        Balance.Record((double)wei, labels);
        Executions.Record(executions, labels);
    }

    public static void Signed(TimeSpan took) => SignDuration.Record(took.TotalSeconds);

    public static void Certified(Lane lane, TimeSpan waited) => QuorumWait.Record(waited.TotalSeconds, new KeyValuePair<string, object?>("lane", lane.ToString()));

    /// <param name="signer">Null where no member of the set signed it: strangers are counted together, or their number would be the number of labels.</param>
    /// <param name="outcome">What became of it, in one word.</param>
    public static void Judged(Address? signer, string outcome) =>
        Attestations.Add(1, new KeyValuePair<string, object?>("validator", signer?.ToString() ?? "none"), new KeyValuePair<string, object?>("outcome", outcome));
}

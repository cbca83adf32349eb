using System.Diagnostics.Metrics;
using Bridge.Core;

namespace Bridge.Relayer.Metrics;

/// <summary>What a relayer counts.</summary>
internal static class RelayerMeter
{
    private static readonly Meter Meter = new("Bridge.Relayer");

    private static readonly Counter<long> Attestations = Meter.CreateCounter<long>("bridge_attestations_total");

    /// <param name="signer">Null where no member of the set signed it: strangers are counted together, or their number would be the number of labels.</param>
    /// <param name="outcome">What became of it, in one word.</param>
    public static void Judged(Address? signer, string outcome) =>
        Attestations.Add(1, new KeyValuePair<string, object?>("validator", signer?.ToString() ?? "none"), new KeyValuePair<string, object?>("outcome", outcome));
}

namespace Bridge.Api.Directory;

/// <param name="Lane">As in /v1/lanes/{lane}: both chain ids with a colon between them.</param>
/// <param name="LaneId">keccak-256 identity, and the rolling hash before the first message.</param>
/// <param name="State">open, paused, halted, or closed where the two Bridges do not know each other.</param>
/// <param name="Reason">For every state but open.</param>
public sealed record LaneBody(
    string Lane, string LaneId, string Source, string Destination, string State, string? Reason, string? PausedUntil, LaneTimeBody? Eta, IReadOnlyList<LaneAssetBody> Assets);

/// <summary>From the block that sent to the block that paid.</summary>
public sealed record LaneTimeBody(double P50Seconds, double P95Seconds, string Basis);

/// <summary>Amounts are base units of the asset on the source. What can be sent and will be paid at once is the lesser of both buckets.</summary>
/// <param name="Min">The least fee, below which nothing can be sent; absent where the asset cannot be sent through this lane.</param>
/// <param name="Max">The most that both buckets can ever hold.</param>
/// <param name="Headroom">What both buckets hold now.</param>
/// <param name="AsOf">When the numbers were read.</param>
public sealed record LaneAssetBody(
    string AssetId, string Symbol, int Decimals, bool CanSend, string? Reason, string? Min, string? Max, string? Headroom, BucketBody? Send, BucketBody? Deliver,
    LargeTransferBody? Hold, MinimumFeeBody? Fees, string? AsOf);

/// <param name="RefillPerSecond">Base units, rounded down.</param>
/// <param name="FullAt">If nothing more is taken.</param>
public sealed record BucketBody(string Capacity, string Available, string RefillPerSecond, string? FullAt);

/// <summary>A larger transfer is delivered, and waits that long before it is paid.</summary>
public sealed record LargeTransferBody(string LargeTransferThreshold, long HoldSeconds);

/// <summary>The least fees: to oneself, to somebody else, and for a call.</summary>
public sealed record MinimumFeeBody(string Transfer, string TransferTo, string CallBase, string CallPerGas, string CallPerByte);

public sealed record LaneListBody(IReadOnlyList<LaneBody> Lanes);

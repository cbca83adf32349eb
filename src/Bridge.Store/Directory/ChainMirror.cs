using Bridge.Core;

namespace Bridge.Store;

/// <summary>A token bucket, in base units, as it stood when it was read.</summary>
/// <param name="Period">Seconds in which an empty bucket fills.</param>
public sealed record TokenBucket(UInt128 Capacity, UInt128 Available, long Period)
{
    /// <summary>When it is full again if nothing more is taken; null for a bucket that never fills.</summary>
    public DateTimeOffset? FullAt(DateTimeOffset readAt) => Capacity == 0 || Period == 0
        ? null
        : readAt.AddSeconds((double)(Capacity - Available) / (double)Capacity * Period);
}

/// <summary>Above the threshold, in base units, a delivered transfer is held for so many seconds.</summary>
public sealed record Hold(UInt128 Threshold, long Seconds);

/// <param name="IsOpen">Whether the chain's Bridge knows the other one.</param>
/// <param name="PausedUntil">Null while it runs.</param>
public sealed record LaneEnd(ChainId Other, bool IsOpen, DateTimeOffset? PausedUntil);

/// <summary>An asset on one chain.</summary>
/// <param name="Locked">Base units held for the other chains; 0 where the asset is minted.</param>
/// <param name="Inbound">What may be paid out of this Bridge, or minted here.</param>
/// <param name="Outbound">What may be sent from here; null where nothing limits it.</param>
public sealed record AssetMirrored(AssetId Asset, UInt128 Locked, TokenBucket Inbound, TokenBucket? Outbound, Hold? Hold, DateTimeOffset? PausedUntil);

/// <summary>The least fees for sending an asset to a chain, in base units of the asset.</summary>
public sealed record LaneFee(
    ChainId Destination, AssetId Asset, UInt128 Transfer, UInt128 TransferTo, UInt128 CallBase, UInt128 CallPerGas, UInt128 CallPerByte);

/// <summary>One chain at one of its blocks.</summary>
/// <param name="Name">As its operator calls it.</param>
/// <param name="Finality">"finalized", "safe" or "depth:N".</param>
/// <param name="PausedUntil">Until when everything stands still; null while it runs.</param>
/// <param name="BlockSeconds">Between two blocks, over the last hundred; null until there are as many.</param>
public sealed record ChainMirror(
    ChainId Chain, string Name, Address Bridge, Address Gateway, string Finality, string FeeModel, ulong HeadHeight, DateTimeOffset HeadTime,
    ulong FinalHeight, DateTimeOffset FinalTime, DateTimeOffset? PausedUntil, IReadOnlyList<LaneEnd> Lanes, IReadOnlyList<AssetMirrored> Assets,
    IReadOnlyList<LaneFee> Fees, double? BlockSeconds = null);

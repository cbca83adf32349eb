using Bridge.Core;

namespace Bridge.Evm;

/// <summary>A bucket of base units that fills again within so many seconds.</summary>
public sealed record LimitSetting(UInt128 Capacity, uint Period)
{
    public static readonly LimitSetting None = new(0, 0);

    internal object[] Abi => [Capacity, Period];
}

/// <summary>What a chain does with an asset; the numbers are the contract's.</summary>
public enum AssetMode
{
    Lock = 1,
    Mint = 2,
    Native = 3,
}

public static class AssetModes
{
    /// <summary>As in <see cref="BridgeAsset.Mode"/>.</summary>
    public static string Name(this AssetMode mode) => mode switch { AssetMode.Lock => "lock", AssetMode.Mint => "mint", _ => "native" };
}

/// <summary>Calldata of everything about a Bridge that can be changed: contracts/src/interfaces/IBridgeSettings.sol says who may.</summary>
public static class BridgeSettings
{
    private const string Fees = "(uint128,uint128,uint128,uint64,uint64)";

    private static readonly AbiFunction OpenLaneCall = new("openLane(uint256,address)");
    private static readonly AbiFunction RegisterAssetCall = new("registerAsset(uint32,address,uint8,(uint128,uint32))");
    private static readonly AbiFunction InboundLimitCall = new("setInboundLimit(uint32,(uint128,uint32))");
    private static readonly AbiFunction OutboundLimitCall = new("setOutboundLimit(uint32,(uint128,uint32))");
    private static readonly AbiFunction HoldCall = new("setHold(uint32,uint128,uint24)");
    private static readonly AbiFunction FeeBoundsCall = new($"setFeeBounds(uint32,uint256,{Fees},{Fees})");
    private static readonly AbiFunction PauseLaneCall = new("pauseLane(uint256)");
    private static readonly AbiFunction PauseAssetCall = new("pauseAsset(uint32)");
    private static readonly AbiFunction UnpauseCall = new("unpause()");
    private static readonly AbiFunction UnpauseLaneCall = new("unpauseLane(uint256)");
    private static readonly AbiFunction UnpauseAssetCall = new("unpauseAsset(uint32)");
    private static readonly AbiFunction RotateCall = new("rotate(address[],uint8,(uint64,uint256,bytes))");
    private static readonly AbiFunction ActivateRotationCall = new("activateRotation()");
    private static readonly AbiFunction CancelRotationCall = new("cancelRotation()");
    private static readonly AbiFunction EndOverlapCall = new("endOverlap()");
    private static readonly AbiFunction AnnounceHandoverCall = new("announceHandover(uint32,address)");
    private static readonly AbiFunction HandoverCall = new("handover(uint32)");
    private static readonly AbiFunction ExpectHandoverCall = new("expectHandover(uint32,address)");

    public static byte[] OpenLane(ChainId other, Address remoteBridge) => OpenLaneCall.Encode(other.Value, remoteBridge);

    public static byte[] RegisterAsset(AssetId asset, Address token, AssetMode mode, LimitSetting limit) => RegisterAssetCall.Encode(asset.Value, token, (int)mode, limit.Abi);

    public static byte[] InboundLimit(AssetId asset, LimitSetting limit) => InboundLimitCall.Encode(asset.Value, limit.Abi);

    public static byte[] OutboundLimit(AssetId asset, LimitSetting limit) => OutboundLimitCall.Encode(asset.Value, limit.Abi);

    /// <param name="seconds">Below 2^24.</param>
    public static byte[] Hold(AssetId asset, UInt128 threshold, uint seconds) => HoldCall.Encode(asset.Value, threshold, seconds);

    public static byte[] FeeBounds(AssetId asset, ChainId destination, FeeBounds bounds) =>
        FeeBoundsCall.Encode(asset.Value, destination.Value, Of(bounds.Lowest), Of(bounds.Highest));

    public static byte[] PauseLane(ChainId other) => PauseLaneCall.Encode(other.Value);

    public static byte[] PauseAsset(AssetId asset) => PauseAssetCall.Encode(asset.Value);

    public static byte[] Unpause() => UnpauseCall.Encode();

    public static byte[] UnpauseLane(ChainId other) => UnpauseLaneCall.Encode(other.Value);

    public static byte[] UnpauseAsset(AssetId asset) => UnpauseAssetCall.Encode(asset.Value);

    public static byte[] Rotate(ValidatorSet next, Certificate order) => RotateCall.Encode(
        next.Members.Cast<object>().ToArray(), next.Threshold, new object[] { order.Epoch.Value, order.Signers, order.Signatures });

    public static byte[] ActivateRotation() => ActivateRotationCall.Encode();

    public static byte[] CancelRotation() => CancelRotationCall.Encode();

    public static byte[] EndOverlap() => EndOverlapCall.Encode();

    public static byte[] AnnounceHandover(AssetId asset, Address successor) => AnnounceHandoverCall.Encode(asset.Value, successor);

    public static byte[] Handover(AssetId asset) => HandoverCall.Encode(asset.Value);

    public static byte[] ExpectHandover(AssetId asset, Address predecessor) => ExpectHandoverCall.Encode(asset.Value, predecessor);

    internal static object[] Of(MinimumFees fees) =>
        [fees.Transfer, fees.TransferTo, fees.CallBase, checked((ulong)fees.CallPerGas), checked((ulong)fees.CallPerByte)];
}

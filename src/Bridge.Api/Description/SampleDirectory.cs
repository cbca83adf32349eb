using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Description;

/// <summary>Two made-up chains with one asset between them, shown by the code that shows real ones.</summary>
internal static class SampleDirectory
{
    public static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static readonly ChainId Base = new(8453), Optimism = new(10);
    private static readonly Address Bridge = Address.Parse("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed");
    private static readonly Address Token = Address.Parse("0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359");

    public static DirectorySnapshot Snapshot { get; } = new(
        [Chain(Base, "base"), Chain(Optimism, "optimism")], [], [], [new Heartbeat("watch 8453", "ok", null, Now, Now)],
        [new AssetRow(Base, new AssetId(1), Token, "lock", "USDX", 6), new AssetRow(Optimism, new AssetId(1), Token, "mint", "bUSDX", 6)],
        [Limit(Base, 40_000_000_000), Limit(Optimism, 0)],
        [new LaneRow { SourceChain = Base, DestinationChain = Optimism, LaneId = Sample.Hash("lane") }], [End(Base, Optimism), End(Optimism, Base)],
        [new MinimumFeeRow { SourceChain = Base, DestinationChain = Optimism, AssetId = new AssetId(1), Transfer = 10_000, TransferTo = 12_000, CallBase = 20_000, CallPerGas = 1, CallPerByte = 2, SeenAt = Now }],
        [], [new CurrentSet(Optimism, Bridge, new Epoch(1), [Bridge, Token], 2)]);

    public static ArrivalTimes Times { get; } = new(200, 24.5, 61);

    private static ChainRow Chain(ChainId chain, string name) => new()
    {
        ChainId = chain, Name = name, Bridge = Bridge, Gateway = Token, Finality = "finalized", FeeModel = "op-stack", HeadHeight = 1_234_640,
        HeadTime = Now.AddSeconds(-2), FinalHeight = 1_234_600, FinalTime = Now.AddSeconds(-82), SeenAt = Now.AddSeconds(-1),
    };

    private static AssetLimitRow Limit(ChainId chain, UInt128 locked) => new()
    {
        ChainId = chain, AssetId = new AssetId(1), Locked = locked, InboundCapacity = 1_000_000_000_000, InboundAvailable = 940_000_000_000,
        InboundPeriod = 86_400, HoldThreshold = 500_000_000_000, HoldSeconds = 3_600, SeenAt = Now.AddSeconds(-1),
    };

    private static LaneEndRow End(ChainId chain, ChainId other) => new() { ChainId = chain, OtherChain = other, IsOpen = true, SeenAt = Now };
}

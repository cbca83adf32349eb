using System.Text.Json.Serialization;

namespace Bridge.Client;

public sealed record ChainList(IReadOnlyList<Chain> Chains);

/// <param name="Id">CAIP-2, such as eip155:8453.</param>
/// <param name="State">up, degraded, halted or paused.</param>
/// <param name="Reason">For every state but up.</param>
/// <param name="FeeModel">How the chain charges for gas: eip1559, op-stack, arbitrum or zk.</param>
public sealed record Chain(
    [property: JsonPropertyName("chain")] string Id, string Name, string State, string? Reason, DateTimeOffset? PausedUntil, Finality Finality, ChainHead Head,
    ChainContracts Contracts, ChainEndpoints Endpoints, string FeeModel);

/// <param name="Policy">finalized, safe or depth:N.</param>
/// <param name="LagSeconds">Age of the newest final block.</param>
public sealed record Finality(string Policy, ulong Height, long LagSeconds);

/// <param name="Latest">The newest block that a quorum of the relayer's endpoints agrees on.</param>
/// <param name="IndexedTo">The last block whose events are stored; null before there is one.</param>
/// <param name="LagSeconds">Age of the newest block.</param>
public sealed record ChainHead(ulong Latest, ulong? IndexedTo, long LagSeconds, DateTimeOffset SeenAt);

public sealed record ChainContracts(string Bridge, string Gateway);

/// <param name="Ok">How many of the relayer's endpoints are well.</param>
public sealed record ChainEndpoints(int Ok, int Total);

public sealed record AssetList(IReadOnlyList<Asset> Assets);

/// <param name="AssetId">The number by which every chain's Bridge knows the asset.</param>
public sealed record Asset(string AssetId, string Symbol, int Decimals, string Standard, IReadOnlyList<Representation> Representations);

/// <summary>What an asset is on one chain.</summary>
/// <param name="Asset">CAIP-19.</param>
/// <param name="Mode">lock on the asset's home chain, native if it is that chain's own coin, mint elsewhere.</param>
/// <param name="Locked">Base units held there for the other chains; null until it was read.</param>
/// <param name="PausedUntil">Null while it can be sent and paid out.</param>
public sealed record Representation(
    string Chain, string Asset, string Token, string Mode, string Symbol, int Decimals, UInt128? Locked, DateTimeOffset? PausedUntil);

/// <summary>After the schema of tokenlists.org.</summary>
public sealed record TokenList(string Name, DateTimeOffset Timestamp, TokenListVersion Version, IReadOnlyList<Token> Tokens);

public sealed record TokenListVersion(int Major, int Minor, int Patch);

public sealed record Token(ulong ChainId, string Address, string Name, string Symbol, int Decimals, TokenExtensions Extensions);

/// <param name="BridgeInfo">The same asset elsewhere, by chain id.</param>
public sealed record TokenExtensions(string AssetId, string Mode, IReadOnlyDictionary<string, TokenElsewhere> BridgeInfo);

public sealed record TokenElsewhere(string TokenAddress);

public sealed record LaneList(IReadOnlyList<Lane> Lanes);

/// <param name="Name">Both chain ids with a colon between them, such as 8453:10.</param>
/// <param name="LaneId">keccak-256 identity, and the rolling hash before the first message.</param>
/// <param name="State">open, paused, halted, or closed where the two Bridges do not know each other.</param>
/// <param name="Reason">For every state but open.</param>
public sealed record Lane(
    [property: JsonPropertyName("lane")] string Name, string LaneId, string Source, string Destination, string State, string? Reason, DateTimeOffset? PausedUntil,
    LaneTime? Eta, IReadOnlyList<LaneAsset> Assets);

/// <summary>From the block that sent to the block that paid.</summary>
/// <param name="Basis">Of what it was measured, such as "last 200 transfers".</param>
public sealed record LaneTime(double P50Seconds, double P95Seconds, string Basis);

/// <summary>Amounts are base units of the asset on the source.</summary>
/// <param name="Min">The least fee, below which nothing can be sent; null where the asset cannot be sent through this lane.</param>
/// <param name="Max">The most that both buckets can ever hold.</param>
/// <param name="Headroom">What both buckets hold now.</param>
/// <param name="AsOf">When the numbers were read.</param>
public sealed record LaneAsset(
    string AssetId, string Symbol, int Decimals, bool CanSend, string? Reason, UInt128? Min, UInt128? Max, UInt128? Headroom, Bucket? Send, Bucket? Deliver,
    LargeTransfer? Hold, MinimumFee? Fees, DateTimeOffset? AsOf);

/// <param name="RefillPerSecond">Base units, rounded down.</param>
/// <param name="FullAt">If nothing more is taken; null while it is full.</param>
public sealed record Bucket(UInt128 Capacity, UInt128 Available, UInt128 RefillPerSecond, DateTimeOffset? FullAt);

/// <summary>A larger transfer is delivered, and waits that long before it is paid.</summary>
public sealed record LargeTransfer(UInt128 LargeTransferThreshold, long HoldSeconds);

/// <summary>The least fees: to oneself, to somebody else, and for a call.</summary>
public sealed record MinimumFee(UInt128 Transfer, UInt128 TransferTo, UInt128 CallBase, UInt128 CallPerGas, UInt128 CallPerByte);

using System.Numerics;
using Bridge.Core;

namespace Bridge.Evm;

/// <summary>A lane as its source's Bridge stores it; sequence 0 and a zero hash where no lane is open.</summary>
public sealed record LaneState(Sequence Sequence, Hash32 RollingHash);

/// <summary>An asset as one chain's Bridge knows it.</summary>
/// <param name="Mode">"lock" on its home chain, or "native" if it is that chain's own coin; "mint" elsewhere.</param>
/// <param name="Token">Of a chain's own coin its wrapped form.</param>
/// <param name="Locked">Base units held for the other chains; 0 in mode mint.</param>
public sealed record BridgeAsset(AssetId Id, Address Token, string Mode, UInt128 Locked);

/// <summary>
/// The Bridge contract of one chain. Views at a height are agreed by the quorum; without a height they are one endpoint's latest state.
/// Every view throws <see cref="AbiException"/> when there is no Bridge at the address, and what <see cref="ChainClient"/> throws.
/// </summary>
public sealed partial class BridgeContract(ChainClient chain, Address address)
{
    private static readonly AbiFunction Send = new("send(uint256,uint32,address,uint128,uint128)", "(uint64,bytes32)");
    private static readonly AbiFunction Deliver = new("deliver(bytes32,uint64,bytes,(uint64,uint256,bytes))");
    private static readonly AbiFunction Retry = new("retry(bytes32,uint64,bytes)");
    private static readonly AbiFunction Outbound = new("outbound(uint256)", "(uint64,bytes32)");
    private static readonly AbiFunction Inbound = new("inbound(uint256)", "(bytes32)");
    private static readonly AbiFunction LaneId = new("laneId(uint256,uint256)", "(bytes32)");
    private static readonly AbiFunction Asset = new("asset(uint32)", "(address,uint8,uint128)");
    private static readonly AbiFunction ValidatorSet = new("validatorSet(uint64)", "(address[],uint8)");
    private static readonly AbiFunction Epoch = new("epoch()", "(uint64)");
    private static readonly AbiFunction Pause = new("pause()");
    private static readonly AbiFunction PausedUntil = new("pausedUntil(uint256,uint32)", "(uint64,uint64,uint64)");
    private static readonly AbiFunction Authority = new("authority()", "(address)");
    private static readonly AbiFunction Deferred = new("deferred(bytes32,uint64)", "(bytes32)");

    /// <summary>Bytes of token, mode and locked, the first fields of an asset; later versions of the Bridge append to them.</summary>
    private const int AssetLength = 96;

    public ChainClient Chain => chain;

    public Address Address => address;

    public static byte[] EncodeSend(ChainId destination, AssetId asset, Address recipient, UInt128 amount, UInt128 fee) =>
        Send.Encode(destination.Value, asset.Value, recipient, amount, fee);

    /// <param name="messages">The wire bytes of the messages from <paramref name="first"/> on, one behind the other.</param>
    public static byte[] EncodeDeliver(Hash32 laneId, Sequence first, byte[] messages, Certificate certificate) => Deliver.Encode(
        laneId, first.Value, messages, new object[] { certificate.Epoch.Value, certificate.Signers, certificate.Signatures });

    public static byte[] EncodeRetry(Hash32 laneId, Sequence sequence, byte[] message) => Retry.Encode(laneId, sequence.Value, message);

    /// <summary>Calldata that stops everything for three days, from an account with the role GUARDIAN.</summary>
    public static byte[] EncodePause() => Pause.Encode();

    /// <summary>The AccessManager that says who may do what.</summary>
    public async Task<Address> AuthorityAsync(ulong? height, CancellationToken ct) => (Address)(await ViewAsync(Authority, [], height, ct))[0];

    public async Task<LaneState> OutboundAsync(ChainId to, ulong? height, CancellationToken ct)
    {
        var state = await ViewAsync(Outbound, [to.Value], height, ct);
        return new LaneState(AbiValue.Sequence(state[0]), AbiValue.Hash(state[1]));
    }

    /// <summary>The same as <see cref="OutboundAsync"/>, proven against a block's hash instead of believed; null with the reason when no endpoint serves a proof.</summary>
    /// <exception cref="FalseProofException">Only proofs that do not verify were served.</exception>
    public async Task<(LaneState? State, string? WhyNot)> ProveOutboundAsync(ChainId to, BlockRef block, CancellationToken ct)
    {
        var proven = await chain.ProveStorageAsync(block, address, LaneSlots.Of(to), ct);
        return proven.Words is { } words ? (LaneSlots.Read(words[0], words[1]), null) : (null, proven.WhyNot);
    }

    /// <summary>The id of the last message delivered from a chain; the lane's id before the first, and zero where no lane is open.</summary>
    public async Task<Hash32> InboundAsync(ChainId from, ulong? height, CancellationToken ct) =>
        AbiValue.Hash((await ViewAsync(Inbound, [from.Value], height, ct))[0]);

    /// <exception cref="RpcException">Kind Reverted: no such lane is open here.</exception>
    public async Task<Hash32> LaneIdAsync(ChainId source, ChainId destination, CancellationToken ct) =>
        AbiValue.Hash((await ViewAsync(LaneId, [source.Value, destination.Value], null, ct))[0]);

    /// <summary>Null for an id that is not registered.</summary>
    public async Task<BridgeAsset?> AssetAsync(AssetId id, ulong? height, CancellationToken ct)
    {
        var data = await chain.CallAsync(address, Asset.Encode(id.Value), height, ct);
        var fields = Asset.DecodeResult(data.AsSpan(0, Math.Min(data.Length, AssetLength)));
        return (int)(BigInteger)fields[1] switch
        {
            0 => null,
            1 => new BridgeAsset(id, (Address)fields[0], "lock", (UInt128)(BigInteger)fields[2]),
            2 => new BridgeAsset(id, (Address)fields[0], "mint", (UInt128)(BigInteger)fields[2]),
            3 => new BridgeAsset(id, (Address)fields[0], "native", (UInt128)(BigInteger)fields[2]),
            var mode => throw new AbiException($"Asset {id} is in mode {mode}, which this version does not know."),
        };
    }

    public async Task<Epoch> EpochAsync(ulong? height, CancellationToken ct) =>
        new((ulong)(BigInteger)(await ViewAsync(Epoch, [], height, ct))[0]);

    /// <exception cref="RpcException">Kind Reverted: the Bridge does not know that epoch at that height.</exception>
    public async Task<ValidatorSet> ValidatorSetAsync(Epoch epoch, ulong? height, CancellationToken ct)
    {
        var set = await ViewAsync(ValidatorSet, [epoch.Value], height, ct);
        return new ValidatorSet(epoch, [.. ((object[])set[0]).Cast<Address>()], (int)(BigInteger)set[1]);
    }

    /// <summary>keccak-256 of the deferred message's bytes; zero when nothing is deferred at that sequence.</summary>
    public async Task<Hash32> DeferredAsync(Hash32 laneId, Sequence sequence, ulong? height, CancellationToken ct) =>
        AbiValue.Hash((await ViewAsync(Deferred, [laneId, sequence.Value], height, ct))[0]);

    private async Task<object[]> ViewAsync(AbiFunction view, object[] arguments, ulong? height, CancellationToken ct) =>
        view.DecodeResult(await chain.CallAsync(address, view.Encode(arguments), height, ct));
}

using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Chains;
using Bridge.Store;

namespace Bridge.Relayer.Oracle;

/// <summary>What transactions cost on a chain now.</summary>
public static class ChainReading
{
    private static readonly Address Nobody = Address.Parse("0x000000000000000000000000000000000000dEaD");

    public static async Task<ChainStateRow> ReadAsync(ChainLink link, CancellationToken ct)
    {
        var head = await link.Client.HeadAsync(ct);
        var tip = await link.Client.SuggestedPriorityFeeAsync(ct);
        var fees = new GasFees(checked(head.BaseFee + tip), tip);
        var data = SampleDelivery();
        // To nobody: a delivery of no real message would revert, and only the price of its bytes is asked for.
        var cost = await link.FeeModel.CostAsync(link.Client, Nobody, Nobody, data, 21_000 + (16 * (ulong)data.Length), fees, ct);
        return new ChainStateRow
        {
            ChainId = link.Id, Bridge = link.BridgeAddress, Intents = link.Intents, Permit2 = link.Intents is null ? null : link.Permit2,
            BaseFee = head.BaseFee, PriorityFee = tip, DataFee = cost.Data, Height = head.Height, BlockTime = head.Time, ReadAt = default,
        };
    }

    /// <summary>As many bytes as delivering one message with five signatures takes, none of which compresses.</summary>
    private static byte[] SampleDelivery()
    {
        var noise = Enumerable.Range(1, 16).SelectMany(n => Keccak256.Hash([(byte)n]).ToArray()).ToArray();
        return BridgeContract.EncodeDeliver(
            Keccak256.Hash(noise), new Sequence(1), noise[..MessageCodec.TransferToLength], new Certificate(new Epoch(1), 31, noise[..(5 * CompactSignature.Length)]));
    }
}

using System.Numerics;
using Bridge.Core;

namespace Bridge.Evm;

/// <summary>Gas, and besides it a fee for the data that goes to the layer below, taken from the balance. Source: OP Stack specification, GasPriceOracle.</summary>
public sealed class OpStackFeeModel : IFeeModel
{
    private static readonly Address Oracle = Address.Parse("0x420000000000000000000000000000000000000F");

    /// <summary>Of Fjord and later: for the size of an unsigned transaction that compresses badly.</summary>
    private static readonly AbiFunction UpperBound = new("getL1FeeUpperBound(uint256)", "(uint256)");
    private static readonly AbiFunction OfTransaction = new("getL1Fee(bytes)", "(uint256)");

    public async Task<DeliveryCost> CostAsync(ChainClient chain, Address from, Address to, byte[] data, ulong gasLimit, GasFees fees, CancellationToken ct)
    {
        // The nonce is not known yet; the largest stands for the longest.
        var unsigned = new Eip1559Transaction(chain.Chain, uint.MaxValue, fees, gasLimit, to, 0, data).Unsigned();
        var fee = await TryAsync(chain, UpperBound, new BigInteger(unsigned.Length), ct)
            ?? Read(OfTransaction, await chain.CallAsync(Oracle, OfTransaction.Encode(unsigned), null, ct));
        // The layer below may ask more by the time the transaction is included: by an eighth a block there.
        return DeliveryCost.Of(gasLimit, fees, checked(fee + (fee / 4)));
    }

    private static async Task<UInt128?> TryAsync(ChainClient chain, AbiFunction function, object argument, CancellationToken ct)
    {
        try
        {
            return Read(function, await chain.CallAsync(Oracle, function.Encode(argument), null, ct));
        }
        catch (RpcException e) when (e.Kind is RpcErrorKind.Reverted)
        {
            return null; // An oracle older than the function.
        }
    }

    private static UInt128 Read(AbiFunction function, byte[] result) => checked((UInt128)(BigInteger)function.DecodeResult(result)[0]);
}

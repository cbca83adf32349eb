using System.Numerics;
using Bridge.Core;

namespace Bridge.Evm;

/// <summary>
/// The data's share is part of the gas, bought at the same price, so the gas limit holds all; the share is told apart. Source: Arbitrum
/// documentation, NodeInterface, which a node answers without a contract being there.
/// </summary>
public sealed class ArbitrumFeeModel : IFeeModel
{
    private static readonly Address NodeInterface = Address.Parse("0x00000000000000000000000000000000000000C8");
    private static readonly AbiFunction L1Component = new("gasEstimateL1Component(address,bool,bytes)", "(uint64,uint256,uint256)");

    public async Task<DeliveryCost> CostAsync(ChainClient chain, Address from, Address to, byte[] data, ulong gasLimit, GasFees fees, CancellationToken ct)
    {
        var answer = L1Component.DecodeResult(await chain.CallAsync(NodeInterface, L1Component.Encode(to, false, data), null, ct));
        var dataGas = (ulong)(BigInteger)answer[0];
        // Below its own data's share a transaction is refused: the price rose since the estimate, and the next plan has a higher limit.
        return DeliveryCost.Of(gasLimit > dataGas ? gasLimit - dataGas : 0, fees, checked(dataGas * fees.MaxFee));
    }
}

using Bridge.Core;

namespace Bridge.Evm;

/// <summary>
/// Published bytes are paid for in gas at a price of their own, which a node of the ZKsync era estimates together with the execution. Source:
/// ZKsync documentation, zks_estimateFee. Chains with linea_estimateGas want "eip1559": there the data's share is in the fee per gas.
/// </summary>
public sealed class ZkFeeModel : IFeeModel
{
    public async Task<DeliveryCost> CostAsync(ChainClient chain, Address from, Address to, byte[] data, ulong gasLimit, GasFees fees, CancellationToken ct)
    {
        var estimated = await chain.EstimateZkGasAsync(from, to, data, ct);
        var published = estimated > gasLimit ? estimated - gasLimit : 0;
        return DeliveryCost.Of(gasLimit, fees, checked(published * fees.MaxFee));
    }
}

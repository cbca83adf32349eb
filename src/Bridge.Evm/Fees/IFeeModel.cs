using Bridge.Core;

namespace Bridge.Evm;

/// <summary>How a kind of chain charges for a transaction.</summary>
public interface IFeeModel
{
    /// <summary>What a call costs at most. The gas limit is one that eth_estimateGas of that chain led to.</summary>
    /// <exception cref="RpcException">The chain does not answer as its kind does: is Chains:…:FeeModel right?</exception>
    Task<DeliveryCost> CostAsync(ChainClient chain, Address from, Address to, byte[] data, ulong gasLimit, GasFees fees, CancellationToken ct);
}

/// <summary>The kinds by their names in the configuration.</summary>
public static class FeeModels
{
    private static readonly Dictionary<string, IFeeModel> ByName = new()
    {
        ["eip1559"] = new Eip1559FeeModel(), ["op-stack"] = new OpStackFeeModel(), ["arbitrum"] = new ArbitrumFeeModel(), ["zk"] = new ZkFeeModel(),
    };

    public static IEnumerable<string> Names => ByName.Keys;

    public static IFeeModel? Find(string name) => ByName.GetValueOrDefault(name);
}

/// <summary>Gas is all there is to pay. Source: EIP-1559.</summary>
public sealed class Eip1559FeeModel : IFeeModel
{
    public Task<DeliveryCost> CostAsync(ChainClient chain, Address from, Address to, byte[] data, ulong gasLimit, GasFees fees, CancellationToken ct) =>
        Task.FromResult(DeliveryCost.Of(gasLimit, fees));
}

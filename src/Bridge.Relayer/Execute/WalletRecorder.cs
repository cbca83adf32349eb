using Bridge.Core;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Hosting;
using Bridge.Relayer.Metrics;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Execute;

/// <summary>Measures what the executor's account on one chain has, and how many deliveries of one message it lasts for at the price of the moment.</summary>
public sealed class WalletRecorder(ChainLink chain, ExecutorKey key, DirectoryStore directory, ILogger<WalletRecorder> log) : Worker($"wallet {chain.Id}", directory, log)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    protected override async Task<string?> StepAsync(CancellationToken ct)
    {
        var fees = GasFees.For((await chain.Client.HeadAsync(ct)).BaseFee, await chain.Client.SuggestedPriorityFeeAsync(ct));
        var cost = await chain.FeeModel.CostAsync(chain.Client, key.Address, chain.BridgeAddress, [], DeliveryFee.GasAlone, fees, ct);
        var balance = await chain.Client.BalanceAsync(key.Address, ct);
        RelayerMeter.Wallet(chain.Id, key.Address, balance, cost.Total == 0 ? double.PositiveInfinity : (double)(balance / cost.Total));
        return null;
    }

    protected override Task WaitAsync(CancellationToken ct) => Task.Delay(Every, ct);
}

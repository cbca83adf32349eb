using System.Globalization;
using Bridge.Core;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Configuration;

namespace Bridge.Relayer.Doctor;

/// <summary>Whether an executor's account lasts, at today's price of gas and the price of a delivery of one message.</summary>
public sealed class FundsExamination(ChainLink chain, ExecutorOptions options) : IExamination
{
    public string Name => $"coin on {chain.Name}";

    public string Fix => $"Look at Bridge:Executor and at the endpoints of {chain.Name}";

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken ct)
    {
        using var signer = Keys.Open(options);
        var fees = GasFees.For((await chain.Client.HeadAsync(ct)).BaseFee, await chain.Client.SuggestedPriorityFeeAsync(ct));
        var cost = await chain.FeeModel.CostAsync(chain.Client, signer.Address, chain.BridgeAddress, [], DeliveryFee.GasAlone, fees, ct);
        var balance = await chain.Client.BalanceAsync(signer.Address, ct);
        var lasts = cost.Total == 0 ? UInt128.MaxValue : balance / cost.Total;
        var said = string.Create(CultureInfo.InvariantCulture, $"{signer.Address} has {balance} wei, {(lasts > 1_000_000 ? "more than 1000000" : lasts)} deliveries of one message at {fees.MaxFee} wei per gas");
        var fix = $"Send coin to {signer.Address} on {chain.Name}";
        return [lasts == 0 ? Finding.Bad(Name, said, fix) : lasts < (UInt128)options.LowWaterDeliveries ? Finding.Warning(Name, said, fix) : Finding.Good(Name, said)];
    }
}

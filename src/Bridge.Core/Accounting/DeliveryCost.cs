namespace Bridge.Core;

/// <summary>What a transaction costs at most, in wei.</summary>
/// <param name="Execution">The gas limit at the highest fee that it offers.</param>
/// <param name="Data">What the chain takes on top of that for publishing the transaction.</param>
public readonly record struct DeliveryCost(UInt128 Execution, UInt128 Data)
{
    public UInt128 Total => checked(Execution + Data);

    public static DeliveryCost Of(ulong gasLimit, GasFees fees, UInt128 data = default) => new(checked(gasLimit * fees.MaxFee), data);

    /// <summary>Why a transaction of this cost is not sent, and what to do about it; null if it may be.</summary>
    /// <param name="balance">The account's, in wei.</param>
    /// <param name="cap">Wei that one delivery may cost.</param>
    public string? Refusal(UInt128 balance, UInt128 cap) => this switch
    {
        _ when Total > cap => $"a delivery costs up to {Total} wei, more than Bridge:Executor:MaxCostGwei allows ({cap} wei); it waits for a cheaper block, or raise the limit",
        _ when Total > balance => $"a delivery costs up to {Total} wei and the account has {balance}; send it coin",
        _ => null,
    };
}

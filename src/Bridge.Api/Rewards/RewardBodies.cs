namespace Bridge.Api.Rewards;

/// <param name="Amount">Base units.</param>
public sealed record RewardFeeBody(string AssetId, string? Symbol, int? Decimals, string Amount);

/// <param name="Day">UTC.</param>
/// <param name="Account">The executor's.</param>
/// <param name="Transactions">Mined, with effect or without.</param>
/// <param name="EarnedWei">The fees in wei of the destination's coin, by the prices of their moment; fees without a price are left out.</param>
/// <param name="ProfitWei">Earned less spent; may be negative.</param>
/// <param name="Unpriced">Deliveries whose fees have no price.</param>
public sealed record RewardDayBody(
    string Lane, string Day, string Account, long Transactions, long Messages, IReadOnlyList<RewardFeeBody> Fees, string EarnedWei, string SpentWei, string ProfitWei, long Unpriced);

public sealed record RewardListBody(IReadOnlyList<RewardDayBody> Days, string AsOf);

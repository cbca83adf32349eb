using System.Globalization;
using System.Numerics;
using Bridge.Api.Directory;
using Bridge.Api.Limits;
using Bridge.Api.Problems;
using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Rewards;

/// <summary>What an executor of this organisation earned and spent, by lane and day.</summary>
internal static class RewardsEndpoint
{
    private static readonly TimeSpan Window = TimeSpan.FromDays(30);

    public static void MapRewards(this IEndpointRouteBuilder app) => app.MapGet("/v1/operators/{account}/rewards", ReadAsync).WithTags("Standing").WithName("ListRewards").Costly()
        .WithSummary("Fees earned, gas spent and what is left of an executor of this relayer, by lane and day, for the last 30 days.")
        .Produces<RewardListBody>().ProducesProblem(400).ProducesProblem(503);

    private static async Task<IResult> ReadAsync(string account, RewardStore rewards, DirectoryCache directory, TimeProvider time, HttpContext context, CancellationToken ct)
    {
        if (!Address.TryParse(account, out var address)) return ProblemKind.ValidationFailed.Result(context, "An account is 0x and 40 hex digits; in mixed case, its checksum must be right.");
        var now = time.GetUtcNow();
        return Results.Json(ToBody(await rewards.DaysAsync(now - Window, address, ct), await directory.ReadAsync(ct), now));
    }

    internal static RewardListBody ToBody(IEnumerable<RewardDay> days, DirectorySnapshot known, DateTimeOffset now) =>
        new([.. days.Select(day => ToBody(day, known))], Format.Time(now));

    private static RewardDayBody ToBody(RewardDay day, DirectorySnapshot known) => new(
        LaneMapper.Name(day.Lane), day.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), day.Account.ToString(), day.Transactions, day.Messages,
        [.. day.Fees.Select(fee => ToBody(fee, known.Asset(day.Lane.Source, fee.Asset)))],
        Format.Amount(day.EarnedWei), Format.Amount(day.SpentWei), ((BigInteger)day.EarnedWei - (BigInteger)day.SpentWei).ToString(CultureInfo.InvariantCulture), day.Unpriced);

    private static RewardFeeBody ToBody(FeeSum fee, AssetRow? asset) =>
        new(fee.Asset.ToString(), asset is null ? null : Format.Symbol(asset.Symbol), asset?.Decimals, Format.Amount(fee.Amount));
}

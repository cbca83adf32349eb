using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Bridge.Store;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Bridge.Relayer.Cli;

/// <summary>What this organisation's executors earn and spend.</summary>
internal static class RewardsCommand
{
    private const int MaxDays = 3650;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static Command Create()
    {
        var config = Common.Config();
        var days = new Option<int>("--days") { Description = $"Of how many, 1 to {MaxDays}. Default 30.", DefaultValueFactory = _ => 30 };
        var json = new Option<bool>("--json") { Description = "Print one JSON object for each lane, day and account." };
        return new Command("rewards", "Fees earned, gas spent and what is left, by lane and day (UTC).") { config, days, json }.Does((parsed, ct) => Common.WithStoreAsync(parsed.GetValue(config), async services =>
        {
            if (parsed.GetValue(days) is < 1 or > MaxDays) throw new UserException($"--days: 1 to {MaxDays}.");
            var rewards = await services.GetRequiredService<RewardStore>().DaysAsync(DateTimeOffset.UtcNow.AddDays(-parsed.GetValue(days)), null, ct);
            var tokens = (await services.GetRequiredService<DirectoryStore>().AssetsAsync(ct)).DistinctBy(asset => asset.Asset).ToDictionary(asset => asset.Asset);
            if (parsed.GetValue(json)) foreach (var day in rewards) Console.WriteLine(Line(day));
            else Show(rewards, tokens);
            return 0;
        }));
    }

    private static string Line(RewardDay day) => JsonSerializer.Serialize(new
    {
        lane = day.Lane.ToString(), day = Text(day.Day), account = day.Account.ToString(), day.Transactions, day.Messages, earnedWei = day.EarnedWei.ToString(CultureInfo.InvariantCulture),
        spentWei = day.SpentWei.ToString(CultureInfo.InvariantCulture), profitWei = Profit(day), day.Unpriced, fees = day.Fees.Select(fee => new { asset = fee.Asset.Value, amount = fee.Amount.ToString(CultureInfo.InvariantCulture) }),
    }, Json);

    private static void Show(IReadOnlyList<RewardDay> rewards, Dictionary<Core.AssetId, AssetRow> tokens)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("day", "lane", "account", "transactions", "messages", "fees", "earned (wei)", "spent (wei)", "profit (wei)");
        foreach (var day in rewards)
            table.AddRow(Text(day.Day), day.Lane.ToString(), day.Account.ToString(), Number(day.Transactions), Number(day.Messages), Markup.Escape(string.Join(", ", day.Fees.Select(fee => Fee(fee, tokens)))),
                day.EarnedWei.ToString(CultureInfo.InvariantCulture), day.SpentWei.ToString(CultureInfo.InvariantCulture), Profit(day));
        AnsiConsole.Write(table);
        if (rewards.Sum(day => day.Unpriced) is > 0 and var unpriced) Console.WriteLine($"{unpriced} deliveries earned fees that have no price, and count as nothing: give Bridge:Oracle:Prices.");
    }

    private static string Fee(FeeSum fee, Dictionary<Core.AssetId, AssetRow> tokens) =>
        tokens.TryGetValue(fee.Asset, out var token) ? $"{fee.Amount} base units of {token.Symbol}" : $"{fee.Amount} base units of asset {fee.Asset}";

    private static string Profit(RewardDay day) => ((System.Numerics.BigInteger)day.EarnedWei - (System.Numerics.BigInteger)day.SpentWei).ToString(CultureInfo.InvariantCulture);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}

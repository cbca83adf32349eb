using System.CommandLine;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Bridge.Core;
using Bridge.Store;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Bridge.Relayer.Cli;

/// <summary>A validator's double entry, and the one way to sign again where it does not balance.</summary>
internal static class LedgerCommand
{
    public static Command Create() => new("ledger", "Double entry of each asset on each chain, as this validator reads it.") { List(), Accept() };

    private static Command List()
    {
        var config = Common.Config();
        var json = new Option<bool>("--json") { Description = "Print the accounts as JSON, one object a line." };
        return new Command("list", "Every account: what messages explain, and what the chain has. Exit code 1 if one does not balance.") { config, json }
            .Does((parsed, ct) => Common.WithStoreAsync(parsed.GetValue(config), async services =>
            {
                var accounts = await services.GetRequiredService<LedgerStore>().AccountsAsync(ct);
                if (parsed.GetValue(json)) foreach (var account in accounts) Console.WriteLine(Json(account));
                else AnsiConsole.Write(Table(accounts));
                return accounts.Any(account => account.BrokenSince is not null) ? Common.Failed : 0;
            }));
    }

    private static Command Accept()
    {
        var (config, by, why) = (Common.Config(), Common.By(), Common.Why("What was found out, and why signing may go on; written down."));
        var chain = new Option<ulong>("--chain") { Required = true, Description = "Id of the chain whose account does not balance." };
        var asset = new Option<uint>("--asset") { Required = true, Description = "Id of the asset." };
        var amount = new Option<string>("--amount") { Required = true, Description = "Up to how much unexplained is accepted, in base units; 0 takes back what was accepted." };
        return new Command("accept", "Accepts what is unexplained up to an amount, and signs again, here alone: every organisation decides for itself.") { config, chain, asset, amount, by, why }
            .Does((parsed, ct) => Common.WithStoreAsync(parsed.GetValue(config), async services =>
            {
                var (where, which) = (new ChainId(parsed.GetValue(chain)), new AssetId(parsed.GetValue(asset)));
                if (!BigInteger.TryParse(parsed.GetValue(amount), NumberStyles.None, CultureInfo.InvariantCulture, out var units))
                    throw new UserException($"--amount: '{parsed.GetValue(amount)}' is no whole number of base units.");
                if (!await services.GetRequiredService<LedgerStore>().AcceptAsync(where, which, units, parsed.GetValue(by)!.Trim(), parsed.GetValue(why)!.Trim(), ct))
                    throw new UserException($"There is no account of asset {which} on chain {where}. See 'bridge ledger list'.");
                Console.WriteLine($"Up to {units} base units of asset {which} on chain {where} may be unexplained from now on.");
                return 0;
            }));
    }

    private static Table Table(IReadOnlyList<LedgerAccountRow> accounts)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("asset", "chain", "block", "arrived", "sent", "held", "unexplained", "accepted", "broken since");
        foreach (var row in accounts)
            table.AddRow([
                row.AssetId.ToString(), $"{row.ChainId}{(row.IsHome ? " (home)" : "")}", $"{row.Height}", $"{row.Arrived}", $"{row.Sent}", $"{row.Held}", $"{row.Unexplained}", $"{row.Accepted}",
                row.BrokenSince?.ToString("u", CultureInfo.InvariantCulture) ?? ""]);
        return table;
    }

    private static string Json(LedgerAccountRow row) => JsonSerializer.Serialize(new
    {
        asset = row.AssetId.ToString(), chain = row.ChainId.Value, isHome = row.IsHome, block = row.Height, blockHash = row.BlockHash.ToString(),
        arrived = $"{row.Arrived}", sent = $"{row.Sent}", held = $"{row.Held}", unexplained = $"{row.Unexplained}", accepted = $"{row.Accepted}", brokenSince = row.BrokenSince,
    });
}

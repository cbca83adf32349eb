using System.CommandLine;
using System.Globalization;
using Bridge.Core;
using Bridge.Relayer.Configuration;
using Bridge.Store;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Bridge.Relayer.Cli;

/// <summary>Lanes that stand still, and the one way to let one go on.</summary>
internal static class LanesCommand
{
    public static Command Create() => new("lanes", "Lanes, and why one stands still.") { List(), Resume() };

    private static Command List()
    {
        var config = Common.Config();
        return new Command("list", "Every lane, and the reason of one that is halted.") { config }.Does((parsed, ct) => WithStoreAsync(parsed.GetValue(config), async services =>
        {
            var halts = (await services.GetRequiredService<HaltStore>().AllAsync(ct)).ToDictionary(halt => halt.Lane);
            var table = new Table().Border(TableBorder.Rounded).AddColumns("lane", "state", "since", "reason");
            foreach (var lane in await services.GetRequiredService<TransferStore>().LanesAsync(ct))
                table.AddRow(lane.ToString(), halts.ContainsKey(lane) ? "halted" : "runs", halts.GetValueOrDefault(lane)?.At.ToString("u", CultureInfo.InvariantCulture) ?? "", Markup.Escape(halts.GetValueOrDefault(lane)?.Reason ?? ""));
            AnsiConsole.Write(table);
            return halts.Count == 0 ? 0 : Common.Failed;
        }));
    }

    private static Command Resume()
    {
        var config = Common.Config();
        var lane = new Option<string>("--lane") { Required = true, Description = "Ids of source and destination chain, as 1:10." };
        var by = new Option<string>("--by") { Required = true, Description = "Who decides it; written down." };
        var why = new Option<string>("--why") { Required = true, Description = "What was found out, and why the lane may go on; written down." };
        return new Command("resume", "Lets a halted lane go on, here alone: every organisation decides for itself.") { config, lane, by, why }
            .Does((parsed, ct) => WithStoreAsync(parsed.GetValue(config), async services =>
            {
                var (which, who, reason) = (Parse(parsed.GetValue(lane)!), parsed.GetValue(by)!.Trim(), parsed.GetValue(why)!.Trim());
                if (who.Length == 0 || reason.Length == 0) throw new UserException("--by and --why must say something: they are kept for ever.");
                var halts = services.GetRequiredService<HaltStore>();
                if (await halts.CurrentAsync(which, ct) is not { } halt) throw new UserException($"Lane {which} is not halted.");
                await halts.ResumeAsync(which, who, reason, ct);
                Console.WriteLine($"Lane {which} goes on. It was halted since {halt.At:u}: {halt.Reason}");
                return 0;
            }));
    }

    private static Lane Parse(string text) =>
        text.Split(':') is [var source, var destination]
        && ulong.TryParse(source, NumberStyles.None, CultureInfo.InvariantCulture, out var from) && ulong.TryParse(destination, NumberStyles.None, CultureInfo.InvariantCulture, out var to)
            ? new Lane(new ChainId(from), new ChainId(to))
            : throw new UserException($"--lane: '{text}' is not of the form SOURCE:DESTINATION, such as 1:10.");

    internal static async Task<int> WithStoreAsync(string? config, Func<IServiceProvider, Task<int>> act)
    {
        var database = ConfigurationLoader.Read(config)[$"{ConfigurationLoader.Section}:{nameof(BridgeOptions.Database)}"];
        if (string.IsNullOrEmpty(database)) throw new UserException("Bridge:Database: missing. Give a Npgsql connection string, by the environment as Bridge__Database if it has a password.");
        await using var services = new ServiceCollection().AddBridgeStore(database).BuildServiceProvider();
        return await act(services);
    }
}

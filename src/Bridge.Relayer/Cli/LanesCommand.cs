using System.CommandLine;
using System.Globalization;
using Bridge.Core;
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
        return new Command("list", "Every lane, and the reason of one that is halted. Exit code 1 if one is.") { config }.Does((parsed, ct) => Common.WithStoreAsync(parsed.GetValue(config), async services =>
        {
            var halts = (await services.GetRequiredService<HaltStore>().AllAsync(ct)).ToDictionary(halt => halt.Lane);
            var table = new Table().Border(TableBorder.Rounded).AddColumns("lane", "state", "since", "reason");
            foreach (var lane in await services.GetRequiredService<TransferStore>().LanesAsync(ct))
                table.AddRow(lane.ToString(), halts.GetValueOrDefault(lane)?.Code ?? "runs", halts.GetValueOrDefault(lane)?.At.ToString("u", CultureInfo.InvariantCulture) ?? "", Markup.Escape(halts.GetValueOrDefault(lane)?.Reason ?? ""));
            AnsiConsole.Write(table);
            return halts.Count == 0 ? 0 : Common.Failed;
        }));
    }

    private static Command Resume()
    {
        var (config, by, why) = (Common.Config(), Common.By(), Common.Why("What was found out, and why the lane may go on; written down."));
        var lane = new Option<string>("--lane") { Required = true, Description = "Ids of source and destination chain, as 1:10." };
        return new Command("resume", "Lets a halted lane go on, here alone: every organisation decides for itself.") { config, lane, by, why }
            .Does((parsed, ct) => Common.WithStoreAsync(parsed.GetValue(config), async services =>
            {
                var which = Parse(parsed.GetValue(lane)!);
                var halts = services.GetRequiredService<HaltStore>();
                if (await halts.CurrentAsync(which, ct) is not { } halt) throw new UserException($"Lane {which} is not halted.");
                await halts.ResumeAsync(which, parsed.GetValue(by)!.Trim(), parsed.GetValue(why)!.Trim(), ct);
                Console.WriteLine($"Lane {which} goes on. It was halted since {halt.At:u}: {halt.Reason}");
                return 0;
            }));
    }

    private static Lane Parse(string text) =>
        text.Split(':') is [var source, var destination]
        && ulong.TryParse(source, NumberStyles.None, CultureInfo.InvariantCulture, out var from) && ulong.TryParse(destination, NumberStyles.None, CultureInfo.InvariantCulture, out var to)
            ? new Lane(new ChainId(from), new ChainId(to))
            : throw new UserException($"--lane: '{text}' is not of the form SOURCE:DESTINATION, such as 1:10.");
}

using System.CommandLine;
using System.Globalization;
using Bridge.Core;
using Bridge.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Relayer.Cli;

/// <summary>Lanes that stand still, and the one way to let one go on.</summary>
internal static class LanesCommand
{
    private sealed record Line(Lane Lane, string State, DateTimeOffset? Since, string? Reason);

    public static Command Create() => new("lanes", "Lanes, and why one stands still.") { List(), Pause(), Resume() };

    private static Command List()
    {
        var (config, json) = (Common.Config(), Rows.Json());
        return new Command("list", "Every lane, and the reason of one that is halted. Exit code 1 if one is.") { config, json }.Does((parsed, ct) => Common.WithStoreAsync(parsed.GetValue(config), async services =>
        {
            var halts = (await services.GetRequiredService<HaltStore>().AllAsync(ct)).ToDictionary(halt => halt.Lane);
            var lanes = await services.GetRequiredService<TransferStore>().LanesAsync(ct);
            Rows.Print(lanes.Select(lane => halts.TryGetValue(lane, out var halt) ? new Line(lane, halt.Code, halt.At, halt.Reason) : new Line(lane, "runs", null, null)), parsed.GetValue(json));
            return halts.Count == 0 ? 0 : Common.Failed;
        }));
    }

    private static Command Pause()
    {
        var (config, by, why) = (Common.Config(), Common.By(), Common.Why("Why; written down."));
        var lane = new Option<string>("--lane") { Required = true, Description = "Ids of source and destination chain, as 1:10." };
        return new Command("pause", "Has this organisation sign and deliver nothing for a lane, until 'resume'. Others go on; on chain, a guardian closes it.") { config, lane, by, why }
            .Does((parsed, ct) => Common.WithStoreAsync(parsed.GetValue(config), async services =>
            {
                var which = Parse(parsed.GetValue(lane)!);
                var halts = services.GetRequiredService<HaltStore>();
                if (await halts.CurrentAsync(which, ct) is { } halt) throw new UserException($"Lane {which} stands still already, since {halt.At:u}: {halt.Reason}");
                await halts.HaltAsync(which, HaltCodes.OperatorPause, $"paused by {parsed.GetValue(by)!.Trim()}: {parsed.GetValue(why)!.Trim()}", ct);
                Console.WriteLine($"Lane {which} stands still here, until 'bridge lanes resume'.");
                return 0;
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

    internal static Lane Parse(string text) =>
        text.Split(':') is [var source, var destination]
        && ulong.TryParse(source, NumberStyles.None, CultureInfo.InvariantCulture, out var from) && ulong.TryParse(destination, NumberStyles.None, CultureInfo.InvariantCulture, out var to)
            ? new Lane(new ChainId(from), new ChainId(to))
            : throw new UserException($"--lane: '{text}' is not of the form SOURCE:DESTINATION, such as 1:10.");
}

using System.CommandLine;
using Bridge.Core;
using Bridge.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Relayer.Cli;

/// <summary>Every change of every transfer as it comes.</summary>
internal static class ListenCommand
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>A change gets its number before its commit: what is committed late has a number below others that were told already.</summary>
    private const long Late = 1000;

    private sealed record Line(DateTimeOffset At, Lane Lane, Sequence Sequence, Hash32 Transfer, string? From, string To, string? Detail);

    public static Command Create()
    {
        var (config, json) = (Common.Config(), Rows.Json());
        var lane = new Option<string?>("--lane") { Description = "This one alone: ids of source and destination chain, as 1:10." };
        var count = new Option<int>("--count") { Description = "End after so many. Default 0: only when told to.", DefaultValueFactory = _ => 0 };
        return new Command("listen", "Prints every change of every transfer as it comes.") { config, lane, count, json }.Does((parsed, ct) => Common.WithStoreAsync(parsed.GetValue(config), async services =>
        {
            Lane? wanted = parsed.GetValue(lane) is { } text ? LanesCommand.Parse(text) : null;
            var feed = services.GetRequiredService<FeedQueries>();
            var (newest, left, told) = ((await feed.HeadAsync(ct)).Newest, parsed.GetValue(count), new SortedSet<long>());
            var first = newest + 1;
            await Console.Error.WriteLineAsync("listening");
            while (true)
            {
                foreach (var item in await feed.ReadAsync(Math.Max(first, newest - Late) - 1, long.MaxValue, ct))
                {
                    if (!told.Add(item.Transition.Id)) continue;
                    newest = Math.Max(newest, item.Transition.Id);
                    if (wanted is { } only && item.Lane != only) continue;
                    Print(new Line(item.Transition.At, item.Lane, item.Sequence, item.MessageId, item.Transition.From, item.Transition.To, item.Transition.Detail), parsed.GetValue(json));
                    if (--left == 0) return 0;
                }
                told.RemoveWhere(id => id < newest - Late);
                await Task.Delay(Every, ct);
            }
        }));
    }

    private static void Print(Line line, bool json)
    {
        if (json) Rows.Print([line], json: true);
        else Console.WriteLine($"{line.At:u} lane {line.Lane}, {line.Sequence}: {line.From ?? "nothing"} to {line.To}{(line.Detail is null ? "" : $" ({line.Detail})")} {line.Transfer}");
    }
}

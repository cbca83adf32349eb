using System.CommandLine;
using System.Globalization;
using Bridge.Core;
using Bridge.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Relayer.Cli;

/// <summary>Has everything that was not executed looked at again: every stored fact is applied, and every role of this organisation is rung for.</summary>
internal static class ClearCommand
{
    private sealed record Line(Hash32 Transfer, Lane Lane, Sequence Sequence, DateTimeOffset Since, TransferStatus Before, TransferStatus After);

    public static Command Create()
    {
        var (config, json) = (Common.Config(), Rows.Json());
        var lane = new Option<string?>("--lane") { Description = "This one alone: ids of source and destination chain, as 1:10." };
        var since = new Option<string?>("--since") { Description = "Only list what was sent at or after this time, as 2026-01-31T12:00:00Z." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would change; write and ring nothing." };
        return new Command("clear", "Applies every stored fact again to what is not executed, and rings for it. Blocks that hide something are read again by 'backfill'. Exit code 0 when that is done.") { config, lane, since, dryRun, json }
            .Does((parsed, ct) => Common.WithStoreAsync(parsed.GetValue(config), async services =>
            {
                var (queries, transfers, dry) = (services.GetRequiredService<TransferQueries>(), services.GetRequiredService<TransferStore>(), parsed.GetValue(dryRun));
                Lane? only = parsed.GetValue(lane) is { } text ? LanesCommand.Parse(text) : null;
                var before = await UnexecutedAsync(queries, only, Time(parsed.GetValue(since)), ct);
                await using var shared = await services.GetRequiredService<RunLock>().TryShareAsync(ct) ?? throw new UserException("A rebuild runs on this database. It reads everything again.");
                var moved = 0;
                foreach (var one in (await transfers.LanesAsync(ct)).Where(one => only is null || one == only)) moved += await transfers.ReconcileAsync(one, dry, ct);
                if (!dry) await services.GetRequiredService<ErrandIntake>().RingAsync(ct);
                var lines = new List<Line>();
                foreach (var view in before) lines.Add(new Line(view.MessageId, view.Lane, view.Sequence, view.CreatedAt, view.Status, (await queries.ByIdAsync(view.MessageId, ct))!.Status));
                Rows.Print(lines, parsed.GetValue(json));
                if (!parsed.GetValue(json)) Console.WriteLine($"{before.Count} are not executed; {moved} {(dry ? "would be moved on. Nothing was changed" : "were moved on, and every role was rung for")}.");
                return 0;
            }));
    }

    private static async Task<IReadOnlyList<TransferView>> UnexecutedAsync(TransferQueries queries, Lane? lane, DateTimeOffset? since, CancellationToken ct)
    {
        var (all, next) = (new List<TransferView>(), (PageKey?)null);
        do
        {
            var page = await queries.ListAsync(new TransferFilter(Source: lane?.Source, Destination: lane?.Destination, Statuses: PublicStatus.Underway) { From = since }, next, TransferQueries.MaxLimit, ct);
            all.AddRange(page.Transfers);
            next = page.Next;
        }
        while (next is not null);
        return all;
    }

    private static DateTimeOffset? Time(string? text) => text is null ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : throw new UserException($"--since: '{text}' is not a time, such as 2026-01-31T12:00:00Z.");
}

using System.CommandLine;
using Bridge.Core;
using Bridge.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Relayer.Cli;

internal static class HoldListVerb
{
    public static Command Create()
    {
        var (config, json) = (Common.Config(), Rows.Json());
        var lane = new Option<string?>("--lane") { Description = "This one alone: ids of source and destination chain, as 1:10." };
        var limit = new Option<int>("--limit") { Description = $"At most so many of each kind, 1 to {TransferQueries.MaxLimit}. Default 200.", DefaultValueFactory = _ => 200 };
        return new Command("list", "What is held, or was delivered without effect: why, until when, and who can act. Exit code 1 if anything is.") { config, lane, limit, json }
            .Does((parsed, ct) => Common.WithStoreAsync(parsed.GetValue(config), async services =>
            {
                if (parsed.GetValue(limit) is < 1 or > TransferQueries.MaxLimit) throw new UserException($"--limit: 1 to {TransferQueries.MaxLimit}.");
                Lane? wanted = parsed.GetValue(lane) is { } text ? LanesCommand.Parse(text) : null;
                var held = await ReadAsync(services, wanted, parsed.GetValue(limit), ct);
                Rows.Print(held, parsed.GetValue(json));
                return held.Count == 0 ? 0 : Common.Failed;
            }));
    }

    private static async Task<IReadOnlyList<HeldTransfer>> ReadAsync(IServiceProvider services, Lane? lane, int limit, CancellationToken ct)
    {
        var queries = services.GetRequiredService<TransferQueries>();
        var all = new TransferFilter(Source: lane?.Source, Destination: lane?.Destination);
        var deferred = await queries.ListAsync(all with { Statuses = [TransferStatus.Deferred] }, null, limit, ct);
        var stopped = await queries.ListAsync(
            all with { Held = true, Statuses = PublicStatus.Underway }, null, limit, ct);
        var directory = await services.GetRequiredService<DirectoryQueries>().ReadAsync(ct);
        return [.. deferred.Transfers.Concat(stopped.Transfers).Select(view => HeldTransfer.Of(view, directory, DateTimeOffset.UtcNow))];
    }
}

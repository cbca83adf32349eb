using Bridge.Audit;
using Bridge.Core;
using Bridge.Relayer.Bus;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Cli;
using Bridge.Relayer.Configuration;
using Bridge.Relayer.Hosting;
using Bridge.Store;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Rebuild;

/// <param name="Lines">Of the history that was read.</param>
public sealed record RebuildResult(int Lines, IReadOnlyList<HistoryDifference> Differences);

/// <summary>
/// Reads the history again beside what is stored, compares both, and puts what differs right in one commit. What the chains cannot say is kept:
/// orphans, conflicting messages, halts, attestations, certificates, signing logs, submissions, and the moments at which rows that were right were written.
/// </summary>
public sealed class Rebuilder(BridgeOptions options, HeldRunLock alone)
{
    /// <exception cref="UserException">The database belongs to other contracts, or a final block vanished. Nothing was changed.</exception>
    public async Task<RebuildResult> RunAsync(bool dryRun, CancellationToken ct)
    {
        await using var stored = new ServiceCollection().AddBridgeStore(options.Database).BuildServiceProvider();
        var before = await HistoryExport.ReadAsync(options.Database, ct);
        await SideSchema.CreateAsync(alone, ct);
        try
        {
            var side = SideSchema.ConnectionString(options.Database);
            await ReadAsync(side, await CursorsAsync(stored, ct), ct);
            var read = await HistoryExport.ReadAsync(side, ct);
            var differences = Histories.Compare(before, read);
            if (differences.FirstOrDefault(d => d is { Kind: HistoryKind.Lane, Stored: not null, Read: not null }) is { } foreign)
                throw new UserException($"This database belongs to other Bridge contracts than Bridge:Chains names: {foreign}");
            if (!dryRun) await ReplaceAsync(stored, differences, read, ct);
            return new RebuildResult(read.Count, differences);
        }
        finally
        {
            await SideSchema.TryDropAsync(alone);
        }
    }

    private async Task ReadAsync(string side, IReadOnlyDictionary<ChainId, Cursor> until, CancellationToken ct)
    {
        // No role and no broker: nobody is to hear of what is read a second time.
        var quiet = options with { Database = side, Roles = [], Bus = new BusOptions() };
        await using var services = new ServiceCollection().AddSingleton(quiet).AddSingleton(TimeProvider.System)
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace))
            .AddBridgeStore(side).AddBus(quiet).AddChains(quiet).AddReaders().AddSingleton<HistoryReader>().BuildServiceProvider();
        var bus = services.GetRequiredService<BusKeeper>();
        await bus.StartAsync(ct);
        await services.GetRequiredService<HistoryReader>().ReadAsync(until, ct);
        await bus.StopAsync(ct);
    }

    private async Task ReplaceAsync(IServiceProvider stored, IReadOnlyList<HistoryDifference> differences, IReadOnlyList<HistoryLine> read, CancellationToken ct)
    {
        var wrong = differences.Where(d => d.Kind is HistoryKind.Message).Select(d => Hash32.Parse(d.Key)).ToList();
        await HistorySwap.ReplaceAsync(alone, wrong, async connection =>
        {
            if (Histories.Compare(await HistoryExport.ReadAsync(connection, ct), read) is [var first, ..])
                throw new UserException($"What would be stored is not what was read, so nothing was changed. Does a trigger of this database change rows? {first}");
        }, ct);
        // Certificates that are kept count again for what is underway.
        await stored.GetRequiredService<TransferStore>().ReconcileAsync(ct);
    }

    private static async Task<IReadOnlyDictionary<ChainId, Cursor>> CursorsAsync(IServiceProvider stored, CancellationToken ct) =>
        (await stored.GetRequiredService<ChainStore>().CursorsAsync(ct)).ToDictionary(cursor => cursor.Chain);
}

using Bridge.Evm;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Configuration;
using Bridge.Relayer.Watch;
using Bridge.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Relayer.Cli;

/// <summary>Final blocks of a chain, read again as its watcher reads them: from as many endpoints as must agree, and in front of the same checks.</summary>
/// <param name="final">The last one; above it the watcher reads again by itself what does not fit.</param>
internal sealed class FinalBlocks(ChainLink link, FactReader reader, ChainStore store, ulong readTo, ulong final)
{
    public ChainLink Link => link;
    public ulong ReadTo => readTo;
    public ulong Final => final;

    /// <summary>Runs beside nodes, but not beside a rebuild.</summary>
    public static Task<int> OpenAsync(string? config, string chain, Func<FinalBlocks, IServiceProvider, Task<int>> act, CancellationToken ct) => Common.WithStoreAsync(config, async services =>
    {
        using var http = RpcHttp.CreateClient();
        var chains = new ChainSet(ConfigurationLoader.LoadChains(ConfigurationLoader.Read(config)), http);
        var link = Common.Chain(chains, chain);
        await RunCommand.RequireCurrentSchemaAsync(services.GetRequiredService<Migrator>(), ct);
        await using var shared = await services.GetRequiredService<RunLock>().TryShareAsync(ct) ?? throw new UserException("A rebuild runs on this database. It reads everything again.");
        await link.Client.ConnectAsync(ct);
        var store = services.GetRequiredService<ChainStore>();
        if (await store.CursorAsync(link.Id, ct) is not { Finalized: { } final } cursor) throw new UserException($"Nothing of chain {link.Id} is final in this database yet: a node with the role watch reads it.");
        return await act(new FinalBlocks(link, new FactReader(chains, services.GetRequiredService<TransferStore>()), store, cursor.At.Height, final.Height), services);
    });

    /// <param name="from">At least 1.</param>
    /// <param name="to">At most <see cref="Final"/>.</param>
    public async Task<Backfilled> ReadAsync(ulong from, ulong to, bool dryRun, CancellationToken ct)
    {
        var (known, missing) = (0, new List<string>());
        while (from <= to)
        {
            var last = Math.Min(to, from + (ulong)link.Options.MaxLogRange - 1);
            var below = (await link.Client.BlockAsync(from - 1, ct)).Ref;
            var found = await store.BackfillAsync(await reader.ReadAsync(link, below, last, last, ct), dryRun, ct);
            known += found.Facts;
            missing.AddRange(found.Missing);
            from = last + 1;
        }
        return new Backfilled(known, missing);
    }
}

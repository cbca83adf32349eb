using Bridge.Benchmarks.Reading;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Watch;
using Bridge.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Benchmarks.Validator;

/// <summary>A chain read as its watcher reads it while every block is new: each is stored and made final before the next one is looked at.</summary>
internal sealed class BlockByBlock(IServiceProvider services, ChainLink link)
{
    private readonly ChainStore _store = services.GetRequiredService<ChainStore>();
    private readonly FactReader _reader = services.GetRequiredService<FactReader>();
    private readonly FinalityStep _finality = services.GetRequiredService<FinalityStep>();

    /// <param name="then">What is done after each block.</param>
    public async Task ReadAsync(Func<Task>? then = null)
    {
        var (cursor, final) = (await Readers.BeginAsync(services, link), await link.FinalAsync(default));
        while (cursor.At.Height < final.Height)
        {
            var facts = await _reader.ReadAsync(link, cursor.At, cursor.At.Height + 1, final.Height, default);
            await _store.RecordAsync(facts, default);
            cursor = (await _store.CursorAsync(link.Id, default))!;
            await _finality.AdvanceAsync(link, cursor, await link.Client.BlockAsync(cursor.At.Height, default), default);
            if (then is not null) await then();
        }
    }
}

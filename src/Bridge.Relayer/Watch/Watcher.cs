using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Bus;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Hosting;
using Bridge.Relayer.Metrics;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Watch;

/// <summary>Follows one chain: logs become rows, and the cursor moves in the same commit.</summary>
public sealed class Watcher(
    ChainLink link, ChainSet chains, ChainStore store, FactReader reader, FinalityStep finality, Reorganizer reorganizer, Ringer ringer,
    DirectoryStore directory, ILogger<Watcher> log)
    : Worker($"watch {link.Id}", directory, log)
{
    private readonly Rereading _rereading = new(TimeProvider.System);

    /// <summary>How many chains there were when this one's lanes were last written down: one may have been added since.</summary>
    private int _lanesAmong;

    /// <summary>Looks that follow an announcement soon: the other endpoints may get the block a little later.</summary>
    private const int LooksSoon = 3;

    /// <summary>Blocks below the newest of which every full node still has the state, with some to spare: finality is compared with the contract there.</summary>
    private const ulong StateKept = 96;

    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(100);

    private readonly ReadingPace _pace = new(() => link.Options.MaxLogRange);
    private readonly Bell _announced = new();
    private int _soon;

    private readonly HeadProgress _heads = new(TimeProvider.System, TimeSpan.FromSeconds(link.Options.StallSeconds));
    private ulong _head;

    protected override async Task<string?> StepAsync(CancellationToken ct)
    {
        if (_lanesAmong != chains.All.Count) await ConnectAsync(ct);
        try
        {
            var note = await FollowAsync(ct);
            if (note is null) _rereading.Succeeded();
            _heads.Saw(link.Id, _head); // Last: what there is, is read all the same.
            return note;
        }
        catch (Exception e) when (e is LyingSourceException or ContradictedMessageException)
        {
            if (_rereading.IsDue()) await ReadAgainAsync(e.Message, ct);
            throw;
        }
    }

    private async Task<string?> FollowAsync(CancellationToken ct)
    {
        var cursor = await store.CursorAsync(link.Id, ct) ?? await BeginAsync(ct);
        var head = await link.Client.HeadAsync(ct);
        _head = head.Height;
        if (head.Height < cursor.At.Height) return $"endpoints are at {head.Height}, behind the {cursor.At.Height} already read";
        if (await reorganizer.RewindIfForkedAsync(link, cursor, head, ct)) return "following a reorg";

        var final = await link.FinalAsync(ct);
        while (cursor.At.Height < head.Height)
        {
            var facts = await reader.ReadAsync(link, cursor.At, _pace.Next(cursor.At.Height, head.Height), final.Height, ct);
            await store.RecordAsync(facts, ct);
            _pace.Read(facts.Sent.Count + facts.Delivered.Count);
            Note(facts.Sent);
            foreach (var lane in facts.Sent.GroupBy(sent => sent.Lane)) RelayerMeter.Observed(lane.Key, lane.Count());
            foreach (var delivered in facts.Delivered)
                ringer.Ring(new DeliverySeen(delivered.Lane.Source.Value, delivered.Lane.Destination.Value, delivered.Last.Value));
            cursor = cursor with { At = facts.NewCursor };
            if (cursor.At.Height == head.Height) break;
            await ProgressedAsync($"reading block {cursor.At.Height} of {head.Height}", ct);
            if (cursor.At.Height < final.Height && final.Height - cursor.At.Height <= StateKept) await finality.AdvanceAsync(link, cursor, final, ct);
        }
        await finality.AdvanceAsync(link, cursor, final, ct);
        return null;
    }

    private void Note(IReadOnlyList<SentFact> sent)
    {
        var now = DateTimeOffset.UtcNow;
        foreach (var one in sent)
        {
            TransferTrace.Write("observed", one.Lane, one.Sequence, one.MessageId, one.Block.Time < now ? one.Block.Time : now, now);
            log.LogDebug("lane {Lane}: {Sequence} is {MessageId}, in block {Block}", one.Lane, one.Sequence, one.MessageId, one.Block.Height);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var announcements = link.Options.Heads.Length > 0 ? new HeadAnnouncements(new Uri(link.Options.Heads), _announced, log).RunAsync(stoppingToken) : Task.CompletedTask;
        await Task.WhenAll(base.ExecuteAsync(stoppingToken), announcements);
    }

    protected override async Task WaitAsync(CancellationToken ct)
    {
        var next = TimeSpan.FromMilliseconds(link.Options.PollMilliseconds);
        var rang = await _announced.WaitAsync(_soon > 0 && Soon < next ? Soon : next, ct);
        _soon = rang ? LooksSoon : Math.Max(0, _soon - 1);
    }

    private async Task ConnectAsync(CancellationToken ct)
    {
        var among = chains.All.Count;
        await link.Client.ConnectAsync(ct);
        foreach (var lane in chains.Lanes.Where(lane => lane.Source == link.Id)) await Directory.SaveLaneAsync(lane, chains.LaneId(lane), ct);
        _lanesAmong = among;
    }

    private async Task ReadAgainAsync(string why, CancellationToken ct)
    {
        if (await store.CursorAsync(link.Id, ct) is { } cursor) await reorganizer.ReadAgainAsync(link, cursor, (await BelowStartAsync(ct)).Ref, why, ct);
    }

    /// <summary>The block below the first that is read.</summary>
    private Task<BlockHeader> BelowStartAsync(CancellationToken ct) => link.Client.BlockAsync(link.Options.StartBlock > 0 ? link.Options.StartBlock - 1 : 0, ct);

    private async Task<Cursor> BeginAsync(CancellationToken ct)
    {
        var at = await BelowStartAsync(ct);
        await store.StartAsync(link.Id, at.Ref, ct);
        log.LogInformation("chain {Chain}: reading from block {Height}", link.Id, at.Height + 1);
        return new Cursor(link.Id, at.Ref, null);
    }
}

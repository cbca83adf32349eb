using Bridge.Api.Directory;
using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Standing;

/// <summary>Figures over many rows, read once in a while for all who ask.</summary>
internal sealed class StandingReader(StatsQueries stats, DirectoryCache directory, ApiOptions options, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromDays(1);

    private readonly Cached<ValidatorListBody> _validators = new(time, TimeSpan.FromSeconds(10));
    private readonly Cached<StatsBody> _stats = new(time, TimeSpan.FromSeconds(30));

    public Task<ValidatorListBody> ValidatorsAsync(CancellationToken ct) => _validators.GetAsync(ReadValidatorsAsync, ct);

    public Task<StatsBody> StatsAsync(CancellationToken ct) => _stats.GetAsync(ReadStatsAsync, ct);

    public async Task<StatusBody> StatusAsync(CancellationToken ct) => ToStatus(await directory.ReadAsync(ct), time.GetUtcNow(), options.StaleSeconds);

    internal static StatusBody ToStatus(DirectorySnapshot known, DateTimeOffset now, int staleSeconds)
    {
        var chains = known.Chains.Select(chain => ChainMapper.ToBody(chain, known, now, staleSeconds)).ToList();
        var lanes = known.Lanes.Select(row => LaneMapper.ToBody(row, known, null, now)).Select(lane => new LaneStateBody(lane.Lane, lane.State, lane.Reason)).ToList();
        var parts = known.Heartbeats.Select(beat =>
            new PartBody(beat.Component, now - beat.At > TimeSpan.FromSeconds(staleSeconds) ? "stalled" : beat.State, Format.Time(beat.At))).ToList();
        var incidents = known.Halts.Select(halt => new IncidentBody(LaneMapper.Name(halt.Lane), halt.Code, halt.Reason, Format.Time(halt.At))).ToList();
        var down = lanes.Count > 0 && lanes.All(lane => lane.State != "open");
        var well = chains.All(chain => chain.State == "up") && lanes.All(lane => lane.State == "open") && parts.All(part => part.State == "ok");
        return new StatusBody(well ? "ok" : down ? "down" : "degraded", Format.Time(now), chains, lanes, parts, incidents);
    }

    private async Task<ValidatorListBody> ReadValidatorsAsync(CancellationToken ct)
    {
        var (certified, records) = await stats.ValidatorsAsync(time.GetUtcNow() - Window, ct);
        var excluded = await stats.EquivocatorsAsync(ct);
        var known = await directory.ReadAsync(ct);
        return new ValidatorListBody([.. known.Sets.Select(set => ToBody(set, certified.GetValueOrDefault(set.Chain), records, excluded))]);
    }

    internal static ValidatorSetBody ToBody(CurrentSet set, long certified, IReadOnlyList<ValidatorRecord> records, IReadOnlyCollection<Address> excluded) => new(
        Format.Caip2(set.Chain), set.Bridge.ToString(), set.Epoch.ToString(), set.Threshold, [.. set.Members.Select((member, index) =>
        {
            var record = records.FirstOrDefault(r => r.Chain == set.Chain && r.Validator == member);
            var signed = record?.Signed ?? 0;
            return new ValidatorBody(
                member.ToString(), index, signed, Math.Max(0, certified - signed), certified > 0 ? Math.Min(1, (double)signed / certified) : null,
                record?.P95Seconds, record?.LastAt is { } at ? Format.Time(at) : null, excluded.Contains(member));
        })]);

    private async Task<StatsBody> ReadStatsAsync(CancellationToken ct)
    {
        var (counts, volumes) = (await stats.CountsAsync(ct), await stats.VolumesAsync(time.GetUtcNow() - Window, ct));
        return ToBody(counts, volumes, await directory.ReadAsync(ct), await directory.TimesAsync(ct), time.GetUtcNow());
    }

    internal static StatsBody ToBody(
        IReadOnlyList<LaneCount> counts, IReadOnlyList<LaneVolume> volumes, DirectorySnapshot known, IReadOnlyDictionary<Lane, ArrivalTimes> times, DateTimeOffset now)
    {
        var lanes = counts.Select(count => new LaneStatsBody(
            LaneMapper.Name(count.Lane), Format.Number(count.Sent), Format.Number(count.Delivered), Format.Number(count.Sent - Math.Min(count.Sent, count.Delivered)),
            LaneMapper.Times(times.GetValueOrDefault(count.Lane)), [.. volumes.Where(volume => volume.Lane == count.Lane).Select(volume => ToBody(volume, known))]));
        return new StatsBody(Total(counts.Select(c => c.Sent)), Total(counts.Select(c => c.Delivered)), [.. lanes], Format.Time(now));
    }

    private static VolumeBody ToBody(LaneVolume volume, DirectorySnapshot known)
    {
        var asset = known.Asset(volume.Lane.Source, volume.Asset);
        var ended = volume.Arrived + volume.Failed;
        return new VolumeBody(
            volume.Asset.ToString(), asset is null ? null : Format.Symbol(asset.Symbol), asset?.Decimals, volume.Transfers, Format.Amount(volume.Amount),
            ended > 0 ? (double)volume.Arrived / ended : null);
    }

    private static string Total(IEnumerable<ulong> numbers) => Format.Number(numbers.Aggregate(0UL, (sum, number) => sum + number));
}

using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Directory;

internal static class ChainMapper
{
    /// <param name="staleSeconds">Without a look at the chain for so long, nothing that is said of it may be true any more.</param>
    public static ChainBody ToBody(ChainRow chain, DirectorySnapshot directory, DateTimeOffset now, int staleSeconds)
    {
        var endpoints = directory.Endpoints.Where(seen => seen.Chain == chain.ChainId).ToList();
        var (state, reason) = State(chain, directory, endpoints, now, staleSeconds);
        var indexed = directory.Cursors.FirstOrDefault(cursor => cursor.ChainId == chain.ChainId)?.Height;
        return new ChainBody(
            Format.Caip2(chain.ChainId), chain.Name, state, reason, Until(chain.PausedUntil, now),
            new FinalityBody(chain.Finality, Format.Number(chain.FinalHeight), Age(chain.FinalTime, now)),
            new HeadBody(Format.Number(chain.HeadHeight), indexed is { } height ? Format.Number(height) : null, Age(chain.HeadTime, now), Format.Time(chain.SeenAt)),
            new ContractsBody(chain.Bridge.ToString(), chain.Gateway.ToString()),
            new EndpointsBody(endpoints.Count(seen => seen.Report.State == "ok"), endpoints.Count), chain.FeeModel);
    }

    private static (string State, string? Reason) State(
        ChainRow chain, DirectorySnapshot directory, List<EndpointSeen> endpoints, DateTimeOffset now, int staleSeconds)
    {
        if (chain.PausedUntil is { } until && until > now) return ("paused", $"A guardian has paused everything on this chain until {Format.Time(until)}, unless it is renewed or ended earlier.");
        if (directory.Halts.FirstOrDefault(halt => halt.Lane.Source == chain.ChainId) is { } halted) return ("halted", $"The lane {halted.Lane} is halted until its operators act: {halted.Code}.");
        if (now - chain.SeenAt > TimeSpan.FromSeconds(staleSeconds)) return ("degraded", $"It was last looked at {Age(chain.SeenAt, now)} seconds ago.");
        return endpoints.FirstOrDefault(seen => seen.Report.State != "ok") is { } unwell
            ? ("degraded", $"{endpoints.Count(seen => seen.Report.State != "ok")} of {endpoints.Count} endpoints are not well, the first is {unwell.Report.State}.")
            : ("up", null);
    }

    internal static string? Until(DateTimeOffset? until, DateTimeOffset now) => until is { } end && end > now ? Format.Time(end) : null;

    private static long Age(DateTimeOffset time, DateTimeOffset now) => Math.Max(0, (long)(now - time).TotalSeconds);
}

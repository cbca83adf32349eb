using System.Globalization;
using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Quotes;

/// <summary>Who sends what others sign.</summary>
internal static class Submitters
{
    /// <summary>The chains of those that have shown a sign of life lately.</summary>
    public static IReadOnlySet<ChainId> Alive(IEnumerable<Heartbeat> beats, DateTimeOffset now, ApiOptions options) => beats
        .Where(beat => beat.State == "ok" && now - beat.At < TimeSpan.FromSeconds(options.StaleSeconds))
        .Select(beat => beat.Component.Split(' ')).Where(parts => parts is ["submit", _] && ulong.TryParse(parts[1], out _))
        .Select(parts => new ChainId(ulong.Parse(parts[1], CultureInfo.InvariantCulture))).ToHashSet();
}

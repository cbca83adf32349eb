using System.Globalization;
using Bridge.Api.Limits;
using Bridge.Api.Transfers;
using Bridge.Core;

namespace Bridge.Api.Streams;

/// <summary>Prefer: wait=N, RFC 7240: the answer comes when it differs from what the caller has, or after N seconds.</summary>
internal sealed class LongPolls(TransitionFeed feed, StreamSlots slots, TimeProvider time)
{
    private const int Longest = 30;

    /// <summary>Signatures and blocks change an answer, too, and are no change of the status.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);

    /// <summary>Seconds that the caller wants to wait, at most 30; null if it does not.</summary>
    public static int? Wait(HttpRequest request)
    {
        var preferences = request.Headers["Prefer"].SelectMany(value => value?.Split(',') ?? []).Select(preference => preference.Trim());
        var asked = preferences.FirstOrDefault(preference => preference.StartsWith("wait=", StringComparison.OrdinalIgnoreCase))?[5..];
        return int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0 ? Math.Min(seconds, Longest) : null;
    }

    /// <summary>A caller that follows too much already gets its answer at once.</summary>
    public async Task<TaggedBody> UntilChangedAsync(
        HttpContext context, Hash32 transfer, int seconds, TaggedBody known, Func<Task<TaggedBody>> read, CancellationToken ct)
    {
        using var slot = slots.TryTake(context);
        if (slot is null) return known;
        context.Response.Headers["Preference-Applied"] = $"wait={seconds.ToString(CultureInfo.InvariantCulture)}";
        using var changes = feed.Subscribe(after: 0, item => item.MessageId == transfer);
        var end = time.GetUtcNow().AddSeconds(seconds);
        while (time.GetUtcNow() < end)
        {
            await changes.NextAsync(Shorter(end - time.GetUtcNow(), LookAgain), ct);
            var now = await read();
            if (now.Tag != known.Tag) return now;
        }
        return known;
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? (one > TimeSpan.Zero ? one : TimeSpan.Zero) : other;
}

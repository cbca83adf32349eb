using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Bridge.Client;

/// <summary>Reads a stream of changes over as many connections as it takes: each goes on behind the last event that was told.</summary>
internal sealed class ChangeStream(ApiConnection connection)
{
    /// <summary>A connection that lived so long was no failure, whatever it told.</summary>
    private static readonly TimeSpan Lived = TimeSpan.FromSeconds(15);

    /// <param name="isLast">True for the event with which it ends.</param>
    /// <exception cref="BridgeApiException">The API refuses.</exception>
    /// <exception cref="IOException">The connection broke again and again, with nothing told between.</exception>
    public async IAsyncEnumerable<ChangeEvent> ReadAsync(string path, string? last, Func<ChangeEvent, bool> isLast, [EnumeratorCancellation] CancellationToken ct)
    {
        var options = connection.Options;
        for (var failures = 0; ;)
        {
            var begun = options.Time.GetTimestamp();
            using var response = await connection.OpenStreamAsync(path, last, ct).ConfigureAwait(false);
            if (response.StatusCode is HttpStatusCode.NoContent) yield break;
            var stream = await response.Content.ReadAsStreamAsync(ct).ConfigureAwait(false);
            await using var awake = new AwakeStream(stream, options.LongestSilence, options.Time);
            var parser = SseParser.Create(awake, (_, data) => JsonSerializer.Deserialize(data, ApiJson.Default.ChangeEvent));
            await using var events = parser.EnumerateAsync(ct).GetAsyncEnumerator(ct);
            while (await NextAsync(events, ct).ConfigureAwait(false) is { } change)
            {
                (last, failures) = (change.Id, 0);
                yield return change;
                if (isLast(change)) yield break;
            }
            failures = options.Time.GetElapsedTime(begun) > Lived ? 0 : failures + 1;
            if (failures >= options.MaxTries) throw new IOException($"The stream {path} broke {failures} times, with nothing told between.");
            await Task.Delay(parser.ReconnectionInterval > TimeSpan.Zero ? parser.ReconnectionInterval : Retries.Pause(failures + 1), options.Time, ct).ConfigureAwait(false);
        }
    }

    /// <returns>Null where the connection ended, or broke.</returns>
    private static async Task<ChangeEvent?> NextAsync(IAsyncEnumerator<SseItem<ChangeEvent?>> events, CancellationToken ct)
    {
        try
        {
            return await events.MoveNextAsync().ConfigureAwait(false) ? events.Current.Data : null;
        }
        catch (Exception e) when (ApiConnection.IsBroken(e, ct))
        {
            return null;
        }
    }
}

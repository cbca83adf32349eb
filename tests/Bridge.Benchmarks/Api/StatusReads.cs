using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Bridge.Core;

namespace Bridge.Benchmarks.Api;

/// <param name="Errors">What was answered in the place of a transfer, each once for each time.</param>
internal sealed record SteadyReads(Percentiles Times, int Answered, IReadOnlyCollection<string> Errors);

/// <summary>
/// Asks for random transfers at fixed times, whether or not the ones before were answered, and counts each answer's time from when it was due:
/// what waits behind a slow one has waited, too.
/// </summary>
internal sealed class StatusReads(Uri api, IReadOnlyList<Hash32> ids) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http = new(new SocketsHttpHandler { PooledConnectionIdleTimeout = TimeSpan.FromMinutes(5) }) { BaseAddress = api, Timeout = Patience };

    public async Task<SteadyReads> RunAsync(int perSecond, int seconds)
    {
        var (times, errors, random) = (new ConcurrentBag<double>(), new ConcurrentBag<string>(), new Random(1));
        var asked = new Task[perSecond * seconds];
        var start = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 10);
        // A thread of its own: timers of a busy pool come late.
        await Task.Factory.StartNew(() =>
        {
            for (var n = 0; n < asked.Length; n++)
            {
                var due = start + (n * Stopwatch.Frequency / perSecond);
                while (Stopwatch.GetTimestamp() < due) Thread.Sleep(TimeSpan.FromMilliseconds(0.5));
                var id = ids[random.Next(ids.Count)];
                asked[n] = Task.Run(() => AskAsync(id, due, times, errors));
            }
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await Task.WhenAll(asked);
        return new SteadyReads(times.IsEmpty ? new Percentiles(0, 0, 0, 0) : Percentiles.Of(times), times.Count, errors);
    }

    public void Dispose() => _http.Dispose();

    private async Task AskAsync(Hash32 id, long due, ConcurrentBag<double> times, ConcurrentBag<string> errors)
    {
        try
        {
            using var response = await _http.GetAsync(new Uri($"v1/transfers/{id}", UriKind.Relative));
            var body = await response.Content.ReadAsByteArrayAsync();
            var took = Stopwatch.GetElapsedTime(due).TotalMilliseconds;
            if (response.IsSuccessStatusCode && body.AsSpan().IndexOf(Encoding.ASCII.GetBytes(id.ToString())) > 0) times.Add(took);
            else errors.Add($"{(int)response.StatusCode} {Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(200, body.Length)))}");
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            errors.Add(e.Message);
        }
    }
}

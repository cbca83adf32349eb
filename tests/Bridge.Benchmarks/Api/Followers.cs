using System.Collections.Concurrent;
using System.Diagnostics;
using Bridge.Client;
using Bridge.Core;
using TransferStatus = Bridge.Core.TransferStatus;

namespace Bridge.Benchmarks.Api;

/// <param name="Times">From the commit that changed all transfers to when each follower had its own, in milliseconds.</param>
/// <param name="Megabytes">Resident memory of the API with all followers.</param>
internal sealed record FollowedChange(int Connected, double First, Percentiles Times, long Megabytes, IReadOnlyCollection<string> Errors);

/// <summary>Each follows a transfer of its own over a connection of its own.</summary>
internal static class Followers
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <param name="change">Changes every transfer in one commit.</param>
    public static async Task<FollowedChange> RunAsync(ApiServer api, IReadOnlyList<Hash32> transfers, Func<Task> change)
    {
        using var http = new HttpClient { BaseAddress = api.Url };
        using var limit = new CancellationTokenSource(Patience);
        var client = new BridgeClient(http, new BridgeClientOptions { MaxTries = 1 });
        var (errors, told) = (new ConcurrentBag<string>(), new ConcurrentBag<long>());
        var connected = 0;
        using var everybody = new CountdownEvent(transfers.Count);
        var following = transfers.Select(transfer => Task.Run(() => FollowAsync(transfer))).ToArray();
        await Task.Run(() => everybody.Wait(limit.Token));

        var (megabytes, began) = (api.ResidentMegabytes, Stopwatch.GetTimestamp());
        await change();
        var committed = Stopwatch.GetTimestamp();
        await Console.Error.WriteLineAsync($"{connected} followers connected; the change of all of them took {Stopwatch.GetElapsedTime(began, committed).TotalMilliseconds:0} ms to commit");
        await Task.WhenAll(following);
        var times = told.Select(at => Stopwatch.GetElapsedTime(committed, at).TotalMilliseconds).DefaultIfEmpty(0).ToList();
        return new FollowedChange(connected, times.Min(), Percentiles.Of(times), Math.Max(megabytes, api.ResidentMegabytes), errors);

        async Task FollowAsync(Hash32 transfer)
        {
            var ready = false;
            try
            {
                await foreach (var seen in client.FollowTransferAsync(transfer.ToString(), ct: limit.Token))
                {
                    // The last one that is stored already.
                    if (seen.Data.To == nameof(TransferStatus.Finalized))
                    {
                        Interlocked.Increment(ref connected);
                        everybody.Signal();
                        ready = true;
                    }
                    if (seen.Data.To != nameof(TransferStatus.Certified)) continue;
                    told.Add(Stopwatch.GetTimestamp());
                    return;
                }
                errors.Add("a stream ended before its change");
            }
            catch (Exception e) when (e is BridgeApiException or HttpRequestException or IOException or OperationCanceledException)
            {
                errors.Add(e.Message);
            }
            finally
            {
                if (!ready) everybody.Signal();
            }
        }
    }
}

using System.Globalization;
using System.Text.Json;
using Bridge.Benchmarks.Measuring;
using Bridge.Store;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Bridge.Benchmarks.Api;

/// <summary>Status reads at a steady rate beside many transfers, then many followers at once, on the real API over the real schema.</summary>
internal static class ApiBench
{
    /// <summary>Milliseconds within which 99 of 100 status reads are to be answered.</summary>
    private const double Target = 50;

    /// <returns>0 where everything was answered: a missed target is a result. 1 where something was not.</returns>
    public static async Task<int> RunAsync(ApiBenchOptions options)
    {
        await using var database = await BenchDatabase.CreateAsync();
        await using var services = database.Open();
        var filling = new Filling(services.GetRequiredService<NpgsqlDataSource>(), options.Transfers, options.Followers);
        await filling.RunAsync(database);

        await using var api = await ApiServer.StartAsync(database.ConnectionString, options.Followers);
        Note(Report.Machine());
        using var reads = new StatusReads(api.Url, filling.Ids);
        await reads.RunAsync(options.Rate, Math.Min(options.Seconds, 5)); // What is compiled and read for the first time is no part of a steady rate.
        var steady = await reads.RunAsync(options.Rate, options.Seconds);
        var before = api.ResidentMegabytes;
        var followed = await Followers.RunAsync(api, filling.Waiting, () => filling.CertifyWaitingAsync(services.GetRequiredService<AttestationStore>()));

        Print(options, steady, before, followed);
        foreach (var error in steady.Errors.Concat(followed.Errors).Distinct().Take(5)) Note($"error: {error}");
        return steady.Errors.Count + followed.Errors.Count == 0 ? 0 : 1;
    }

    private static void Print(ApiBenchOptions options, SteadyReads steady, long before, FollowedChange followed)
    {
        var (reads, told) = (steady.Times, followed.Times);
        if (options.Json)
        {
            Console.WriteLine("[");
            Console.WriteLine(JsonSerializer.Serialize(new { row = "status reads", options.Transfers, perSecond = options.Rate, steady.Answered, errors = steady.Errors.Count, reads.P50, reads.P95, reads.P99, reads.Max, target = Target }, JsonSerializerOptions.Web) + ",");
            Console.WriteLine(JsonSerializer.Serialize(new { row = "followers", options.Followers, followed.Connected, errors = followed.Errors.Count, told.P50, told.P95, told.P99, last = told.Max, megabytesBefore = before, megabytes = followed.Megabytes }, JsonSerializerOptions.Web));
            Console.WriteLine("]");
            return;
        }
        Line($"status reads: {options.Transfers} transfers, {options.Rate}/s for {options.Seconds} s: {steady.Answered} answered, {steady.Errors.Count} errors; p50 {reads.P50:0.0} ms, p95 {reads.P95:0.0} ms, p99 {reads.P99:0.0} ms, max {reads.Max:0.0} ms");
        Line($"followers: {followed.Connected} of {options.Followers} connected, {followed.Errors.Count} errors; a change of all at once reaches the first after {followed.First:0} ms, half after {told.P50:0} ms, the last after {told.Max:0} ms");
        Line($"memory of the API: {before} MB before the followers, {followed.Megabytes} MB with them");
        Line($"target: p99 under {Target:0} ms: {(reads.P99 < Target ? "met" : "missed")}");
    }

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private static void Note(string text) => Console.Error.WriteLine(text);
}

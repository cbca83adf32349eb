using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Bridge.Benchmarks.Api;
using Bridge.Benchmarks.Measuring;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Bridge.Benchmarks.History;

/// <summary>How long a page of the history takes by each filter, beside many transfers, on the real API over the real schema.</summary>
internal static class HistoryBench
{
    /// <summary>Milliseconds within which 99 of 100 pages are to be answered, by any filter.</summary>
    private const double Target = 100;

    /// <summary>Underway while it is asked.</summary>
    private const int Waiting = 1000;

    private const int WarmUps = 10;

    /// <returns>0 where everything was answered: a missed target is a result. 1 where something was not.</returns>
    public static async Task<int> RunAsync(HistoryBenchOptions options)
    {
        await using var database = await BenchDatabase.CreateAsync();
        await using var services = database.Open();
        var filling = new Filling(services.GetRequiredService<NpgsqlDataSource>(), options.Transfers, Waiting);
        await filling.RunAsync(database);

        await using var api = await ApiServer.StartAsync(database.ConnectionString, 0);
        using var http = new HttpClient { BaseAddress = api.Url, Timeout = TimeSpan.FromSeconds(30) };
        await Console.Error.WriteLineAsync(Report.Machine());
        var results = new List<(string Name, Percentiles Times)>();
        var errors = new List<string>();
        foreach (var (name, query) in HistoryFilters.All(filling))
        {
            var times = await AskAsync(http, query, options.Requests, errors);
            if (times.Count == 0) continue;
            results.Add((name, Percentiles.Of(times)));
            if (!options.Json) Print(name, results[^1].Times);
        }
        if (options.Json) Console.WriteLine(JsonSerializer.Serialize(results.Select(row => new { row = row.Name, options.Transfers, options.Requests, row.Times.P50, row.Times.P95, row.Times.P99, row.Times.Max, target = Target }), JsonSerializerOptions.Web));
        foreach (var error in errors.Distinct().Take(5)) await Console.Error.WriteLineAsync($"error: {error}");
        var missed = results.Where(row => row.Times.P99 >= Target).Select(row => row.Name).ToList();
        if (!options.Json) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"history: {options.Transfers} transfers, {results.Count} filters, {errors.Count} errors, worst p99 {results.Max(row => row.Times.P99):0.0} ms; target p99 under {Target:0} ms: {(missed.Count == 0 ? "met" : "missed by " + string.Join(", ", missed))}"));
        return errors.Count == 0 ? 0 : 1;
    }

    /// <summary>One behind the other, a first page of 50 each.</summary>
    private static async Task<List<double>> AskAsync(HttpClient http, Func<Random, string> query, int requests, List<string> errors)
    {
        var (random, times) = (new Random(1), new List<double>());
        for (var n = -WarmUps; n < requests; n++)
        {
            var path = $"v1/transfers?{query(random)}";
            var asked = Stopwatch.GetTimestamp();
            using var response = await http.GetAsync(new Uri(path, UriKind.Relative));
            var body = await response.Content.ReadAsStringAsync();
            var took = Stopwatch.GetElapsedTime(asked).TotalMilliseconds;
            if (!response.IsSuccessStatusCode) errors.Add($"{path}: {(int)response.StatusCode} {body[..Math.Min(body.Length, 200)]}");
            else if (n >= 0) times.Add(took);
        }
        return times;
    }

    private static void Print(string name, Percentiles times) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{name,-26} p50 {times.P50,7:0.0} ms, p95 {times.P95,7:0.0} ms, p99 {times.P99,7:0.0} ms, max {times.Max,7:0.0} ms"));
}

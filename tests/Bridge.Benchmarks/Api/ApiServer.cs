using System.Globalization;
using System.Text.RegularExpressions;

namespace Bridge.Benchmarks.Api;

/// <summary>The API's own process, with limits above what one address asks for here.</summary>
internal sealed partial class ApiServer : IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ChildProcess _process;

    private ApiServer(ChildProcess process, Uri url) => (_process, Url) = (process, url);

    public Uri Url { get; }

    /// <summary>Resident memory of the process.</summary>
    public long ResidentMegabytes => _process.ResidentMegabytes;

    /// <summary>Returns once it listens.</summary>
    /// <param name="assembly">By default the one that a build left in the work tree.</param>
    public static async Task<ApiServer> StartAsync(string database, int followers, string? assembly = null)
    {
        var streams = (followers + 10).ToString(CultureInfo.InvariantCulture);
        var process = new ChildProcess(assembly ?? Path.Combine(Root(), "src", "Bridge.Api", "bin", "Release", "net10.0", "Bridge.Api.dll"), [], new Dictionary<string, string>
        {
            ["Bridge__Database"] = database, ["Bridge__Api__Urls"] = "http://127.0.0.1:0", ["Bridge__Api__StatusReadsPerMinute"] = "1000000",
            ["Bridge__Api__ReadsPerMinute"] = "1000000", ["Bridge__Api__StreamsPerClient"] = streams, ["Bridge__Api__Streams"] = streams,
        });
        for (var until = DateTime.UtcNow + Patience; DateTime.UtcNow < until && !process.HasExited; await Task.Delay(LookEvery))
            if (Listening().Match(process.Said) is { Success: true } match) return new ApiServer(process, new Uri(match.Groups[1].Value + "/"));
        await process.DisposeAsync();
        throw new InvalidOperationException($"the API did not start: {process.Said}");
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    /// <summary>The work tree: this program is tests/Bridge.Benchmarks/bin/Release/net10.0.</summary>
    private static string Root() => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", ".."));

    [GeneratedRegex(@"listening on: (http://127\.0\.0\.1:\d+)")]
    private static partial Regex Listening();
}

using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Bridge.SystemTests.Harness;

/// <summary>The API as its users meet it: a process behind a URL.</summary>
internal sealed partial class ApiProcess : IAsyncDisposable
{
    /// <summary>One address asks for all tests at once. What a test sets itself wins.</summary>
    private static readonly Dictionary<string, string> Roomy = new()
    {
        ["Bridge__Api__ReadsPerMinute"] = "1000000", ["Bridge__Api__StatusReadsPerMinute"] = "1000000", ["Bridge__Api__StreamsPerClient"] = "1000",
    };

    private readonly ChildProcess _process;
    private readonly HttpClient _http;

    private ApiProcess(ChildProcess process, Uri url) => (_process, Url, _http) = (process, url, new HttpClient { BaseAddress = url });

    public Uri Url { get; }

    /// <param name="settings">Further keys of the configuration, as the environment spells them.</param>
    public static async Task<ApiProcess> StartAsync(string database, string folder, IReadOnlyDictionary<string, string>? settings = null)
    {
        var process = ChildProcess.Start("dotnet", [Machine.Assembly("Bridge.Api", "Bridge.Api")],
            new Dictionary<string, string>(Roomy.Where(roomy => settings?.ContainsKey(roomy.Key) != true).Concat(settings ?? new Dictionary<string, string>())) { ["Bridge__Database"] = database, ["Bridge__Api__Urls"] = "http://127.0.0.1:0" }, folder);
        for (var tries = 0; tries < 600 && !process.HasExited; tries++)
        {
            if (Listening().Match(process.Output) is { Success: true } match) return new ApiProcess(process, new Uri(match.Groups[1].Value + "/"));
            await Task.Delay(50);
        }
        var said = process.Output;
        await process.DisposeAsync();
        throw new InvalidOperationException($"the API did not start: {said}");
    }

    public async Task<JsonElement?> GetAsync(string path)
    {
        using var response = await _http.GetAsync(new Uri(path, UriKind.Relative));
        if (response.StatusCode is HttpStatusCode.NotFound) return null;
        response.EnsureSuccessStatusCode();
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, object body)
    {
        using var content = new StringContent(JsonSerializer.Serialize(body), System.Text.Encoding.UTF8, "application/json");
        using var response = await _http.PostAsync(new Uri(path, UriKind.Relative), content);
        return (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
    }

    public string Output => _process.Output;

    public string Tail() => $"{Environment.NewLine}--- api: {string.Concat(_process.Output.TakeLast(2000))}";

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _process.DisposeAsync();
    }

    [GeneratedRegex(@"listening on: (http://127\.0\.0\.1:\d+)")]
    private static partial Regex Listening();
}

using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Bridge.Benchmarks.Api;

/// <summary>The API's own process, built as it is shipped, with limits above what one address asks for here.</summary>
internal sealed partial class ApiServer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _said = new();

    private ApiServer(Process process) => _process = process;

    public Uri Url { get; private set; } = null!;

    /// <summary>Resident memory of the process.</summary>
    public long ResidentMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / (1024 * 1024);
        }
    }

    public static async Task<ApiServer> StartAsync(string database, int followers)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(Root(), "src", "Bridge.Api", "bin", "Release", "net10.0", "Bridge.Api.dll")])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath(),
            Environment =
            {
                ["Bridge__Database"] = database, ["Bridge__Api__Urls"] = "http://127.0.0.1:0", ["Bridge__Api__StatusReadsPerMinute"] = "1000000",
                ["Bridge__Api__ReadsPerMinute"] = "1000000",
                ["Bridge__Api__StreamsPerClient"] = (followers + 10).ToString(CultureInfo.InvariantCulture), ["Bridge__Api__Streams"] = (followers + 10).ToString(CultureInfo.InvariantCulture),
            },
        };
        var server = new ApiServer(new Process { StartInfo = start });
        server._process.OutputDataReceived += (_, line) => server.Keep(line.Data);
        server._process.ErrorDataReceived += (_, line) => server.Keep(line.Data);
        server._process.Start();
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        for (var tries = 0; tries < 600 && !server._process.HasExited; tries++)
        {
            if (Listening().Match(server.Said) is { Success: true } match)
            {
                server.Url = new Uri(match.Groups[1].Value + "/");
                return server;
            }
            await Task.Delay(100);
        }
        await server.DisposeAsync();
        throw new InvalidOperationException($"the API did not start: {server.Said}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private string Said
    {
        get { lock (_said) return _said.ToString(); }
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (_said) _said.AppendLine(line);
    }

    /// <summary>The work tree: this program is tests/Bridge.Benchmarks/bin/Release/net10.0.</summary>
    private static string Root() => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", ".."));

    [GeneratedRegex(@"listening on: (http://127\.0\.0\.1:\d+)")]
    private static partial Regex Listening();
}

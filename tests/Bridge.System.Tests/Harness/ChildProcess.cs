using System.Diagnostics;
using System.Text;

namespace Bridge.SystemTests.Harness;

/// <summary>A process of this test, its output kept for the message of a failure. Never outlives the test.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private ChildProcess(Process process) => _process = process;

    public string Output
    {
        get { lock (_output) return _output.ToString(); }
    }

    public int Id => _process.Id;
    public bool HasExited => _process.HasExited;
    public int ExitCode => _process.ExitCode;

    public static ChildProcess Start(string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? folder = null)
    {
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder ?? Path.GetTempPath() };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        var child = new ChildProcess(new Process { StartInfo = start });
        child._process.OutputDataReceived += (_, line) => child.Keep(line.Data);
        child._process.ErrorDataReceived += (_, line) => child.Keep(line.Data);
        child._process.Start();
        child._process.StandardInput.Close(); // Nobody is there to be asked.
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Runs to the end and returns the output.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message holds its output.</exception>
    public static async Task<string> RunAsync(string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? folder = null)
    {
        await using var child = Start(file, arguments, environment, folder);
        await child.ExitAsync(TimeSpan.FromMinutes(3));
        return child.ExitCode == 0 ? child.Output : throw new InvalidOperationException($"{file} failed with {child.ExitCode}: {child.Output}");
    }

    /// <summary>What the executable bridge answers to a verb.</summary>
    public static async Task<(int ExitCode, string Output)> BridgeAsync(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment, string folder)
    {
        await using var bridge = Start("dotnet", [Machine.Assembly("Bridge.Relayer", "bridge"), .. arguments], environment, folder);
        await bridge.ExitAsync(TimeSpan.FromMinutes(2));
        return (bridge.ExitCode, bridge.Output);
    }

    public async Task ExitAsync(TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        await _process.WaitForExitAsync(limit.Token);
    }

    /// <summary>SIGKILL: nothing of the process gets to clean up.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (_output) _output.AppendLine(line);
    }
}

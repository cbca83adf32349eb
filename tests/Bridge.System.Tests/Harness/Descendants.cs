namespace Bridge.SystemTests.Harness;

/// <summary>What everybody on a machine can see of the processes that these tests have started, and those in turn: their command lines.</summary>
internal sealed class Descendants : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly HashSet<string> _seen = [];
    private readonly Task _looking;

    public Descendants() => _looking = LookAsync();

    /// <summary>Every command line that was seen at any time.</summary>
    public IReadOnlyCollection<string> CommandLines
    {
        get { lock (_seen) return [.. _seen]; }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _looking;
        _end.Dispose();
    }

    private async Task LookAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            foreach (var line in Now(Environment.ProcessId))
                lock (_seen) _seen.Add(line);
            await Task.Delay(20, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static IEnumerable<string> Now(int root)
    {
        var parents = new Dictionary<int, int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), out var pid) && Parent(folder) is { } parent) parents[pid] = parent;
        foreach (var pid in parents.Keys.Where(pid => Descends(pid, root, parents)))
            if (Read($"/proc/{pid}/cmdline") is { Length: > 0 } line) yield return line.Replace('\0', ' ');
    }

    private static bool Descends(int pid, int root, Dictionary<int, int> parents)
    {
        while (parents.TryGetValue(pid, out var parent))
        {
            if (parent == root) return true;
            pid = parent;
        }
        return false;
    }

    private static int? Parent(string folder) => Read(Path.Combine(folder, "stat")) is { } stat ? int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture) : null;

    /// <summary>Null for a process that is gone meanwhile.</summary>
    private static string? Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

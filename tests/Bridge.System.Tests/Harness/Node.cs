using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bridge.SystemTests.Harness;

/// <summary>One process of <c>bridge run</c> with a configuration file of its own. It can be killed and started again.</summary>
internal sealed class Node(string name, string configFile, string roles, IReadOnlyDictionary<string, string> secrets, string folder) : IAsyncDisposable
{
    private ChildProcess? _process;

    public string Name => name;
    public string ConfigFile => configFile;
    public IReadOnlyDictionary<string, string> Secrets => secrets;
    public string Output => _process?.Output ?? "";
    public bool HasExited => _process?.HasExited ?? true;
    public int? ExitCode => _process is { HasExited: true } ended ? ended.ExitCode : null;

    public static string WriteConfig(string folder, string name, object options)
    {
        var file = Path.Combine(folder, name + ".json");
        File.WriteAllText(file, JsonSerializer.Serialize(new { Bridge = options }));
        return file;
    }

    public void Start() =>
        _process = ChildProcess.Start("dotnet", [Machine.Assembly("Bridge.Relayer", "bridge"), "run", "--config", configFile, "--roles", roles], secrets, folder);

    public async Task KillAsync()
    {
        if (_process is not null) await _process.KillAsync();
    }

    /// <summary>Another process on the same configuration, with other roles.</summary>
    public Node With(string otherRoles) => new(name, configFile, otherRoles, secrets, folder);

    /// <summary>The operating system's number of the process.</summary>
    public int ProcessId => _process?.Id ?? 0;

    /// <summary>Saves the configuration file with something changed in it, as an operator does while the node runs.</summary>
    public void Save(Action<JsonNode> change)
    {
        var config = JsonNode.Parse(File.ReadAllText(configFile))!;
        change(config);
        File.WriteAllText(configFile, config.ToJsonString());
    }

    /// <summary>Waits until the node has written this since its start.</summary>
    public Task SaysAsync(string words) => Eventually.TrueAsync($"{name} to say '{words}'", () => Task.FromResult(Output.Contains(words, StringComparison.Ordinal)), Tail);

    /// <summary>Another node like this one, its section Bridge changed; not started.</summary>
    public Node Changed(string otherName, Action<JsonNode> change)
    {
        var config = JsonNode.Parse(File.ReadAllText(configFile))!;
        change(config["Bridge"]!);
        var file = Path.Combine(folder, otherName + ".json");
        File.WriteAllText(file, config.ToJsonString());
        return new Node(otherName, file, roles, secrets, folder);
    }

    /// <summary>What the executable answers to another verb, with this node's configuration and roles.</summary>
    public Task<(int ExitCode, string Output)> AskAsync(string verb, params string[] arguments) =>
        ChildProcess.BridgeAsync([verb, "--config", configFile, "--roles", roles, .. arguments], secrets, folder);

    public string Tail() => $"{Environment.NewLine}--- {name}: {string.Concat(Output.TakeLast(3000))}";

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _process, null) is { } process) await process.DisposeAsync();
    }
}

using System.Diagnostics;
using Bridge.Benchmarks.Api;
using Npgsql;

namespace Bridge.Benchmarks.Startup;

/// <summary>Seconds.</summary>
/// <param name="Verb">The shortest verb, from its process's start to its end: what nothing can be faster than.</param>
internal sealed record StartTimes(double Verb, double Relayer, double Api);

/// <summary>How long the programs take from the start of their processes until they are ready, on a database as it stands.</summary>
/// <param name="programs">The folder that they are in.</param>
/// <param name="config">As `bridge run --config` takes it.</param>
/// <param name="components">Of the relayer, those that must have done their first step.</param>
internal sealed class Starts(string programs, string config, string database, NpgsqlDataSource source, IReadOnlyList<string> components)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _node = Path.Combine(programs, "bridge.dll");

    /// <summary>The API last: it is ready once every component has shown a sign of life, and the relayer's are fresh then.</summary>
    public async Task<StartTimes> MeasureAsync() => new(await VerbAsync(), await RelayerAsync(), await ApiAsync());

    private async Task<double> VerbAsync()
    {
        var began = Stopwatch.GetTimestamp();
        await using var verb = new ChildProcess(_node, ["version"], new Dictionary<string, string>());
        var exit = await verb.EndAsync();
        return exit == 0 ? Stopwatch.GetElapsedTime(began).TotalSeconds : throw new InvalidOperationException($"bridge version ended with {exit}: {verb.Said}");
    }

    private async Task<double> RelayerAsync()
    {
        await SettleAsync();
        await ExecuteAsync("DELETE FROM heartbeat");
        var began = Stopwatch.GetTimestamp();
        await using var relayer = new ChildProcess(_node, ["run", "--config", config, "--roles", "watch,relay"], new Dictionary<string, string> { ["Bridge__Database"] = database });
        return await ReadyAsync(began, async () => relayer.HasExited ? throw new InvalidOperationException($"the relayer ended: {relayer.Said}") : await BeatenAsync(), () => relayer.Said);
    }

    private async Task<bool> BeatenAsync()
    {
        await using var beats = source.CreateCommand("SELECT count(*) FROM heartbeat WHERE state = 'ok' AND component = ANY ($1)");
        beats.Parameters.Add(new NpgsqlParameter { Value = components.ToArray() });
        return (long)(await beats.ExecuteScalarAsync())! == components.Count;
    }

    private async Task<double> ApiAsync()
    {
        await SettleAsync();
        var began = Stopwatch.GetTimestamp();
        await using var api = await ApiServer.StartAsync(database, 0, Path.Combine(programs, "Bridge.Api.dll"));
        using var http = new HttpClient { BaseAddress = api.Url };
        var said = "";
        return await ReadyAsync(began, async () =>
        {
            using var answer = await http.GetAsync(new Uri("healthz/ready", UriKind.Relative));
            said = await answer.Content.ReadAsStringAsync();
            return answer.IsSuccessStatusCode;
        }, () => said);
    }

    /// <summary>A server goes on with what a killed process asked it: that is no part of the next one's start.</summary>
    private Task SettleAsync() => ExecuteAsync(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' AND state = 'active' AND pid <> pg_backend_pid()");

    private async Task ExecuteAsync(string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<double> ReadyAsync(long began, Func<Task<bool>> ready, Func<string> said)
    {
        for (; !await ready(); await Task.Delay(LookEvery))
            if (Stopwatch.GetElapsedTime(began) > Patience) throw new InvalidOperationException($"not ready after {Patience.TotalSeconds:0} s: {said()}");
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}

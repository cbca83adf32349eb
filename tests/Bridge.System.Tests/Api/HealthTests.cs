using System.Net;
using System.Net.Sockets;
using Bridge.SystemTests.Harness;

namespace Bridge.SystemTests.Api;

public sealed class HealthTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task The_process_is_alive_whatever_the_others_do()
    {
        await api.Store.Directory.BeatAsync("watch 1", "stalled", "no endpoint answers", default);

        (await api.GetAsync("/healthz/live")).Status.ShouldBe(HttpStatusCode.OK);
        await api.Store.ExecuteAsync("DELETE FROM heartbeat"); // no other test's machine may be slow enough for it to count as silent
    }

    [Fact]
    public async Task Readiness_goes_when_a_component_stalls_or_falls_silent_and_comes_back()
    {
        await api.Store.Directory.BeatAsync("relay", "ok", null, default);
        (await ReadyAsync()).ShouldBe((HttpStatusCode.OK, "ok"));

        await api.Store.Directory.BeatAsync("relay", "stalled", "waits for the database", default);
        (await ReadyAsync()).ShouldBe((HttpStatusCode.ServiceUnavailable, "stalled"));

        await api.Store.Directory.BeatAsync("relay", "ok", null, default);
        (await ReadyAsync()).ShouldBe((HttpStatusCode.OK, "ok"));

        await api.Store.ExecuteAsync("UPDATE heartbeat SET beaten_at = now() - interval '10 minutes' WHERE component = 'relay'");
        (await ReadyAsync()).ShouldBe((HttpStatusCode.ServiceUnavailable, "stalled"));
        await api.Store.ExecuteAsync("DELETE FROM heartbeat");
    }

    [Fact]
    public async Task Readiness_goes_while_the_schema_is_not_this_releases()
    {
        await api.Store.ExecuteAsync("UPDATE schema_migration SET name = '0009_moved.sql' WHERE name = '0005_roles.sql'");
        try
        {
            var answer = await api.GetAsync("/healthz/ready");
            answer.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
            answer.Text.ShouldContain("0009_moved.sql");
        }
        finally
        {
            await api.Store.ExecuteAsync("UPDATE schema_migration SET name = '0005_roles.sql' WHERE name = '0009_moved.sql'");
        }
    }

    [Fact]
    public async Task It_starts_while_the_database_is_away_and_says_so()
    {
        using var nobody = new TcpListener(IPAddress.Loopback, 0);
        nobody.Start();
        var port = ((IPEndPoint)nobody.LocalEndpoint).Port;
        nobody.Stop();
        await using var alone = await ApiProcess.StartAsync($"Host=127.0.0.1;Port={port};Database=none;Username=nobody;Password=none", Path.GetTempPath());
        using var http = new HttpClient { BaseAddress = alone.Url };

        (await http.GetAsync("/healthz/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var ready = await http.GetAsync("/healthz/ready");
        (ready.StatusCode, (await ready.Content.ReadAsStringAsync()).Contains("\"stalled\"", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.ServiceUnavailable, true));
        var asked = await http.GetAsync("/v1/transfers");
        (asked.StatusCode, (await asked.Content.ReadAsStringAsync()).Contains("UNAVAILABLE", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.ServiceUnavailable, true));
    }

    [Fact]
    public async Task An_unknown_key_or_a_bad_value_stops_the_start_with_the_keys_name()
    {
        (await StartAsync("Bridge__Api__Colour", "blue")).ShouldContain("Bridge:Api:Colour");
        (await StartAsync("Bridge__Api__Urls", "not a url")).ShouldContain("Bridge:Api:Urls");
        (await StartAsync("Bridge__Api__CorsOrigins", "*")).ShouldContain("Bridge:Api:CorsOrigins");
        (await StartAsync("Bridge__Api__KeyedPerAddressPerSecond", "0")).ShouldContain("Bridge:Api:KeyedPerAddressPerSecond");
        (await StartAsync("Bridge__Api__StaleSeconds", "1")).ShouldContain("Bridge:Api:StaleSeconds");
        (await StartAsync("Bridge__Database", "")).ShouldContain("Bridge:Database");
    }

    [Fact]
    public async Task Unknown_paths_and_methods_are_problems_too()
    {
        (await api.GetAsync("/v1/nothing")).ShouldBeProblem(HttpStatusCode.NotFound, "NOT_FOUND");
        (await api.GetAsync("/v1/attestations")).Status.ShouldBe(HttpStatusCode.MethodNotAllowed);
        (await api.GetAsync("/problems/FOREIGN_EPOCH")).At("playbook")!.ShouldContain("epoch()");
    }

    private static async Task<string> StartAsync(string key, string value)
    {
        var environment = new Dictionary<string, string> { ["Bridge__Database"] = Machine.Postgres, [key] = value };
        await using var process = ChildProcess.Start("dotnet", [Machine.Assembly("Bridge.Api", "Bridge.Api")], environment);
        await process.ExitAsync(TimeSpan.FromSeconds(60));
        process.ExitCode.ShouldBe(2, process.Output);
        return process.Output;
    }

    private async Task<(HttpStatusCode, string?)> ReadyAsync()
    {
        var answer = await api.GetAsync("/healthz/ready");
        return (answer.Status, answer.At("status"));
    }
}

using System.Text.Json;
using Spectre.Console;

namespace Bridge.Relayer.Cli;

/// <summary>How chains, lanes and parts of a relayer stand, as its API says.</summary>
internal static class Overview
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    /// <returns>The exit code.</returns>
    public static async Task<int> ShowAsync(string api, bool json, bool watch, CancellationToken ct)
    {
        while (true)
        {
            if (await AskApi.StandingAsync(api, ct) is not { } text) return Common.Failed;
            var standing = JsonDocument.Parse(text).RootElement;
            if (json) Console.WriteLine(text);
            else Show(standing);
            if (!watch) return standing.Text("status") == "ok" ? 0 : Common.Failed;
            await Task.Delay(Every, ct);
        }
    }

    private static void Show(JsonElement standing)
    {
        var table = new Table().Border(TableBorder.Rounded).Title(Markup.Escape($"{standing.Text("status")} at {standing.Text("asOf")}")).AddColumns("what", "which", "state", "why");
        foreach (var lane in All(standing, "lanes")) Add("lane", lane.Text("lane"), lane.Text("state"), lane.Text("reason"));
        foreach (var part in All(standing, "components")) Add("part", part.Text("component"), part.Text("state"), null);
        foreach (var incident in All(standing, "incidents")) Add("incident", incident.Text("lane"), incident.Text("code"), incident.Text("reason"));
        AnsiConsole.Write(table);

        void Add(params string?[] cells) => table.AddRow([.. cells.Select(cell => Markup.Escape(cell ?? ""))]);
    }

    private static IEnumerable<JsonElement> All(JsonElement standing, string name) => standing.TryGetProperty(name, out var list) ? list.EnumerateArray() : [];
}

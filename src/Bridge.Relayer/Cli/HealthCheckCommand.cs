using System.CommandLine;
using System.Text.Json;

namespace Bridge.Relayer.Cli;

/// <summary>Asks a node or an API whether it works: for containers and monitors.</summary>
internal static class HealthCheckCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static Command Create()
    {
        var url = new Option<string>("--url") { Description = "A node's Bridge:Metrics:Urls, or an API's base URL. Default http://127.0.0.1:9464.", DefaultValueFactory = _ => "http://127.0.0.1:9464" };
        var json = new Option<bool>("--json") { Description = "Print what it answered." };
        return new Command("health-check", "Asks a node or an API whether all its components work. Exit code 0 if they do, 1 if one stalls or nobody answers.") { url, json }.Does(async (parsed, ct) =>
        {
            if (!Uri.TryCreate(parsed.GetValue(url)!.TrimEnd('/') + "/healthz/ready", UriKind.Absolute, out var asked)) throw new UserException($"--url: '{parsed.GetValue(url)}' is not a URL.");
            using var http = new HttpClient { Timeout = Patience };
            using var answer = await http.GetAsync(asked, ct);
            var text = await answer.Content.ReadAsStringAsync(ct);
            if (parsed.GetValue(json)) Console.WriteLine(text);
            else Show(text, asked);
            return answer.IsSuccessStatusCode ? 0 : Common.Failed;
        });
    }

    private static void Show(string text, Uri asked)
    {
        try
        {
            foreach (var component in JsonDocument.Parse(text).RootElement.GetProperty("components").EnumerateArray())
                Console.WriteLine($"{(component.Text("state") == "ok" ? " ok  " : "STALL")} {component.Text("component")}{(component.Text("detail") is { Length: > 0 } detail ? $": {detail}" : "")}{(component.Text("since") is { } since ? $" (since {since})" : "")}");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new UserException($"{asked} answers something else: is a node or an API of the bridge there?");
        }
    }
}

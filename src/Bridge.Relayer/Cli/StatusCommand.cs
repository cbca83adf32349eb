using System.CommandLine;
using System.Net;
using System.Text.Json;
using Spectre.Console;

namespace Bridge.Relayer.Cli;

/// <summary>Asks an API where a transfer is, and why it waits.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("id") { Description = "The transfer's id, or its transaction on either chain." };
        var api = new Option<string>("--api") { Description = "Base URL of a relayer's API.", DefaultValueFactory = _ => "http://127.0.0.1:8080" };
        var json = new Option<bool>("--json") { Description = "Print what the API answered." };
        return new Command("status", "Says where a transfer is, and why it waits.") { id, api, json }.Does(async (parsed, ct) =>
        {
            if (!Uri.TryCreate(parsed.GetValue(api)!.TrimEnd('/') + "/", UriKind.Absolute, out var url)) throw new UserException($"--api: '{parsed.GetValue(api)}' is not a URL.");
            using var http = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromSeconds(10) };
            using var response = await http.GetAsync(new Uri($"v1/transfers/{Uri.EscapeDataString(parsed.GetValue(id)!)}", UriKind.Relative), ct);
            var text = await response.Content.ReadAsStringAsync(ct);
            if (parsed.GetValue(json)) Console.WriteLine(text);
            else if (response.StatusCode is HttpStatusCode.OK) Show(JsonDocument.Parse(text).RootElement);
            else await Console.Error.WriteLineAsync(Problem(response.StatusCode, text));
            return response.IsSuccessStatusCode ? 0 : Common.Failed;
        });
    }

    private static readonly (string Label, string Path)[] Rows =
    [
        ("transfer", "transferId"), ("status", "status"), ("stage", "stage"), ("because", "reason"),
        ("from", "source.chain"), ("sender", "source.sender"), ("amount", "source.amount"), ("fee", "fee"), ("sent in", "source.txHash"),
        ("sent at", "source.timestamp"), ("confirmations", "source.confirmations"), ("signatures", "attestation.have"), ("needed", "attestation.need"),
        ("to", "destination.chain"), ("recipient", "destination.recipient"), ("receives", "destination.amount"),
        ("delivered in", "destination.txHash"), ("delivered at", "destination.timestamp"),
    ];

    private static void Show(JsonElement transfer)
    {
        var table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumns("", "");
        foreach (var (label, path) in Rows)
            if (Text(transfer, path) is { Length: > 0 } value) table.AddRow(label, Markup.Escape(value));
        AnsiConsole.Write(table);
    }

    private static string? Text(JsonElement element, string path)
    {
        foreach (var key in path.Split('.'))
            if (element.ValueKind is not JsonValueKind.Object || !element.TryGetProperty(key, out element)) return null;
        return element.ValueKind is JsonValueKind.Object ? Amount(element) : element.ToString();
    }

    /// <summary>Whole tokens where the decimals are known, else base units.</summary>
    private static string Amount(JsonElement amount)
    {
        var units = amount.GetProperty("amount").GetString()!;
        if (!amount.TryGetProperty("decimals", out var decimals) || decimals.GetInt32() == 0) return $"{units} base units of asset {Text(amount, "assetId")}";
        var padded = units.PadLeft(decimals.GetInt32() + 1, '0');
        var whole = padded[..^decimals.GetInt32()];
        var fraction = padded[^decimals.GetInt32()..].TrimEnd('0');
        return $"{whole}{(fraction.Length > 0 ? "." : "")}{fraction} {Text(amount, "symbol")}";
    }

    private static string Problem(HttpStatusCode status, string text)
    {
        try
        {
            var problem = JsonDocument.Parse(text).RootElement;
            return $"{Text(problem, "title")}: {Text(problem, "detail")}";
        }
        catch (JsonException)
        {
            return $"the API answered {(int)status}: {text[..Math.Min(text.Length, 300)]}";
        }
    }
}

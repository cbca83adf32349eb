using System.CommandLine;
using System.Net;
using System.Text.Json;

namespace Bridge.Relayer.Cli;

/// <summary>Asks a relayer's API for a transfer, for the verbs that show one.</summary>
internal static class AskApi
{
    public static Argument<string> Id() => new("id") { Description = "The transfer's id, or its transaction on either chain." };

    public static Option<string> Url() => new("--api") { Description = "Base URL of a relayer's API.", DefaultValueFactory = _ => "http://127.0.0.1:8080" };

    public static Option<bool> Json() => new("--json") { Description = "Print what the API answered." };

    /// <summary>Prints the answer as it is, or has it shown; a problem goes to standard error.</summary>
    /// <param name="look">Called with the transfer, if there is one.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> ShowAsync(string api, string id, bool json, Action<JsonElement> show, CancellationToken ct, Action<JsonElement>? look = null)
    {
        var (status, text) = await GetAsync(api, $"v1/transfers/{Uri.EscapeDataString(id)}", ct);
        if (status is HttpStatusCode.OK) look?.Invoke(JsonDocument.Parse(text).RootElement);
        if (json) Console.WriteLine(text);
        else if (status is HttpStatusCode.OK) show(JsonDocument.Parse(text).RootElement);
        else await Console.Error.WriteLineAsync(Problem(status, text));
        return status is HttpStatusCode.OK ? 0 : Common.Failed;
    }

    /// <summary>What was signed for a transfer, and the call that delivers it; null, with the problem told, where there is none.</summary>
    public static async Task<JsonElement?> AttestationAsync(string api, string id, CancellationToken ct)
    {
        var (status, text) = await GetAsync(api, $"v1/transfers/{Uri.EscapeDataString(id)}/attestation", ct);
        if (status is HttpStatusCode.OK) return JsonDocument.Parse(text).RootElement;
        await Console.Error.WriteLineAsync(Problem(status, text));
        return null;
    }

    /// <summary>How the whole stands; null, with the problem told, where that is not answered.</summary>
    public static async Task<string?> StandingAsync(string api, CancellationToken ct)
    {
        var (status, text) = await GetAsync(api, "v1/status", ct);
        if (status is HttpStatusCode.OK) return text;
        await Console.Error.WriteLineAsync(Problem(status, text));
        return null;
    }

    private static async Task<(HttpStatusCode Status, string Text)> GetAsync(string api, string path, CancellationToken ct)
    {
        if (!Uri.TryCreate(api.TrimEnd('/') + "/", UriKind.Absolute, out var url)) throw new UserException($"--api: '{api}' is not a URL.");
        using var http = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromSeconds(10) };
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative), ct);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(ct));
    }

    private static string Problem(HttpStatusCode status, string text)
    {
        try
        {
            var problem = JsonDocument.Parse(text).RootElement;
            return $"{problem.Text("title")}: {problem.Text("detail")}";
        }
        catch (JsonException)
        {
            return $"the API answered {(int)status}: {text[..Math.Min(text.Length, 300)]}";
        }
    }
}

/// <summary>Reads what the API says of a transfer.</summary>
internal static class TransferJson
{
    /// <param name="path">Names, joined by dots.</param>
    /// <returns>Null where there is no such member; of an amount, whole tokens where the decimals are known.</returns>
    public static string? Text(this JsonElement element, string path)
    {
        foreach (var key in path.Split('.'))
            if (element.ValueKind is not JsonValueKind.Object || !element.TryGetProperty(key, out element)) return null;
        return element.ValueKind is JsonValueKind.Object ? Amount(element) : element.ToString();
    }

    private static string Amount(JsonElement amount)
    {
        var units = amount.GetProperty("amount").GetString()!;
        if (!amount.TryGetProperty("decimals", out var decimals) || decimals.GetInt32() == 0) return $"{units} base units of asset {Text(amount, "assetId")}";
        return $"{WholeTokens.Of(units, decimals.GetInt32())} {Text(amount, "symbol")}";
    }
}

using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bridge.SystemTests.Harness;

/// <summary>Stands between an auditor and its nodes: sees every call, and may change it or refuse it.</summary>
/// <param name="meddle">Gets method and parameters; returns an error text to refuse the call, else null.</param>
internal sealed class Meddler(Func<Uri, string, JsonArray, string?> meddle) : DelegatingHandler(new SocketsHttpHandler())
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!;
        foreach (var call in body is JsonArray batch ? batch.Select(c => c!) : [body])
            if (meddle(request.RequestUri!, (string)call["method"]!, (JsonArray)call["params"]!) is { } refusal)
                return Answer(new { jsonrpc = "2.0", id = (long)call["id"]!, error = new { code = -32601, message = refusal } });
        request.Content = Json(body.ToJsonString());
        return await base.SendAsync(request, cancellationToken);
    }

    private static HttpResponseMessage Answer(object reply) => new() { Content = Json(JsonSerializer.Serialize(reply)) };

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}

using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Bridge.Evm.Tests;

/// <summary>Stands between a client and a real node, and may refuse, delay or falsify what the node says.</summary>
internal sealed class Middleman : HttpMessageHandler
{
    private readonly HttpClient _node = new();
    private int _requests;
    private Uri? _url;

    /// <summary>Answers in place of the node, or null to ask it. Gets the number of the request, from 1.</summary>
    public Func<int, HttpResponseMessage?> Answer { get; init; } = _ => null;

    /// <summary>Turns a reply, the whole object with result or error, into another. Gets the method first.</summary>
    public Func<string, JsonObject, JsonObject> Alter { get; init; } = (_, reply) => reply;

    /// <summary>Changes a call before the node sees it.</summary>
    public Action<JsonObject> Rewrite { get; init; } = _ => { };

    public TimeSpan Delay { get; init; }

    /// <summary>Another node that answers from now on, as behind a load balancer; null for the first one.</summary>
    public Uri? Instead { get; set; }

    public int Requests => _requests;

    /// <summary>Alters only results of one method.</summary>
    public static Middleman Altering(string method, Action<JsonNode> alter) => new()
    {
        Alter = (called, reply) =>
        {
            if (called == method && reply["result"] is { } result) alter(result);
            return reply;
        },
    };

    public static Middleman Replying(string method, JsonNode? result) => new()
    {
        Alter = (called, reply) =>
        {
            if (called == method) reply["result"] = result?.DeepClone();
            return reply;
        },
    };

    public static Middleman Failing(string method, int code, string message) => new()
    {
        Alter = (called, reply) => called == method ? Error(reply, code, message) : reply,
    };

    /// <summary>Has no block above a height.</summary>
    public static Middleman Lagging(ulong height, TimeSpan delay = default) => new()
    {
        Delay = delay,
        Rewrite = call =>
        {
            if ((string)call["method"]! == "eth_getBlockByNumber" && (string)call["params"]![0]! == "latest") call["params"]![0] = $"0x{height:x}";
        },
        Alter = (method, reply) =>
        {
            if (method == "eth_getBlockByNumber" && reply["result"] is { } block && Convert.ToUInt64((string)block["number"]!, 16) > height) reply["result"] = null;
            return reply;
        },
    };

    public static JsonObject Error(JsonObject reply, int code, string message)
    {
        reply.Remove("result");
        reply["error"] = new JsonObject { ["code"] = code, ["message"] = message };
        return reply;
    }

    public static HttpResponseMessage Text(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    public RpcEndpoint Endpoint(Uri node, int number, RpcOptions options)
    {
        _url = node;
        return new RpcEndpoint(new Uri($"http://node{number}.test/secret-key"), new HttpClient(this, disposeHandler: false), options);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _requests);
        await Task.Delay(Delay, cancellationToken);
        if (Answer(number) is { } answer) return answer;
        var asked = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!;
        if (asked is JsonObject single) Rewrite(single);
        else foreach (var call in asked.AsArray()) Rewrite(call!.AsObject());
        using var reply = await _node.PostAsync(Instead ?? _url, new StringContent(asked.ToJsonString(), Encoding.UTF8, "application/json"), cancellationToken);
        var text = await reply.Content.ReadAsStringAsync(cancellationToken);
        return Text(Altered(asked, JsonNode.Parse(text)!).ToJsonString());
    }

    private JsonNode Altered(JsonNode asked, JsonNode said)
    {
        if (asked is not JsonArray batch) return Alter((string)asked["method"]!, said.AsObject());
        // Reversed, because a node may answer a batch in any order.
        var replies = said.AsArray().Select(r => r!.DeepClone().AsObject()).Reverse();
        return new JsonArray([.. replies.Select(r => Alter((string)batch.First(c => (long)c!["id"]! == (long)r["id"]!)!["method"]!, r))]);
    }
}

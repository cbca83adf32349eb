using System.Net;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Bridge.Client;
using Bridge.SystemTests.Harness;

namespace Bridge.SystemTests.Client;

/// <summary>The client is what the reviewed description of the API says; another test holds the API to the same description.</summary>
public sealed class DescriptionTests
{
    private static readonly string Reviewed = File.ReadAllText(Path.Combine(Machine.Root, "tests", "Bridge.System.Tests", "Api", "openapi.json"));

    private static readonly JsonElement Description = JsonDocument.Parse(Reviewed).RootElement;

    [Fact]
    public void Every_operation_and_every_property_is_the_client_s_too() => DescriptionComparison.Differences(Description, typeof(BridgeClient)).ShouldBeEmpty();

    [Theory]
    [InlineData("components/schemas/TransferBody/properties/stage", null, "Transfer has stage, which the description lacks")]
    [InlineData("components/schemas/TransferBody/properties/colour", """{"type":"string"}""", "Transfer lacks colour")]
    [InlineData("components/schemas/AmountBody/properties/decimals", """{"type":"boolean"}""", "boolean is no Int32")]
    [InlineData("components/schemas/LaneBody/properties/assets", """{"type":"string"}""", "string is no IReadOnlyList`1")]
    [InlineData("components/schemas/ChainBody/required", """["chain"]""", "may be left out and is never null")]
    [InlineData("paths/~v1~assets/put", """{"operationId":"PaintAsset","responses":{}}""", "there is no method PaintAssetAsync")]
    [InlineData("paths/~v1~webhooks~{id}/delete/responses/204/content", """{"application/json":{"schema":{"type":"string"}}}""", "string is no Void")]
    public void What_one_side_lacks_or_says_differently_is_found(string place, string? instead, string expected)
    {
        var changed = JsonNode.Parse(Reviewed)!;
        var names = place.Split('/').Select(name => name.Replace('~', '/')).ToList();
        var parent = names[..^1].Aggregate(changed, (node, name) => node[name]!).AsObject();
        if (instead is null) parent.Remove(names[^1]).ShouldBeTrue();
        else parent[names[^1]] = JsonNode.Parse(instead);

        DescriptionComparison.Differences(JsonSerializer.SerializeToElement(changed), typeof(BridgeClient)).ShouldContain(difference => difference.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_filter_of_the_description_can_be_asked_for()
    {
        new TransferFilter().Query().Select(parameter => parameter.Name).Concat(["limit", "cursor"]).ShouldBe(Query("/v1/transfers"), ignoreOrder: true);
        new StreamFilter().Query().Select(parameter => parameter.Name).Append("after").ShouldBe(Query("/v1/stream"), ignoreOrder: true);
        new StreamFilter().Query().Select(parameter => parameter.Name).Concat(["after", "named"]).ShouldBe(Query("/v1/ws"), ignoreOrder: true);

        static IEnumerable<string> Query(string path) => Description.GetProperty("paths").GetProperty(path).GetProperty("get").GetProperty("parameters").EnumerateArray()
            .Where(parameter => parameter.GetProperty("in").GetString() == "query").Select(parameter => parameter.GetProperty("name").GetString()!);
    }

    [Fact]
    public void Every_example_of_an_answer_is_read_with_nothing_left_over()
    {
        var strict = new JsonSerializerOptions(ApiJson.Default.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };
        foreach (var (id, operation) in DescriptionComparison.Operations(Description))
            foreach (var response in operation.GetProperty("responses").EnumerateObject().Where(response => response.Name.StartsWith('2') && response.Value.TryGetProperty("content", out _)))
                foreach (var media in response.Value.GetProperty("content").EnumerateObject())
                {
                    var type = media.Name == "text/event-stream" ? typeof(ChangeEvent) : DescriptionComparison.Method(typeof(BridgeClient), id)!.ReturnType.GetGenericArguments()[0];
                    Should.NotThrow(() => JsonSerializer.Deserialize(media.Value.GetProperty("example"), type, strict), id).ShouldNotBeNull();
                }
    }

    [Fact]
    public async Task Every_method_sends_the_request_that_the_description_names()
    {
        foreach (var path in Description.GetProperty("paths").EnumerateObject())
            foreach (var operation in path.Value.EnumerateObject())
            {
                var id = operation.Value.GetProperty("operationId").GetString()!;
                var wire = new Wire();
                using var http = new HttpClient(wire) { BaseAddress = new Uri("https://bridge.example/api") };
                var method = DescriptionComparison.Method(typeof(BridgeClient), id)!;

                (await Should.ThrowAsync<BridgeApiException>(() => CallAsync(method, new BridgeClient(http), operation.Value))).Code.ShouldBe("UNKNOWN");

                var said = path.Name.Split('/').Select(part => part.StartsWith('{') ? "x%2Fy" : part);
                (wire.Sent!.Method.Method, wire.Sent.RequestUri!.AbsolutePath).ShouldBe((operation.Name.ToUpperInvariant(), "/api" + string.Join('/', said)), id);
                wire.Sent.Headers.Contains("Idempotency-Key").ShouldBe(Needs(operation.Value, "Idempotency-Key"), id);
            }

        static bool Needs(JsonElement operation, string header) => operation.TryGetProperty("parameters", out var all) && all.EnumerateArray().Any(one => one.GetProperty("name").GetString() == header);
    }

    private static async Task CallAsync(MethodInfo method, BridgeClient client, JsonElement operation)
    {
        var body = operation.TryGetProperty("requestBody", out var request) ? request.GetProperty("content").GetProperty("application/json").GetProperty("example") : (JsonElement?)null;
        var arguments = method.GetParameters().Select(parameter => parameter switch
        {
            { HasDefaultValue: true, ParameterType: { IsValueType: true } type, DefaultValue: null } => Activator.CreateInstance(type),
            { HasDefaultValue: true } => parameter.DefaultValue,
            { ParameterType: var type } when type == typeof(string) => "x/y",
            { ParameterType: var type } => JsonSerializer.Deserialize(body!.Value, type, ApiJson.Default.Options),
        }).ToArray();
        switch (method.Invoke(client, arguments))
        {
            case Task answer: await answer; break;
            case IAsyncEnumerable<ChangeEvent> stream: await stream.GetAsyncEnumerator().MoveNextAsync(); break;
            default: throw new InvalidOperationException($"{method.Name} returns something else");
        }
    }

    /// <summary>Takes the request down, and answers as a proxy does that knows nothing of the API.</summary>
    private sealed class Wire : HttpMessageHandler
    {
        public HttpRequestMessage? Sent { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Sent = request;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound) { RequestMessage = request });
        }
    }
}

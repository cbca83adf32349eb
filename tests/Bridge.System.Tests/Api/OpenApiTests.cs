using System.Net;
using System.Text.Json;
using Bridge.Api.Streams;
using Bridge.Api.Transfers;
using Bridge.Store;
using Bridge.SystemTests.Harness;
using Bridge.SystemTests.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Bridge.SystemTests.Api;

public sealed class OpenApiTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    /// <summary>Callers build on this document. To change it on purpose, write what the API serves into the file.</summary>
    [Fact]
    public async Task The_published_description_is_the_reviewed_one()
    {
        var reviewed = Path.Combine(Machine.Root, "tests", "Bridge.System.Tests", "Api", "openapi.json");

        var served = (await api.GetAsync("/openapi/v1.json")).Json;

        Content(served).ShouldBe(Content(JsonDocument.Parse(await File.ReadAllTextAsync(reviewed)).RootElement));

        static string Content(JsonElement document) =>
            JsonSerializer.Serialize(new { paths = document.GetProperty("paths"), components = document.GetProperty("components") });
    }

    [Fact]
    public async Task Every_operation_has_a_summary_and_examples_of_all_that_goes_in_and_comes_out()
    {
        var document = (await api.GetAsync("/openapi/v1.json")).Json;

        document.GetProperty("openapi").GetString()!.ShouldStartWith("3.1");
        foreach (var (name, operation) in Operations(document))
        {
            operation.GetProperty("summary").GetString().ShouldNotBeNullOrWhiteSpace(name);
            foreach (var parameter in Parameters(operation)) parameter.TryGetProperty("example", out _).ShouldBeTrue($"{name} {parameter.GetProperty("name")}");
            if (operation.TryGetProperty("requestBody", out var body)) ShouldHaveExamples(body, name);
            foreach (var response in operation.GetProperty("responses").EnumerateObject().Where(r => r.Name.StartsWith('2'))) ShouldHaveExamples(response.Value, $"{name} {response.Name}");
        }

        static void ShouldHaveExamples(JsonElement body, string name)
        {
            foreach (var content in body.TryGetProperty("content", out var contents) ? contents.EnumerateObject().ToList() : [])
                content.Value.TryGetProperty("example", out _).ShouldBeTrue($"{name} {content.Name}");
        }
    }

    /// <summary>What is bound by the framework is described by it; these are read by hand.</summary>
    [Fact]
    public async Task Every_parameter_that_is_read_is_described_and_every_described_one_is_read()
    {
        var document = (await api.GetAsync("/openapi/v1.json")).Json;

        var list = new RecordedQuery();
        TransferQuery.Read(list, new TransferCursor(new byte[32]));
        Query(document, "/v1/transfers").ShouldBe(list.Asked, ignoreOrder: true);

        var resume = new RecordedQuery();
        EventStream.LastEventId(new DefaultHttpContext { Request = { Query = resume } }.Request).ShouldBeNull();
        Query(document, "/v1/stream").ShouldBe(StreamFilter.Known, ignoreOrder: true);
        resume.Asked.ShouldBeSubsetOf(StreamFilter.Known);
        foreach (var name in StreamFilter.Known) (await api.GetAsync($"/v1/stream?{name}=%00")).Text.ShouldNotContain("a parameter that exists");
        Query(document, "/v1/transfers/{id}/events").ShouldBe(["logIndex", .. resume.Asked], ignoreOrder: true);
    }

    [Fact]
    public async Task What_needs_an_idempotency_key_says_so_and_nothing_else_does()
    {
        var document = (await api.GetAsync("/openapi/v1.json")).Json;
        var key = await api.Store.Get<ApiKeyStore>().CreateAsync("described", ["webhooks", "auditor", "compliance"], null, default);
        var posts = Operations(document).Where(operation => operation.Name.StartsWith("post ", StringComparison.Ordinal)).ToList();
        posts.Count.ShouldBeGreaterThan(5);

        foreach (var (name, operation) in posts)
        {
            var path = name[5..].Replace("{id}", name.Contains("/transfers/", StringComparison.Ordinal) ? Scene.Hash(1).ToString() : Guid.NewGuid().ToString(), StringComparison.Ordinal)
                .Replace("{delivery}", Guid.NewGuid().ToString(), StringComparison.Ordinal);
            var answer = await new Asking(api.Url, key).SendAsync(HttpMethod.Post, path, "{}", []);
            var described = Parameters(operation).Any(parameter => parameter.GetProperty("name").GetString() == "Idempotency-Key" && parameter.GetProperty("required").GetBoolean());
            (answer.Json.TryGetProperty("code", out var code) && code.GetString() == "IDEMPOTENCY_KEY_REQUIRED").ShouldBe(described, $"{name}: {answer.Text}");
        }
    }

    [Theory]
    [InlineData("validator")]
    [InlineData("executor")]
    [InlineData("stage=ATTESTING")]
    [InlineData("status=HELD")]
    public async Task The_described_filters_are_taken(string filter)
    {
        var query = filter.Contains('=', StringComparison.Ordinal) ? filter : $"{filter}={Scene.Someone(1)}";
        (await api.GetAsync($"/v1/transfers?{query}")).Status.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>A name is one schema of the description: two types of one name would be described by the first.</summary>
    [Fact]
    public void No_two_bodies_have_the_same_name() => typeof(ListDescription).Assembly.GetTypes()
        .Where(type => type.IsPublic && type.Name.EndsWith("Body", StringComparison.Ordinal)).GroupBy(type => type.Name).Where(group => group.Count() > 1).ShouldBeEmpty();

    private static IEnumerable<(string Name, JsonElement Operation)> Operations(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject() from operation in path.Value.EnumerateObject() select ($"{operation.Name} {path.Name}", operation.Value);

    private static List<JsonElement> Parameters(JsonElement operation) => operation.TryGetProperty("parameters", out var all) ? [.. all.EnumerateArray()] : [];

    private static IEnumerable<string?> Query(JsonElement document, string path) => Parameters(document.GetProperty("paths").GetProperty(path).GetProperty("get"))
        .Where(parameter => parameter.GetProperty("in").GetString() == "query").Select(parameter => parameter.GetProperty("name").GetString());

    /// <summary>An empty query that remembers what it was asked for.</summary>
    private sealed class RecordedQuery : IQueryCollection
    {
        public HashSet<string> Asked { get; } = [];
        public int Count => 0;
        public StringValues this[string key]
        {
            get
            {
                Asked.Add(key);
                return StringValues.Empty;
            }
        }
        public ICollection<string> Keys => [];
        public bool ContainsKey(string key) => Asked.Add(key) && false;
        public bool TryGetValue(string key, out StringValues value)
        {
            value = this[key];
            return false;
        }

        public IEnumerator<KeyValuePair<string, StringValues>> GetEnumerator() => Enumerable.Empty<KeyValuePair<string, StringValues>>().GetEnumerator();
        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

using System.Text.Json;
using Bridge.SystemTests.Harness;

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
    public async Task Every_operation_has_a_summary_and_every_answer_of_success_an_example()
    {
        var document = (await api.GetAsync("/openapi/v1.json")).Json;

        document.GetProperty("openapi").GetString()!.ShouldStartWith("3.1");
        foreach (var path in document.GetProperty("paths").EnumerateObject())
            foreach (var operation in path.Value.EnumerateObject())
            {
                var name = $"{operation.Name} {path.Name}";
                operation.Value.GetProperty("summary").GetString().ShouldNotBeNullOrWhiteSpace(name);
                foreach (var response in operation.Value.GetProperty("responses").EnumerateObject().Where(r => r.Name.StartsWith('2')))
                    foreach (var content in response.Value.TryGetProperty("content", out var contents) ? contents.EnumerateObject().ToList() : [])
                        content.Value.TryGetProperty("example", out _).ShouldBeTrue($"{name} {response.Name}");
            }
    }
}

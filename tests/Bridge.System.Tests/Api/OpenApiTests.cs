namespace Bridge.SystemTests.Api;

public sealed class OpenApiTests(ApiFixture api) : IClassFixture<ApiFixture>
{
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
                    foreach (var content in response.Value.GetProperty("content").EnumerateObject())
                        content.Value.TryGetProperty("example", out _).ShouldBeTrue($"{name} {response.Name}");
            }
    }
}

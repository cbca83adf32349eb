using System.Net;
using System.Text.Json;

namespace Bridge.SystemTests.Api.Compliance;

/// <summary>What must not get into a log from which nothing can be erased.</summary>
public sealed class RefusedReferenceTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Theory]
    [InlineData("travelRuleRef", "Ada Lovelace")]
    [InlineData("travelRuleRef", "AdaLovelace")]
    [InlineData("travelRuleRef", "Augusta-Ada-King-Countess-of-Lovelace")]
    [InlineData("travelRuleRef", Integrator.Uuid + "\n")]
    [InlineData("ivms101Hash", "Ada Lovelace")]
    [InlineData("provider", "Ada Lovelace")]
    [InlineData("provider", "Łukasz")]
    [InlineData("requestId", "passport C01X00T47")]
    [InlineData("list", "Specially designated: Ada")]
    [InlineData("category", "Ada, known as the Countess")]
    [InlineData("score", "high")]
    [InlineData("type", "spouse")]
    [InlineData("result", "ask Ada")]
    [InlineData("at", "yesterday")]
    public async Task A_name_or_a_sentence_is_refused_by_field_and_neither_repeated_nor_kept(string field, string value)
    {
        var (path, integrator) = (await Integrator.TransferAsync(api), await Integrator.WithAsync(api, "compliance"));
        var ofScreening = field is not ("travelRuleRef" or "ivms101Hash");
        object given = ofScreening ? new { screening = new[] { new Dictionary<string, string>(Integrator.Screened("clear")) { [field] = value } } } : new Dictionary<string, string> { [field] = value };

        var answer = await integrator.Ask.PostAsync(path, given);

        answer.ShouldBeProblem(HttpStatusCode.BadRequest, "VALIDATION_FAILED");
        var error = answer.Json.GetProperty("errors").EnumerateObject().Single();
        (error.Name, error.Value[0].GetString()!.StartsWith("Expected ", StringComparison.Ordinal)).ShouldBe((ofScreening ? $"screening[0].{field}" : field, true), answer.Text);
        answer.Text.ShouldNotContain(JsonEncodedText.Encode(value).ToString());
        (await KeptAsync()).ShouldNotContain("Ada", Case.Sensitive); // hex has ada now and then
        (await integrator.Ask.GetAsync(path)).Json.GetProperty("references").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Nothing_at_all_too_much_at_once_and_unknown_members_are_refused()
    {
        var (path, integrator) = (await Integrator.TransferAsync(api), await Integrator.WithAsync(api, "compliance"));
        (await ErrorAsync(new { }, "screening")).ShouldContain("takes back what was attached before");
        (await ErrorAsync(new { screening = Enumerable.Repeat(Integrator.Screened("clear"), 21) }, "screening")).ShouldBe("Expected at most 20.");
        (await ErrorAsync(new { screening = new object?[] { null } }, "screening[0]")).ShouldBe("Expected an object.");
        (await ErrorAsync(new { screening = new[] { new { provider = "trm" } } }, "screening[0].requestId")).ShouldStartWith("Expected a UUID");
        (await integrator.Ask.PostAsync(path, new { originator = "Ada" })).ShouldBeProblem(HttpStatusCode.BadRequest, "VALIDATION_FAILED");
        (await integrator.Ask.PostAsync(path, new { screening = Enumerable.Repeat(Integrator.Screened("clear"), 20) })).Status.ShouldBe(HttpStatusCode.Created);

        async Task<string> ErrorAsync(object body, string field)
        {
            var answer = await integrator.Ask.PostAsync(path, body);
            answer.ShouldBeProblem(HttpStatusCode.BadRequest, "VALIDATION_FAILED");
            return answer.Json.GetProperty("errors").GetProperty(field)[0].GetString()!;
        }
    }

    /// <summary>The answers that are kept, and what the log will tell.</summary>
    private async Task<string> KeptAsync()
    {
        await using var command = api.Store.Source.CreateCommand("SELECT string_agg(kept, ' ') FROM (SELECT body FROM idempotency UNION ALL SELECT told::text FROM log_pending) all_of_it (kept)");
        return (string)(await command.ExecuteScalarAsync())!;
    }
}

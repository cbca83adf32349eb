using System.Net;
using System.Text.Json;
using Bridge.Core;
using Bridge.Store;
using Bridge.SystemTests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.SystemTests.Api;

public class TransferApiTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    private static readonly HttpClient Http = new();

    [Fact]
    public async Task A_transfer_is_shown_with_its_amounts_its_block_and_why_it_waits()
    {
        var id = await world.SentAsync(ApiWorld.Alice, ApiWorld.Bob, UInt128.MaxValue);

        var transfer = (await world.Api.GetAsync($"v1/transfers/{id}"))!.Value;

        transfer.GetProperty("status").GetString().ShouldBe("PENDING");
        transfer.GetProperty("stage").GetString().ShouldBe("SOURCE_INCLUDED");
        transfer.GetProperty("reason").GetString()!.ShouldContain("final yet");
        transfer.GetProperty("source").GetProperty("chain").GetString().ShouldBe("eip155:918001");
        transfer.GetProperty("source").GetProperty("amount").GetProperty("amount").GetString().ShouldBe("340282366920938463463374607431768211455");
        transfer.GetProperty("source").GetProperty("amount").GetProperty("symbol").GetString().ShouldBe("TUSD");
        transfer.GetProperty("destination").GetProperty("amount").GetProperty("amount").GetString().ShouldBe("340282366920938463463374607431768211454");
        transfer.GetProperty("source").GetProperty("timestamp").GetString()!.ShouldMatch(@"^1970-01-01T00:00:\d\d\.000000Z$");
    }

    [Fact]
    public async Task A_transfer_is_found_by_its_source_transaction()
    {
        var id = await world.SentAsync(ApiWorld.Alice, ApiWorld.Alice, 5);
        var byId = (await world.Api.GetAsync($"v1/transfers/{id}"))!.Value;
        var transaction = byId.GetProperty("source").GetProperty("txHash").GetString();

        (await world.Api.GetAsync($"v1/transfers/{transaction}"))!.Value.GetProperty("transferId").GetString().ShouldBe(id.ToString());
    }

    [Fact]
    public async Task An_unchanged_transfer_is_not_sent_twice()
    {
        var id = await world.SentAsync(ApiWorld.Alice, ApiWorld.Bob, 5);
        using var first = await GetAsync($"v1/transfers/{id}");
        using var again = await GetAsync($"v1/transfers/{id}", first.Headers.ETag!.Tag);
        await world.FinalizeAsync();
        using var changed = await GetAsync($"v1/transfers/{id}", first.Headers.ETag.Tag);

        again.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        changed.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_unknown_id_is_answered_with_how_far_the_chains_were_read()
    {
        using var response = await GetAsync($"v1/transfers/{Keccak256.Hash("nobody"u8)}");
        var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        response.Headers.RetryAfter.ShouldNotBeNull();
        problem.GetProperty("code").GetString().ShouldBe("TRANSFER_NOT_INDEXED");
        problem.GetProperty("indexedTo").GetProperty("eip155:918002").GetString().ShouldBe("10");
    }

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap_while_new_transfers_come_in()
    {
        var account = new Address([.. new byte[19], 0xcc]);
        var expected = new List<string>();
        for (var i = 0; i < 5; i++) expected.Insert(0, (await world.SentAsync(account, ApiWorld.Bob, 7)).ToString());

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = (await world.Api.GetAsync($"v1/transfers?account={account}&limit=2{(cursor is null ? "" : "&cursor=" + cursor)}"))!.Value;
            seen.AddRange(page.GetProperty("transfers").EnumerateArray().Select(t => t.GetProperty("transferId").GetString()!));
            cursor = page.TryGetProperty("next", out var next) ? next.GetString() : null;
            await world.SentAsync(account, ApiWorld.Bob, 7);
        }
        while (cursor is not null);

        seen.ShouldBe(expected);
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=501", "limit")]
    [InlineData("account=0x12", "account")]
    [InlineData("source=mainnet", "source")]
    [InlineData("status=LOST", "status")]
    [InlineData("cursor=AAAA", "cursor")]
    [InlineData("colour=red", "colour")]
    public async Task A_parameter_that_cannot_be_used_is_named(string query, string name)
    {
        using var response = await GetAsync("v1/transfers?" + query);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("errors").TryGetProperty(name, out _).ShouldBeTrue();
    }

    [Fact]
    public async Task A_cursor_of_another_filter_is_refused()
    {
        for (var i = 0; i < 2; i++) await world.SentAsync(ApiWorld.Alice, ApiWorld.Bob, 5);
        var page = (await world.Api.GetAsync($"v1/transfers?sender={ApiWorld.Alice}&limit=1"))!.Value;
        using var response = await GetAsync($"v1/transfers?sender={ApiWorld.Bob}&limit=1&cursor={page.GetProperty("next").GetString()}");
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Ready_turns_false_when_a_component_stalls_and_true_again_when_it_recovers()
    {
        var directory = world.Services.GetRequiredService<DirectoryStore>();
        await directory.BeatAsync("watch 918001", "ok", null, CancellationToken.None);
        (await StatusAsync("healthz/ready")).ShouldBe(HttpStatusCode.OK);
        await directory.BeatAsync("watch 918001", "stalled", "1 of 3 endpoints agreed", CancellationToken.None);
        (await StatusAsync("healthz/ready")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await StatusAsync("healthz/live")).ShouldBe(HttpStatusCode.OK);
        await directory.BeatAsync("watch 918001", "ok", null, CancellationToken.None);
        (await StatusAsync("healthz/ready")).ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>Callers build on this document. To change it on purpose, write what the API serves into the file.</summary>
    [Fact]
    public async Task The_published_description_is_the_reviewed_one()
    {
        var served = (await world.Api.GetAsync("openapi/v1.json"))!.Value;
        served.GetProperty("openapi").GetString()!.ShouldStartWith("3.1");
        var reviewed = Path.Combine(Machine.Root, "tests", "Bridge.System.Tests", "Api", "openapi.json");
        Paths(served).ShouldBe(Paths(JsonDocument.Parse(await File.ReadAllTextAsync(reviewed)).RootElement));

        static string Paths(JsonElement document) =>
            JsonSerializer.Serialize(new { paths = document.GetProperty("paths"), components = document.GetProperty("components") });
    }

    private async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var response = await GetAsync(path);
        return response.StatusCode;
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string? unlessTag = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(world.Api.Url, path));
        if (unlessTag is not null) request.Headers.TryAddWithoutValidation("If-None-Match", unlessTag);
        return await Http.SendAsync(request);
    }
}

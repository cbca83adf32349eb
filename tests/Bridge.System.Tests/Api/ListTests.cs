using System.Net;
using Bridge.Core;
using Bridge.SystemTests.Store;

namespace Bridge.SystemTests.Api;

public sealed class ListTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task Filters_select_and_chains_are_taken_in_both_forms()
    {
        var scene = await Scene.BeginAsync(api.Store);
        var (alice, bob) = (Someone(), Someone());
        await scene.ReadSourceAsync(2, [scene.Send(1, sender: alice, recipient: bob), scene.Send(1, sender: bob, recipient: alice), scene.Send(2)]);
        await scene.FinalizeSourceAsync(1);

        (await IdsAsync($"sender={alice}")).ShouldBe([Id(scene, 1)]);
        (await IdsAsync($"recipient={alice}")).ShouldBe([Id(scene, 2)]);
        (await IdsAsync($"account={alice}")).Order().ShouldBe(new[] { Id(scene, 1), Id(scene, 2) }.Order());
        (await IdsAsync($"account={alice}&status=PENDING&asset=1")).Count.ShouldBe(2);
        (await IdsAsync($"account={alice}&status=DONE")).ShouldBeEmpty();
        (await IdsAsync($"account={alice}&asset=2")).ShouldBeEmpty();
        foreach (var chain in new[] { $"{scene.Lane.Source}", $"eip155:{scene.Lane.Source}" }) (await IdsAsync($"source={chain}")).Count.ShouldBe(3);
        (await IdsAsync($"destination={scene.Lane.Destination}")).Count.ShouldBe(3);
        (await IdsAsync($"destination={scene.Lane.Source}")).ShouldBeEmpty();
        foreach (var chain in new[] { scene.Lane.Source, scene.Lane.Destination }) (await IdsAsync($"chain={chain}")).Count.ShouldBe(3);
        (await IdsAsync("chain=77")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Pages_neither_repeat_nor_lose_a_transfer_while_new_ones_come()
    {
        var scene = await Scene.BeginAsync(api.Store);
        for (var height = 1UL; height <= 7; height++) await scene.ReadSourceAsync(height, [scene.Send(height)]);
        var filter = $"source={scene.Lane.Source}&limit=3";
        var seen = new List<string>();

        var answer = await api.GetAsync($"/v1/transfers?{filter}");
        await scene.ReadSourceAsync(8, [scene.Send(8)]);
        while (true)
        {
            seen.AddRange(answer.Json.GetProperty("transfers").EnumerateArray().Select(t => t.GetProperty("transferId").GetString()!));
            if (!answer.Json.TryGetProperty("next", out var next)) break;
            var link = answer.Headers["Link"];
            link.ShouldEndWith("; rel=\"next\"");
            link.ShouldContain(next.GetString()!);
            answer = await api.GetAsync(link[1..link.IndexOf('>', StringComparison.Ordinal)]);
        }

        answer.Headers.ShouldNotContainKey("Link");
        seen.ShouldBe(Enumerable.Range(1, 7).Reverse().Select(n => Id(scene, n)));
    }

    [Fact]
    public async Task A_cursor_belongs_to_its_filter()
    {
        var scene = await Scene.BeginAsync(api.Store);
        await scene.ReadSourceAsync(1, [scene.Send(1), scene.Send(1)]);
        var cursor = (await api.GetAsync($"/v1/transfers?source={scene.Lane.Source}&limit=1")).At("next");

        var answer = await api.GetAsync($"/v1/transfers?destination={scene.Lane.Destination}&limit=1&cursor={cursor}");

        answer.ShouldBeProblem(HttpStatusCode.BadRequest, "VALIDATION_FAILED");
        answer.Json.GetProperty("errors").TryGetProperty("cursor", out _).ShouldBeTrue();
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=501", "limit")]
    [InlineData("limit=1000000000", "limit")]
    [InlineData("limit=-1", "limit")]
    [InlineData("account=0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD&account=0x00", "account")]
    [InlineData("account=0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Beaed", "account")]
    [InlineData("sender=alice.eth", "sender")]
    [InlineData("recipient=%27%20OR%201%3D1--", "recipient")]
    [InlineData("source=eip155:0", "source")]
    [InlineData("source=solana:1", "source")]
    [InlineData("destination=18446744073709551615", "destination")]
    [InlineData("asset=-1", "asset")]
    [InlineData("status=LOST", "status")]
    [InlineData("cursor=AAAA", "cursor")]
    [InlineData("cursor=..", "cursor")]
    [InlineData("order=asc", "order")]
    public async Task A_parameter_that_cannot_be_used_is_named(string query, string parameter)
    {
        var answer = await api.GetAsync($"/v1/transfers?{query}");

        answer.ShouldBeProblem(HttpStatusCode.BadRequest, "VALIDATION_FAILED");
        answer.Json.GetProperty("errors").EnumerateObject().Select(e => e.Name).ShouldBe([parameter]);
    }

    private static Address Someone() => Scene.Someone((ulong)Random.Shared.NextInt64());

    private static string Id(Scene scene, int sequence) => scene.Sent[sequence - 1].MessageId.ToString();

    private async Task<List<string>> IdsAsync(string query)
    {
        var answer = await api.GetAsync($"/v1/transfers?{query}");
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        return [.. answer.Json.GetProperty("transfers").EnumerateArray().Select(t => t.GetProperty("transferId").GetString()!)];
    }
}

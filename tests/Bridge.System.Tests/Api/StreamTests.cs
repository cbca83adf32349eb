using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Bridge.Core;
using Bridge.SystemTests.Store;
using Npgsql;

namespace Bridge.SystemTests.Api;

public sealed class StreamTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_transfer_is_followed_from_its_first_change_to_its_last_and_then_the_stream_ends()
    {
        var scene = await api.SceneAsync(1);
        using var follower = await FollowAsync(scene);
        (await ToAsync(follower), await ToAsync(follower)).ShouldBe(("Observed", "Finalized"));

        await scene.CertifyAsync(1);
        (await ToAsync(follower)).ShouldBe("Certified");
        await scene.ReadDestinationAsync(1, [scene.Delivery(1, 1, 1)]);
        (await ToAsync(follower)).ShouldBe("Executed");
        await scene.FinalizeDestinationAsync(1);
        (await ToAsync(follower)).ShouldBe("Delivered");

        (await follower.NextAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Who_comes_back_gets_what_it_missed_and_nothing_twice()
    {
        var scene = await api.SceneAsync(1);
        string? last;
        using (var follower = await FollowAsync(scene)) last = (await follower.NextAsync())!.Id;
        await scene.CertifyAsync(1);

        using var back = await FollowAsync(scene, last);

        (await ToAsync(back), await ToAsync(back)).ShouldBe(("Finalized", "Certified"));
    }

    [Fact]
    public async Task A_browser_that_comes_back_to_what_is_over_is_told_to_stop()
    {
        var scene = await api.SceneAsync(1);
        await scene.CertifyAsync(1);
        await scene.ReadDestinationAsync(1, [scene.Delivery(1, 1, 1)]);
        await scene.FinalizeDestinationAsync(1);
        var events = (await api.GetAsync(Events(scene))).Json.EnumerateArray().Select(e => e.GetProperty("id").GetString()).ToList();

        using var over = await FollowAsync(scene, events[^1]);
        over.Status.ShouldBe(HttpStatusCode.NoContent);
        using var again = await FollowAsync(scene, events[0]);
        var rest = new List<string?>();
        while (await again.NextAsync() is { } next) rest.Add(next.Id);
        rest.ShouldBe(events[1..]);
    }

    [Fact]
    public async Task The_stream_of_all_tells_each_filter_its_own_and_names_the_envelope()
    {
        var (scene, other) = (await Scene.BeginAsync(api.Store), await Scene.BeginAsync(api.Store));
        var alice = Scene.Someone(4711);
        var newest = await NewestAsync();
        using var account = await Follower.OpenAsync(new Uri(api.Url, $"v1/stream?account={alice}"), newest);
        using var lane = await Follower.OpenAsync(new Uri(api.Url, $"v1/stream?source={scene.Lane.Source}&status=PENDING"), newest);

        await other.ReadSourceAsync(1, [other.Send(1)]);
        await scene.ReadSourceAsync(1, [scene.Send(1), scene.Send(1, sender: alice)]);

        var seen = (await account.NextAsync())!;
        (seen.Type, seen.Data.GetProperty("specversion").GetString(), seen.Data.GetProperty("subject").GetString())
            .ShouldBe(("bridge.transfer.stage", "1.0", scene.Sent[1].MessageId.ToString()));
        seen.Data.GetProperty("data").GetProperty("stage").GetString().ShouldBe("SOURCE_INCLUDED");
        for (var i = 0; i < 2; i++) (await lane.NextAsync())!.Data.GetProperty("subject").GetString().ShouldBe(scene.Sent[i].MessageId.ToString());
    }

    [Fact]
    public async Task A_change_that_is_committed_late_is_neither_lost_nor_out_of_order()
    {
        var (slow, fast) = (await api.SceneAsync(1), await api.SceneAsync(1));
        using var follower = await Follower.OpenAsync(new Uri(api.Url, "v1/stream?status=PENDING"), await NewestAsync());

        // The slow one takes its id first and commits last.
        await using var connection = new NpgsqlConnection(api.Store.ConnectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var insert = new NpgsqlCommand("INSERT INTO transition (message_id, event, to_status) VALUES ($1, 'SourceObserved', 'Observed')", connection))
        {
            insert.Parameters.AddWithValue(slow.Sent[0].MessageId.ToArray());
            await insert.ExecuteNonQueryAsync();
        }
        await fast.CertifyAsync(1);
        await Task.Delay(1500);
        await transaction.CommitAsync();

        var (first, second) = ((await follower.NextAsync())!, (await follower.NextAsync())!);
        (Subject(first), Subject(second)).ShouldBe((slow.Sent[0].MessageId.ToString(), fast.Sent[0].MessageId.ToString()));
        long.Parse(first.Id!, null).ShouldBeLessThan(long.Parse(second.Id!, null));
    }

    /// <summary>Whoever names the change that was the last follows from there, however long it takes to begin.</summary>
    private async Task<string> NewestAsync()
    {
        await using var connection = new NpgsqlConnection(api.Store.ConnectionString);
        await connection.OpenAsync();
        await using var newest = new NpgsqlCommand("SELECT COALESCE(max(id), 0)::text FROM transition", connection);
        return (string)(await newest.ExecuteScalarAsync())!;
    }

    [Theory]
    [InlineData("chain=mars", "chain")]
    [InlineData("account=0x12", "account")]
    [InlineData("asset=-1", "asset")]
    [InlineData("status=LOST", "status")]
    [InlineData("colour=blue", "colour")]
    [InlineData("chain=1&chain=2", "chain")]
    public async Task A_filter_that_cannot_be_used_is_named(string query, string parameter)
    {
        var answer = await api.GetAsync($"/v1/stream?{query}");
        answer.ShouldBeProblem(HttpStatusCode.BadRequest, "VALIDATION_FAILED");
        answer.Json.GetProperty("errors").EnumerateObject().Select(e => e.Name).ShouldBe([parameter]);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("1e3")]
    [InlineData("99999999999999999999")]
    [InlineData("' OR 1=1")]
    public async Task A_last_event_id_that_is_none_is_refused(string id) =>
        (await api.GetAsync("/v1/stream", ("Last-Event-ID", id))).ShouldBeProblem(HttpStatusCode.BadRequest, "VALIDATION_FAILED");

    [Fact]
    public async Task A_long_poll_comes_back_at_once_when_something_changes_and_with_304_when_nothing_does()
    {
        var scene = await api.SceneAsync(1);
        var path = $"/v1/transfers/{scene.Sent[0].MessageId}";
        var tag = (await api.GetAsync(path)).Headers["ETag"];

        var nothing = await api.GetAsync(path, ("If-None-Match", tag), ("Prefer", "wait=1"));
        (nothing.Status, nothing.Headers["Preference-Applied"]).ShouldBe((HttpStatusCode.NotModified, "wait=1"));

        var watch = Stopwatch.StartNew();
        var waiting = api.GetAsync(path, ("If-None-Match", tag), ("Prefer", "respond-async, wait=25"));
        await Task.Delay(500);
        waiting.IsCompleted.ShouldBeFalse();
        await scene.CertifyAsync(1);
        (await waiting).At("stage").ShouldBe("QUORUM_REACHED");
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(25));
    }

    [Fact]
    public async Task Only_what_nothing_changes_any_more_may_be_kept_and_then_nothing_does()
    {
        var scene = await api.SceneAsync(2);
        var path = $"/v1/transfers/{scene.Sent[0].MessageId}";
        (await api.GetAsync(path)).Headers["Cache-Control"].ShouldBe("no-cache");
        await scene.CertifyAsync(1);
        await scene.ReadDestinationAsync(1, [scene.Delivery(1, 1, 1)]);
        (await api.GetAsync(path)).Headers["Cache-Control"].ShouldBe("no-cache", "it has arrived and is not final");
        await scene.FinalizeDestinationAsync(1);

        var done = await api.GetAsync(path);
        done.Headers["Cache-Control"].ShouldBe("public, max-age=31536000, immutable");
        await scene.ReadSourceAsync(9, []);
        await scene.CertifyAsync(2);
        await api.Store.Directory.SaveValidatorSetAsync(scene.Lane.Destination, api.Bridge, new ValidatorSet(new Epoch(2), api.Set.Members, 4), current: true, default);
        await api.Store.Halts.HaltAsync(scene.Lane, "TEST", "somebody pulled the cord", default);
        (await api.GetAsync(path)).Text.ShouldBe(done.Text);
    }

    private static string? Subject(StreamEvent e) => e.Data.GetProperty("subject").GetString();

    private static async Task<string?> ToAsync(Follower follower) => (await follower.NextAsync())?.Data.GetProperty("data").GetProperty("to").GetString();

    private static string Events(Scene scene) => $"/v1/transfers/{scene.Sent[0].MessageId}/events";

    private Task<Follower> FollowAsync(Scene scene, string? lastEventId = null) => Follower.OpenAsync(new Uri(api.Url, Events(scene)[1..]), lastEventId);
}

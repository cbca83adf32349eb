using System.Globalization;
using System.Net;
using System.Numerics;
using Bridge.SystemTests.Harness;
using Bridge.SystemTests.Store;
using Npgsql;

namespace Bridge.SystemTests.Api;

/// <summary>Questions that read much, and lists that change while they are read. The numbers are those of the list of abuses.</summary>
public sealed class HeavyReadingTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const int AtOnce = 4;

    [Fact]
    public async Task Abuse_33_of_a_hundred_heavy_questions_at_once_few_reach_the_database_and_the_rest_is_told_to_come_back()
    {
        var path = $"/v1/transfers?executor={Scene.Someone(3301)}";
        await using var connection = new NpgsqlConnection(api.Store.ConnectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("LOCK TABLE delivery_event IN ACCESS EXCLUSIVE MODE", connection)) await hold.ExecuteNonQueryAsync();

        var heavy = Enumerable.Range(0, 100).Select(_ => api.GetAsync(path)).ToList();
        await Eventually.TrueAsync("as many as may be to be in the database", async () => await RunningAsync() == AtOnce);
        while (heavy.Count(answer => answer.IsCompleted) < 100 - AtOnce) (await RunningAsync()).ShouldBeLessThanOrEqualTo(AtOnce);
        await transaction.RollbackAsync();

        var answers = await Task.WhenAll(heavy);
        answers.ShouldContain(answer => answer.Status == HttpStatusCode.ServiceUnavailable && answer.At("code") == "BUSY");
        foreach (var answer in answers.Where(answer => answer.Status != HttpStatusCode.OK)) answer.At("code").ShouldBeOneOf("BUSY", "QUERY_TOO_EXPENSIVE");
        answers.Where(answer => answer.Status == HttpStatusCode.ServiceUnavailable).ShouldAllBe(answer => answer.Headers.ContainsKey("Retry-After"));
    }

    [Fact]
    public async Task Abuse_33_single_transfers_are_answered_beside_heavy_questions()
    {
        var scene = await api.SceneAsync(1);
        var stranger = Scene.Someone(3303);
        await FillAsync(scene, 40_000, stranger.ToString());

        var heavy = Enumerable.Range(0, 100).Select(_ => api.GetAsync($"/v1/transfers?source={scene.Lane.Source}&validator={stranger}")).ToList();
        do (await api.GetAsync($"/v1/transfers/{scene.Sent[0].MessageId}")).Status.ShouldBe(HttpStatusCode.OK);
        while (heavy.Any(answer => !answer.IsCompleted));
    }

    [Fact]
    public async Task Abuse_33_a_question_that_takes_too_long_is_ended_by_the_database_itself()
    {
        await using var connection = new NpgsqlConnection(api.Store.ConnectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("LOCK TABLE delivery_event IN ACCESS EXCLUSIVE MODE", connection)) await hold.ExecuteNonQueryAsync();

        var answer = await api.GetAsync($"/v1/transfers?executor={Scene.Someone(3302)}");

        answer.ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "QUERY_TOO_EXPENSIVE");
        (await RunningAsync()).ShouldBe(0, "nothing goes on for a caller that has its answer");
        await transaction.RollbackAsync();
        (await api.GetAsync($"/v1/transfers?executor={Scene.Someone(3302)}")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("createdAt")]
    [InlineData("amount")]
    public async Task Abuse_34_what_is_exported_page_by_page_has_the_same_sum_each_time_whatever_changes_meanwhile(string sort)
    {
        var scene = await Scene.BeginAsync(api.Store);
        for (var n = 1UL; n <= 40; n++) scene.Send(n, amount: 1000 + ((n * 7919) % 1000));
        await scene.ReadSourceAsync(40, scene.Sent);
        await scene.FinalizeSourceAsync(40);
        var expected = scene.Sent.Aggregate(BigInteger.Zero, (sum, sent) => sum + sent.Message.Amount);
        var now = await NowAsync();
        var range = $"source={scene.Lane.Source}&sort={sort}&from={Text(now.AddDays(-1))}&to={Text(now)}&limit=7";
        var changes = new Queue<Func<Task>>(
        [
            () => scene.CertifyAsync(20), () => scene.ReadDestinationAsync(1, [scene.Delivery(1, 20, 1)], [scene.Deferral(3, 1)]), () => scene.FinalizeDestinationAsync(1),
            () => scene.ReadSourceAsync(45, [scene.Send(45, amount: 1500)]), () => scene.ReadSourceAsync(46, [scene.Send(46, amount: 5_000_000)]), () => scene.CertifyAsync(40),
        ]);

        for (var export = 1; export <= 3; export++)
        {
            var (ids, sum) = await ExportAsync(range, changes);
            (ids.Count, ids.Distinct().Count(), sum).ShouldBe((40, 40, expected), $"export {export}");
        }

        changes.ShouldBeEmpty();
        (await ExportAsync($"source={scene.Lane.Source}&limit=7", changes)).Ids.Count.ShouldBe(42, "what came later is there");
    }

    /// <summary>Reads all pages; something changes after each.</summary>
    private async Task<(List<string> Ids, BigInteger Sum)> ExportAsync(string range, Queue<Func<Task>> changes)
    {
        var (ids, sum, cursor) = (new List<string>(), BigInteger.Zero, "");
        do
        {
            var page = await api.GetAsync($"/v1/transfers?{range}{cursor}");
            page.Status.ShouldBe(HttpStatusCode.OK, page.Text);
            foreach (var transfer in page.Json.GetProperty("transfers").EnumerateArray())
            {
                ids.Add(transfer.GetProperty("transferId").GetString()!);
                sum += BigInteger.Parse(transfer.GetProperty("source").GetProperty("amount").GetProperty("amount").GetString()!, CultureInfo.InvariantCulture);
            }
            cursor = page.Json.TryGetProperty("next", out var next) ? $"&cursor={next.GetString()}" : "";
            if (ids.Count < 40 && changes.TryDequeue(out var change)) await change();
        }
        while (cursor.Length > 0);
        return (ids, sum);
    }

    /// <summary>By the database's clock, which says when a transfer was first seen.</summary>
    private async Task<DateTime> NowAsync()
    {
        await using var now = api.Store.Source.CreateCommand("SELECT clock_timestamp()");
        return ((DateTime)(await now.ExecuteScalarAsync())!).ToUniversalTime();
    }

    private static string Text(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Lists that the database works on now for the API.</summary>
    private async Task<long> RunningAsync()
    {
        await using var running = api.Store.Source.CreateCommand("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename LIKE 'api\\_%' AND state = 'active' AND query LIKE '%ORDER BY m.observed_at DESC%'");
        return (long)(await running.ExecuteScalarAsync())!;
    }

    /// <summary>Further messages of the lane, each covered by many signatures of others, and as many of the stranger's in another lane: no index finds quickly that none is its.</summary>
    private async Task FillAsync(Scene scene, int messages, string stranger)
    {
        var other = await Scene.BeginAsync(api.Store);
        await api.Store.ExecuteAsync(string.Create(CultureInfo.InvariantCulture,
            $"""
            INSERT INTO message (message_id, source_chain, destination_chain, sequence, wire, kind, asset_id, recipient, sender, amount, fee, block_height, block_hash, block_time, transaction_hash, log_index, status)
            SELECT sha256(n::text::bytea), source_chain, destination_chain, n, wire, kind, asset_id, recipient, sender, amount, fee, n, block_hash, block_time, sha256(n::text::bytea), 0, 'Delivered'
            FROM message, generate_series(2, {messages}) n WHERE source_chain = {scene.Lane.Source};
            INSERT INTO attestation (source_chain, destination_chain, lane_id, sequence, epoch, signer, rolling_hash, signature)
            SELECT {scene.Lane.Source}, {scene.Lane.Destination}, sha256('lane'), n, 1, substr(sha256(s::text::bytea), 1, 20), sha256(n::text::bytea), sha512('signature') FROM generate_series(2, {messages}) n, generate_series(1, 4) s;
            INSERT INTO attestation (source_chain, destination_chain, lane_id, sequence, epoch, signer, rolling_hash, signature)
            SELECT {other.Lane.Source}, {other.Lane.Destination}, sha256('lane'), n, 1, '\x{stranger[2..]}', sha256(n::text::bytea), sha512('signature') FROM generate_series(1, {messages}) n;
            ANALYZE message; ANALYZE attestation;
            """));
    }
}

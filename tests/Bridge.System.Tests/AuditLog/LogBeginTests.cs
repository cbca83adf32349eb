using Bridge.Audit;
using Bridge.Store;
using Bridge.SystemTests.Store;
using Npgsql;

namespace Bridge.SystemTests.AuditLog;

/// <summary>A database tells of its changes from the day on which somebody keeps a log.</summary>
public sealed class LogBeginTests : IAsyncLifetime
{
    private readonly StoreFixture _store = new();

    public Task InitializeAsync() => _store.InitializeAsync();

    public Task DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Nothing_is_told_where_nobody_keeps_a_log_and_everything_once_somebody_does()
    {
        var scene = await Scene.FinalAsync(_store, 3);
        await _store.ExecuteAsync(LoggedRows.Insert);
        (await CountAsync("log_pending")).ShouldBe(0);
        (await FaultsAsync()).ShouldContain("no log was ever begun in this database: a node with the role log begins one");

        (await BeginAsync()).ShouldBeTrue();
        (await BeginAsync()).ShouldBeFalse("it goes on");
        await AppendAsync();
        (await CountAsync("log_entry WHERE kind = 'message'")).ShouldBe(3);
        await scene.CertifyAsync(2);
        await AppendAsync();
        (await CountAsync("log_entry WHERE kind = 'certificate'")).ShouldBe(1, "what came since");
        (await FaultsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_written_while_a_log_begins_is_told_once()
    {
        using var done = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 3).Select(n => Task.Run(() => WriteUntilAsync(n, done.Token))).ToList();
        while (await CountAsync("lane") < 60) await Task.Delay(5);
        await Task.WhenAll(BeginAsync(), BeginAsync());
        var atBegin = await CountAsync("lane");
        while (await CountAsync("lane") < atBegin + 60) await Task.Delay(5);
        await done.CancelAsync();
        await Task.WhenAll(writers);
        await AppendAsync();

        (await CountAsync("log_entry WHERE kind = 'lane'")).ShouldBe(await CountAsync("lane"));
        (await FaultsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_snapshot_from_before_cannot_begin_a_log_and_a_node_cannot_end_one()
    {
        await using var connection = await _store.Source.OpenConnectionAsync();
        (await Should.ThrowAsync<PostgresException>(new NpgsqlCommand("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT log_begin()", connection).ExecuteNonQueryAsync())).MessageText.ShouldContain("READ COMMITTED");

        (await BeginAsync()).ShouldBeTrue();
        foreach (var refused in new[] { "DELETE FROM log_kept", "SELECT log_switch('lane', 'DISABLE')", "ALTER TABLE lane DISABLE TRIGGER log_insert" })
            (await _store.RefusalAsync(refused, "bridge_node")).ShouldBe(PostgresErrorCodes.InsufficientPrivilege, refused);
    }

    private async Task WriteUntilAsync(int writer, CancellationToken ct)
    {
        for (var n = 0; !ct.IsCancellationRequested; n++) await _store.ExecuteAsync($"INSERT INTO lane VALUES ({100 + writer}, {1000 + n}, sha256('{writer} {n}'))");
    }

    private Task<bool> BeginAsync() => _store.Get<LogSequencer>().BeginAsync(default);

    private async Task AppendAsync()
    {
        while (await _store.Get<LogSequencer>().AppendAsync(default) > 0) { }
    }

    private async Task<IReadOnlyList<string>> FaultsAsync() => (await LogVerifier.VerifyAsync(_store.ConnectionString, LogExpectation.None, default)).Faults;

    private async Task<long> CountAsync(string from) => (long)(await _store.Source.CreateCommand($"SELECT count(*) FROM {from}").ExecuteScalarAsync())!;
}

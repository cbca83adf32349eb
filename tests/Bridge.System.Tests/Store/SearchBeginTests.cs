using Bridge.Store;
using Bridge.SystemTests.Harness;
using Npgsql;

namespace Bridge.SystemTests.Store;

/// <summary>A database pays for what people search by from the day on which an API reads it.</summary>
public sealed class SearchBeginTests : IAsyncLifetime
{
    private readonly StoreFixture _store = new();

    public Task InitializeAsync() => _store.InitializeAsync();

    public Task DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Of_many_that_begin_at_once_one_makes_the_indexes_while_messages_come()
    {
        var before = await IndexesAsync();
        before.ShouldNotContain("message_newest");

        var writers = Enumerable.Range(0, 3).Select(_ => Scene.FinalAsync(_store, 5)).ToList();
        var began = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => _store.Get<SearchIndexes>().BeginAsync(default)));
        await Task.WhenAll(writers);

        began.Count(first => first).ShouldBe(1);
        (await IndexesAsync()).Except(before).Order(StringComparer.Ordinal).ShouldBe(
            ["message_asset", "message_lane_newest", "message_newest", "message_orphaned", "message_recipient", "message_sender", "message_transaction", "message_unfinished"]);
        (await _store.Get<SearchIndexes>().BeginAsync(default)).ShouldBeFalse("they are there");
    }

    [Fact]
    public async Task An_api_may_begin_it_and_a_node_may_not()
    {
        (await _store.RefusalAsync("SELECT search_begin()", "bridge_api")).ShouldBeNull();
        (await _store.RefusalAsync("SELECT search_begin()", "bridge_node")).ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        (await _store.RefusalAsync("DROP INDEX message_stage", "bridge_api")).ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task A_database_that_has_messages_keeps_what_it_is_searched_by_through_the_upgrade()
    {
        await BeforeUpgradeAsync();
        await UpgradeAsync();
        (await IndexesAsync()).ShouldNotContain("message_newest", "it was empty");

        await BeforeUpgradeAsync();
        await Scene.FinalAsync(_store, 1);
        await UpgradeAsync();
        (await IndexesAsync()).ShouldContain("message_newest");
    }

    private async Task BeforeUpgradeAsync()
    {
        await _store.Get<SearchIndexes>().BeginAsync(default);
        await _store.ExecuteAsync("DROP FUNCTION search_begin()");
    }

    private async Task UpgradeAsync() => await _store.ExecuteAsync(await File.ReadAllTextAsync(Path.Combine(Machine.Root, "migrations", "0050_search.sql")));

    private async Task<List<string>> IndexesAsync()
    {
        var names = new List<string>();
        await using var command = _store.Source.CreateCommand("SELECT indexname FROM pg_indexes WHERE tablename = 'message'");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) names.Add(reader.GetString(0));
        return names;
    }
}

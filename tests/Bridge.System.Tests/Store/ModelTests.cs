using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Bridge.SystemTests.Store;

/// <summary>The EF model against the schema that the migrations really made.</summary>
public sealed class ModelTests(StoreFixture store) : IClassFixture<StoreFixture>
{
    private sealed record Column(string Table, string Name, string Type, bool Nullable);

    [Fact]
    public async Task Every_column_is_mapped_with_its_type_and_nullability()
    {
        var model = Mapped().ToList();
        var schema = await SchemaAsync();

        schema.Count.ShouldBeGreaterThan(150);
        model.Except(schema).ShouldBeEmpty("the model has what the schema has not");
        schema.Except(model).ShouldBeEmpty("the schema has what the model has not");
    }

    [Fact]
    public async Task Every_key_of_the_model_is_the_tables_primary_key()
    {
        await using var db = store.Db;
        foreach (var entity in db.Model.GetEntityTypes())
        {
            var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value;
            var modelled = entity.FindPrimaryKey()!.Properties.Select(p => p.GetColumnName(table)!).Order(StringComparer.Ordinal).ToList();
            (await KeyAsync(table.Name)).ShouldBe(modelled, customMessage: table.Name);
        }
    }

    private IEnumerable<Column> Mapped()
    {
        using var db = store.Db;
        return [.. from entity in db.Model.GetEntityTypes()
            let table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value
            from property in entity.GetProperties()
            select new Column(table.Name, property.GetColumnName(table)!, property.GetRelationalTypeMapping().StoreType.Replace(" ", "", StringComparison.Ordinal), property.IsColumnNullable(table))];
    }

    private async Task<List<Column>> SchemaAsync()
    {
        await using var command = store.Source.CreateCommand(
            """
            SELECT c.relname, a.attname, replace(format_type(a.atttypid, a.atttypmod), ' ', ''), NOT a.attnotnull FROM pg_class c
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
            """);
        await using var reader = await command.ExecuteReaderAsync();
        var columns = new List<Column>();
        while (await reader.ReadAsync()) columns.Add(new Column(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetBoolean(3)));
        return columns;
    }

    private async Task<List<string>> KeyAsync(string table)
    {
        await using var command = store.Source.CreateCommand(
            "SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) WHERE i.indrelid = $1::regclass AND i.indisprimary ORDER BY a.attname COLLATE \"C\"");
        command.Parameters.AddWithValue(table);
        await using var reader = await command.ExecuteReaderAsync();
        var columns = new List<string>();
        while (await reader.ReadAsync()) columns.Add(reader.GetString(0));
        return columns;
    }
}

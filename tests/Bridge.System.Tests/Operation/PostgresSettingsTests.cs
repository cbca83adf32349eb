using Bridge.SystemTests.Harness;
using Npgsql;

namespace Bridge.SystemTests.Operation;

/// <summary>The settings that operators are told to give their server.</summary>
public class PostgresSettingsTests
{
    [Fact]
    public async Task The_server_takes_each_setting_that_it_is_recommended()
    {
        var settings = (await File.ReadAllLinesAsync(Path.Combine(Machine.Root, "ops", "postgres", "bridge.conf")))
            .Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(" = ")).ToList();
        settings.ShouldNotBeEmpty();
        await using var source = NpgsqlDataSource.Create(Machine.Postgres);
        foreach (var setting in settings)
        {
            await ExecuteAsync($"ALTER SYSTEM SET {setting[0]} = '{setting[1]}'");
            // Nobody has the server read it meanwhile: only whether it is taken is asked here.
            await ExecuteAsync($"ALTER SYSTEM RESET {setting[0]}");
        }

        async Task ExecuteAsync(string sql)
        {
            await using var command = source.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
        }
    }
}

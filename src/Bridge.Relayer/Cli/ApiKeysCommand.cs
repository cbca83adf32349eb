using System.CommandLine;
using Bridge.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Relayer.Cli;

/// <summary>Keys of the API: for webhooks, and for what only some may do.</summary>
internal static class ApiKeysCommand
{
    private const int MaxDays = 3650;

    private sealed record Line(Guid Id, string Name, IReadOnlyList<string> Scopes, DateTimeOffset Made, DateTimeOffset? Expires, DateTimeOffset? Revoked);

    public static Command Create() => new("api-keys", "Keys of the API, for its clients. Keys that sign are under 'bridge keys'.") { Make(), List(), Revoke() };

    private static Command Make()
    {
        var config = Common.Config();
        var name = new Option<string>("--name") { Required = true, Description = "Whose it is." };
        var scopes = new Option<string>("--scopes") { Description = $"Comma-separated: {string.Join(", ", ApiKeyStore.KnownScopes)}. Default: webhooks.", DefaultValueFactory = _ => "webhooks" };
        var days = new Option<int>("--days") { Description = $"After how many it expires, 1 to {MaxDays}. Default 365.", DefaultValueFactory = _ => 365 };
        return new Command("create", "Makes a key and prints it, this once: only its hash is kept.") { config, name, scopes, days }.Does((parsed, ct) => Common.WithStoreAsync(parsed.GetValue(config), async services =>
        {
            var wanted = parsed.GetValue(scopes)!.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (wanted.FirstOrDefault(scope => !ApiKeyStore.KnownScopes.Contains(scope)) is { } unknown) throw new UserException($"--scopes: there is no scope '{unknown}'; there are {string.Join(", ", ApiKeyStore.KnownScopes)}.");
            if (parsed.GetValue(days) is < 1 or > MaxDays) throw new UserException($"--days: 1 to {MaxDays}.");
            if (string.IsNullOrWhiteSpace(parsed.GetValue(name))) throw new UserException("--name: say whose it is.");
            Console.WriteLine(await services.GetRequiredService<ApiKeyStore>().CreateAsync(parsed.GetValue(name)!.Trim(), wanted, DateTimeOffset.UtcNow.AddDays(parsed.GetValue(days)), ct));
            return 0;
        }));
    }

    private static Command List()
    {
        var (config, json) = (Common.Config(), Rows.Json());
        return new Command("list", "Every key that was ever made.") { config, json }.Does((parsed, ct) => Common.WithStoreAsync(parsed.GetValue(config), async services =>
        {
            Rows.Print((await services.GetRequiredService<ApiKeyStore>().AllAsync(ct)).Select(key => new Line(key.Id, key.Name, key.Scopes, key.CreatedAt, key.ExpiresAt, key.RevokedAt)), parsed.GetValue(json));
            return 0;
        }));
    }

    private static Command Revoke()
    {
        var config = Common.Config();
        var id = new Argument<string>("id") { Description = "As 'bridge api-keys list' shows it." };
        return new Command("revoke", "Takes a key back, at once and for ever.") { id, config }.Does((parsed, ct) => Common.WithStoreAsync(parsed.GetValue(config), async services =>
        {
            if (!Guid.TryParse(parsed.GetValue(id), out var key) || !await services.GetRequiredService<ApiKeyStore>().RevokeAsync(key, ct)) throw new UserException($"There is no key {parsed.GetValue(id)} that could be revoked.");
            Console.WriteLine($"Key {key} is revoked.");
            return 0;
        }));
    }
}

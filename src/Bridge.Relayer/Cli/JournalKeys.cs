using Bridge.Core;
using Bridge.Relayer.Configuration;
using Bridge.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Relayer.Cli;

/// <summary>Keys whose every nonce a journal of this database explains: what a verb sent with one would put its account into quarantine.</summary>
internal static class JournalKeys
{
    /// <exception cref="UserException">The account is an executor's or a submitter's.</exception>
    public static async Task RequireForeignAsync(IServiceProvider services, Address account, CancellationToken ct)
    {
        if (!await services.GetRequiredService<AccountStore>().IsJournaledAsync(account, ct)) return;
        throw new UserException($"{account} is an executor's or a submitter's account: only its node may use its key, or the account is left alone from then on. Give another account.");
    }

    /// <summary>As above, where the configuration names a database.</summary>
    public static async Task RequireForeignAsync(string? config, Address account, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(ConfigurationLoader.Read(config)[$"{ConfigurationLoader.Section}:{nameof(BridgeOptions.Database)}"])) return;
        await Common.WithStoreAsync(config, async services =>
        {
            await RequireForeignAsync(services, account, ct);
            return 0;
        });
    }
}

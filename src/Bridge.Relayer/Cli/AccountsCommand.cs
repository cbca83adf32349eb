using System.CommandLine;
using System.Globalization;
using Bridge.Core;
using Bridge.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Relayer.Cli;

/// <summary>Executors' accounts that are left alone because somebody else used their key, and the one way to use one again.</summary>
internal static class AccountsCommand
{
    public static Command Create() => new("accounts", "Executors' accounts in quarantine.") { List(), Release() };

    private static Command List()
    {
        var (config, json) = (Common.Config(), Rows.Json());
        return new Command("list", "Every account in quarantine, with the reason. Exit code 1 if one is.") { config, json }.Does((parsed, ct) => Common.WithStoreAsync(parsed.GetValue(config), async services =>
        {
            var quarantines = await services.GetRequiredService<AccountStore>().AllAsync(ct);
            if (parsed.GetValue(json)) Rows.Print(quarantines, json: true);
            else
            {
                foreach (var one in quarantines) Console.WriteLine($"chain {one.Chain}, {one.Account}, since {one.At:u}: {one.Reason}.");
                if (quarantines.Count == 0) Console.WriteLine("No account is in quarantine.");
            }
            return quarantines.Count == 0 ? 0 : Common.Failed;
        }));
    }

    private static Command Release()
    {
        var (config, by, why) = (Common.Config(), Common.By(), Common.Why("Whose transaction it was, and why the key is still ours alone; written down."));
        var chain = new Option<string>("--chain") { Required = true, Description = "Id of the chain." };
        var account = new Option<string>("--account") { Required = true, Description = "The executor's address." };
        return new Command("release", "Lets the executor use an account again; the nonces used until now are accepted.") { config, chain, account, by, why }
            .Does((parsed, ct) => Common.WithStoreAsync(parsed.GetValue(config), async services =>
            {
                var (where, which) = (ChainOf(parsed.GetValue(chain)!), AccountOf(parsed.GetValue(account)!));
                var (who, reason) = (parsed.GetValue(by)!.Trim(), parsed.GetValue(why)!.Trim());
                var accounts = services.GetRequiredService<AccountStore>();
                if (await accounts.CurrentAsync(where, which, ct) is not { } quarantine) throw new UserException($"Account {which} is not in quarantine on chain {where}.");
                await accounts.ReleaseAsync(where, which, who, reason, ct);
                Console.WriteLine($"Account {which} on chain {where} is used again. It was in quarantine since {quarantine.At:u}: {quarantine.Reason}.");
                return 0;
            }));
    }

    private static ChainId ChainOf(string text) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        ? new ChainId(id)
        : throw new UserException($"--chain: '{text}' is not a chain's id, such as 10.");

    private static Address AccountOf(string text) => Address.TryParse(text, out var account)
        ? account
        : throw new UserException($"--account: '{text}' is not an address; in mixed case, its checksum must be right.");
}

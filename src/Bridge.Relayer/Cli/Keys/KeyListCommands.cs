using System.CommandLine;
using System.Globalization;
using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Configuration;

namespace Bridge.Relayer.Cli;

internal static class KeyListCommands
{
    private const int CoinDecimals = 18;

    /// <summary>The others' keys sign and send nothing.</summary>
    private static readonly IReadOnlyList<string> WithAccount = [Roles.Execute, Roles.Submit, Roles.Audit, Roles.Log];

    public static Command List()
    {
        var (config, json) = (Common.Config(), Common.Json());
        var roles = Common.Roles("Of these roles only, comma-separated.");
        return new Command("list", "Every role's key: its address, and where it is.") { config, roles, json }.Does((parsed, _) =>
        {
            var (_, keys) = KeyChoice.Of(parsed.GetValue(config), parsed.GetValue(roles));
            var rows = keys.Select(one => { using var signer = Configuration.Keys.Open(one.Key); return new { role = one.Role, address = signer.Address.ToString(), where = KeyChoice.Where(one.Key) }; }).ToList();
            if (parsed.GetValue(json)) Common.PrintJson(rows);
            else foreach (var row in rows) Console.WriteLine($"{row.role,-8} {row.address}  {row.where}");
            return Task.FromResult(0);
        });
    }

    public static Command Balance()
    {
        var (config, json) = (Common.Config(), Common.Json());
        var roles = Common.Roles("Of these roles only, comma-separated.");
        return new Command("balance", "What the accounts of execute, submit, audit and log have on each chain. Exit code 1 if a chain does not answer.") { config, roles, json }.Does(async (parsed, ct) =>
        {
            var (options, keys) = KeyChoice.Of(parsed.GetValue(config), parsed.GetValue(roles));
            using var http = RpcHttp.CreateClient();
            var rows = new List<object>();
            foreach (var link in new ChainSet(options, http).All)
                foreach (var (role, key) in keys.Where(one => WithAccount.Contains(one.Role)))
                {
                    using var signer = Configuration.Keys.Open(key);
                    var wei = await link.Client.BalanceAsync(signer.Address, ct);
                    rows.Add(new { role, address = signer.Address.ToString(), chain = link.Name, chainId = link.Id.Value, wei = wei.ToString(CultureInfo.InvariantCulture) });
                    if (!parsed.GetValue(json)) Console.WriteLine($"{role,-8} {signer.Address}  {link.Name}: {WholeTokens.Of(wei, CoinDecimals)}");
                }
            if (parsed.GetValue(json)) Common.PrintJson(rows);
            return 0;
        });
    }
}

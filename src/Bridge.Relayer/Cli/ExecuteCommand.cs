using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Admin;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Cli.Admin;
using Bridge.Relayer.Configuration;

namespace Bridge.Relayer.Cli;

/// <summary>Delivers by hand what no executor delivers: anybody may, and gets the fees.</summary>
internal static class ExecuteCommand
{
    public static Command Create()
    {
        var (id, api, config, inputs) = (AskApi.Id(), AskApi.Url(), Common.Config(), new AdminInputs());
        var simulate = new Option<bool>("--simulate") { Description = "Say whether it would succeed now, and with how much gas; needs no key, and sends nothing." };
        var command = new Command("execute", "Sends the call that delivers a transfer, after a simulation; prints it with --print, or only simulates it. Exit code 1 if there is nothing to deliver, or it would fail.") { id, api, config, simulate };
        foreach (var option in inputs.All) command.Add(option);
        return command.Does(async (parsed, ct) =>
        {
            using var http = RpcHttp.CreateClient();
            var chains = new ChainSet(ConfigurationLoader.LoadChains(ConfigurationLoader.Read(parsed.GetValue(config))), http);
            if (await AskApi.AttestationAsync(parsed.GetValue(api)!, parsed.GetValue(id)!, ct) is not { } signed) return Common.Failed;
            if (!signed.TryGetProperty("executeCall", out var call))
            {
                await Console.Error.WriteLineAsync($"There is nothing to deliver: {signed.Text("reason") ?? "it has arrived"}");
                return Common.Failed;
            }
            if (parsed.GetValue(simulate)) return await Desk(chains, call, inputs.Anyone(parsed), null, inputs.Manner(parsed) with { Print = true }, out var simulated).DoAsync(simulated, ct);
            var (from, signer) = await inputs.SenderAsync(parsed, ct);
            await JournalKeys.RequireForeignAsync(parsed.GetValue(config), from, ct);
            using (signer) return await Desk(chains, call, from, signer, inputs.Manner(parsed), out var transaction).DoAsync(transaction, ct);
        });
    }

    /// <summary>The API is not believed about where the Bridge is: only the configured one is called.</summary>
    private static AdminDesk Desk(ChainSet chains, JsonElement call, Address from, ISigner? signer, AdminManner manner, out AdminTransaction transaction)
    {
        var id = call.Text("chain")!.Split(':')[^1];
        var link = ulong.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && chains.Find(new ChainId(number)) is { } found
            ? found
            : throw new UserException($"The configuration has no chain {id}.");
        if (call.Text("to") is var to && (!Address.TryParse(to, out var target) || target != link.BridgeAddress))
            throw new UserException($"The API names {to} as the Bridge on {link.Name}; the configuration says {link.BridgeAddress}. Nothing was sent.");
        transaction = new AdminTransaction(link.BridgeAddress, Hex.Parse(call.Text("data")!), ["delivers the transfer and what comes before it in its lane, and takes the fees"]);
        return new AdminDesk(new AdminChain(link.Name, link.Client, link.BridgeAddress, TimeSpan.FromMilliseconds(link.Options.PollMilliseconds)), from, signer, manner);
    }
}

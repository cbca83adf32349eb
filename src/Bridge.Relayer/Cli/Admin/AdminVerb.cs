using System.CommandLine;
using Bridge.Evm;
using Bridge.Relayer.Admin;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Configuration;

namespace Bridge.Relayer.Cli.Admin;

/// <summary>What a verb knows when it says what is to be done.</summary>
internal sealed record AdminScene(ParseResult Parsed, AdminChain Chain, ChainSet Chains)
{
    public T Get<T>(Option<T> option) => Parsed.GetValue(option)!;

    public AdminCall Call(byte[] data, string what, bool restricted = true) => new(Chain.BridgeAddress, data, what, restricted);
}

/// <summary>A verb that changes one chain's Bridge: the calls are its own, and everything else is alike.</summary>
internal static class AdminVerb
{
    /// <param name="calls">None where it is done already.</param>
    public static Command Create(string name, string description, IReadOnlyList<Option> own, Func<AdminScene, CancellationToken, Task<IReadOnlyList<AdminCall>>> calls)
    {
        var (config, inputs) = (Common.Config(), new AdminInputs());
        var chain = new Option<string>("--chain") { Required = true, Description = "Where: a chain's name in the configuration, or its id." };
        var command = new Command(name, description);
        foreach (var option in (Option[])[chain, .. own, config, .. inputs.All]) command.Add(option);
        return command.Does(async (parsed, ct) =>
        {
            var options = ConfigurationLoader.LoadChains(ConfigurationLoader.Read(parsed.GetValue(config)));
            using var http = RpcHttp.CreateClient();
            var chains = new ChainSet(options, http);
            var link = Common.Chain(chains, parsed.GetValue(chain)!);
            await link.Client.ConnectAsync(ct);
            var (from, signer) = await inputs.SenderAsync(parsed, ct);
            using (signer)
            {
                var where = new AdminChain(link.Name, link.Client, link.BridgeAddress, TimeSpan.FromMilliseconds(link.Options.PollMilliseconds));
                var list = await calls(new AdminScene(parsed, where, chains), ct);
                return await SendAsync(where, from, signer, inputs.Manner(parsed), list, ct);
            }
        });
    }

    /// <returns>The exit code.</returns>
    private static async Task<int> SendAsync(AdminChain where, Core.Address from, ISigner? signer, AdminManner manner, IReadOnlyList<AdminCall> calls, CancellationToken ct)
    {
        if (calls.Count == 0)
        {
            await Console.Error.WriteLineAsync($"Nothing is to be done on {where}: it is so already.");
            return 0;
        }
        var manager = new AccessManagerContract(where.Client, await where.Bridge.AuthorityAsync(null, ct));
        return await new AdminDesk(where, from, signer, manner).DoAsync(await new Authority(where, manager, from).ComposeAsync(calls, ct), ct);
    }
}

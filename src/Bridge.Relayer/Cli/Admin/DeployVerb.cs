using System.CommandLine;
using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Admin;
using Bridge.Relayer.Admin.Deploy;

namespace Bridge.Relayer.Cli.Admin;

/// <summary>Brings one chain to what a deployment says, in rounds: each is told, simulated and sent before the next, since it stands on the one before.</summary>
internal static class DeployVerb
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    public static Command Create()
    {
        var file = new Option<string>("--deployment") { Required = true, Description = "The deployment, as contracts/README.md describes it; every chain with its chainId." };
        var name = new Option<string>("--chain") { Required = true, Description = "Which of its chains: a new one, or one that has to hear of it." };
        var artifacts = new Option<string>("--artifacts") { Description = "forge's build of the contracts. Default contracts/out.", DefaultValueFactory = _ => Path.Combine("contracts", "out") };
        var inputs = new AdminInputs();
        var command = new Command("deploy", "Does on one chain what a deployment says and the chain lacks: contracts, lanes, assets, fees, roles. With --print, the next round alone; again for the one after.") { file, name, artifacts };
        foreach (var option in inputs.All) command.Add(option);
        return command.Does(async (parsed, ct) =>
        {
            var deployment = DeploymentFile.Read(parsed.GetValue(file)!);
            var which = deployment.Chains.FirstOrDefault(chain => chain.Name == parsed.GetValue(name))
                ?? throw new UserException($"--chain: the deployment has no '{parsed.GetValue(name)}'; it has {string.Join(", ", deployment.Chains.Select(chain => chain.Name))}.");
            if (!Uri.TryCreate(which.Rpc, UriKind.Absolute, out var rpc)) throw new UserException($"chain {which.Name}: rpc '{which.Rpc}' is not a URL.");
            var (from, signer) = await inputs.SenderAsync(parsed, ct);
            using var http = RpcHttp.CreateClient();
            using (signer)
            {
                var plan = new DeploymentPlan(deployment, new Artifacts(parsed.GetValue(artifacts)!), deployment.Admin is { } admin ? DeploymentFile.Parse(admin, "admin") : from);
                var client = new ChainClient(new ChainId(which.ChainId!.Value), [new RpcEndpoint(rpc, http, new RpcOptions())], 1);
                await client.ConnectAsync(ct);
                var chain = new AdminChain(which.Name, client, plan.Bridge.Address, Poll);
                return await RunAsync(chain, deployment, plan, new AdminDesk(chain, from, signer, inputs.Manner(parsed)), from, inputs.Manner(parsed).Print, ct);
            }
        });
    }

    private static async Task<int> RunAsync(AdminChain chain, DeploymentFile file, DeploymentPlan plan, AdminDesk desk, Address from, bool print, CancellationToken ct)
    {
        if ((await chain.Client.CodeAsync(Create2.Proxy, ct)).Length == 0)
            throw new UserException($"{chain} has no deterministic deployment proxy at {Create2.Proxy}. contracts/script/deploy.mjs puts it there, as does anybody who sends its one transaction.");
        foreach (var round in plan.Rounds(chain.Name))
        {
            var lacking = await LackingAsync(chain, round, ct);
            foreach (var contract in lacking)
            {
                var what = $"deploys {contract.What} at {contract.Address}";
                if (await desk.DoAsync(new AdminTransaction(Create2.Proxy, Create2.Data(contract.Salt, contract.InitCode!), [what]), ct) is not 0 and var exit) return exit;
            }
            if (print && lacking.Count > 0) return 0;
        }
        var missing = await new MissingSettings(chain, file, plan).FindAsync(ct);
        if (missing.Count > 0) return await desk.DoAsync(await new Authority(chain, new AccessManagerContract(chain.Client, plan.Manager.Address), from).ComposeAsync(missing, ct), ct);
        await Console.Error.WriteLineAsync($"Nothing is to be done on {chain}: the Bridge at {plan.Bridge.Address} is as the deployment says.");
        return 0;
    }

    /// <exception cref="UserException">A token that should be there is not.</exception>
    private static async Task<IReadOnlyList<PlannedContract>> LackingAsync(AdminChain chain, IReadOnlyList<PlannedContract> round, CancellationToken ct)
    {
        var lacking = new List<PlannedContract>();
        foreach (var contract in round)
            if ((await chain.Client.CodeAsync(contract.Address, ct)).Length == 0)
                lacking.Add(contract.InitCode is null ? throw new UserException($"{chain}: there is no token {contract.What} at {contract.Address}.") : contract);
        return lacking;
    }
}

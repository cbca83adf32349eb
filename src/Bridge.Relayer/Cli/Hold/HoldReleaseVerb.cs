using System.CommandLine;
using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Admin;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Cli.Admin;
using Bridge.Relayer.Configuration;
using Bridge.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Relayer.Cli;

/// <summary>Retries a deferred message on chain, as anybody may; whether it takes effect the contract decides.</summary>
internal static class HoldReleaseVerb
{
    public static Command Create()
    {
        var (config, inputs) = (Common.Config(), new AdminInputs());
        var id = new Argument<string>("id") { Description = "The transfer's id, as 'bridge hold list' shows it." };
        var command = new Command("release", "Retries a deferred transfer with an account of yours, which gets its fee; or prints the call with --print. Exit code 1 if it would fail or did, 2 if it is not deferred.") { id, config };
        foreach (var option in inputs.All) command.Add(option);
        return command.Does((parsed, ct) => Common.WithStoreAsync(parsed.GetValue(config), async services =>
        {
            var hash = Common.TransferId(parsed.GetValue(id));
            using var http = RpcHttp.CreateClient();
            var chains = new ChainSet(ConfigurationLoader.LoadChains(ConfigurationLoader.Read(parsed.GetValue(config))), http);
            var view = await services.GetRequiredService<TransferQueries>().ByIdAsync(hash, ct) ?? throw new UserException($"Transfer {hash} is not known here (yet).");
            if (view.Status is not TransferStatus.Deferred) throw new UserException($"Transfer {hash} is {view.Status}, not deferred: {Instead(view)}.");
            var link = chains.Find(view.Lane.Destination) is { } found && chains.Serves(view.Lane) ? found : throw new UserException($"The configuration does not have both chains of lane {view.Lane}.");
            await link.Client.ConnectAsync(ct);
            var (from, signer) = await inputs.SenderAsync(parsed, ct);
            using (signer)
            {
                await JournalKeys.RequireForeignAsync(services, from, ct);
                var data = BridgeContract.EncodeRetry(chains.LaneId(view.Lane), view.Sequence, view.Wire);
                var where = new AdminChain(link.Name, link.Client, link.BridgeAddress, TimeSpan.FromMilliseconds(link.Options.PollMilliseconds));
                return await new AdminDesk(where, from, signer, inputs.Manner(parsed)).DoAsync(
                    new AdminTransaction(link.BridgeAddress, data, [$"retries message {view.Sequence} of lane {view.Lane}, which pays {view.Message.Recipient}; the fee of {view.Message.Fee} base units goes to {from}"]), ct);
            }
        }));
    }

    private static string Instead(TransferView view) => view switch
    {
        { Halt: not null } when PublicStatus.IsUnderway(view.Status) => "its lane is halted here, see 'bridge lanes resume'",
        { Status: TransferStatus.Delivered or TransferStatus.Refunded } => "there is nothing to release",
        _ => "see 'bridge explain'",
    };
}

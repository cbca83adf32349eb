using System.CommandLine;
using Bridge.Core;
using Bridge.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Relayer.Cli;

/// <summary>What this organisation's database says, without an API. Reads only.</summary>
internal static class QueryCommand
{
    private sealed record TransferLine(Hash32 Transfer, Lane Lane, Sequence Sequence, TransferStatus Status, AssetId Asset, UInt128 Amount, UInt128 Fee, DateTimeOffset Since, string? Halt);

    private sealed record ChangeLine(DateTimeOffset At, string Event, string? From, string To, string? Detail);

    private sealed record AttestationLine(Lane Lane, Sequence Sequence, Epoch? Epoch, int Have, int? Need, IReadOnlyList<Address> Signers, IEnumerable<Address> Missing, IReadOnlyList<Address> Excluded);

    private sealed record LaneLine(Lane Lane, ulong Sent, ulong Delivered, string? Halt);

    private sealed record SetLine(ChainId Chain, Epoch Epoch, int Threshold, IReadOnlyList<Address> Members);

    private sealed record ValidatorLine(ChainId Chain, Address Validator, long Signed, long Certified, DateTimeOffset? LastAt, double? P95Seconds);

    public static Command Create() => new("query", "Asks this organisation's database. Dead letters (DLQ): 'bridge parked list'.")
    {
        OfTransfer("transfer", "One transfer, and every change of its status.", async (services, view, json, ct) =>
        {
            Rows.Print([Line(view)], json);
            Rows.Print((await services.GetRequiredService<TransferQueries>().TransitionsAsync(view.MessageId, ct)).Select(t => new ChangeLine(t.At, t.Event, t.From, t.To, t.Detail)), json);
        }),
        OfTransfer("attestations", "Who signed for a transfer, and who has not.", (_, view, json, _) =>
        {
            var a = view.Attestation;
            Rows.Print([new AttestationLine(view.Lane, view.Sequence, a.Epoch, a.Signers.Count, a.Need, a.Signers, a.Missing, a.Excluded)], json);
            return Task.CompletedTask;
        }),
        Listed("pending", "Transfers that have not arrived, the newest first.", new TransferFilter(Statuses: [.. PublicStatus.Underway, TransferStatus.Executed])),
        Listed("held", "Transfers that wait for a time, a guardian or an operator.", new TransferFilter { Held = true }),
        All("lanes", "How much was sent and delivered through every lane, and whether it is halted.", async (services, ct) =>
        {
            var halts = (await services.GetRequiredService<HaltStore>().AllAsync(ct)).ToDictionary(halt => halt.Lane);
            return (await services.GetRequiredService<StatsQueries>().CountsAsync(ct)).Select(count => new LaneLine(count.Lane, count.Sent, count.Delivered, halts.GetValueOrDefault(count.Lane)?.Code));
        }),
        All("set", "The validator set in force on every chain.", async (services, ct) =>
            (await services.GetRequiredService<DirectoryQueries>().ReadAsync(ct)).Sets.Select(set => new SetLine(set.Chain, set.Epoch, set.Threshold, set.Members))),
        All("validators", "How every validator has signed in the last day.", async (services, ct) =>
        {
            var (certified, validators) = await services.GetRequiredService<StatsQueries>().ValidatorsAsync(DateTimeOffset.UtcNow.AddDays(-1), ct);
            return validators.Select(v => new ValidatorLine(v.Chain, v.Validator, v.Signed, certified.GetValueOrDefault(v.Chain), v.LastAt, v.P95Seconds));
        }),
        All("heads", "Every chain's newest block, how old it is, and how far behind the watcher is.", async (services, ct) => (IEnumerable<HeadStanding>)(await services.GetRequiredService<OperationQueries>().ReadAsync(ct)).Heads),
        All("stuck", "Executors' transactions that wait for a block. An executor replaces and cancels them by itself; whoever else used its key would stop it.", async (services, ct) => (IEnumerable<PendingStanding>)(await services.GetRequiredService<OperationQueries>().ReadAsync(ct)).Pending),
        All("nonce", "Executors' accounts: nonces, what was spent and earned.", async (services, ct) => (IEnumerable<AccountStanding>)(await services.GetRequiredService<OperationQueries>().ReadAsync(ct)).Accounts),
    };

    private static TransferLine Line(TransferView view) => new(
        view.MessageId, view.Lane, view.Sequence, view.Status, view.Message.Asset, view.Message.Amount, view.Message.Fee, view.UpdatedAt, view.Halt?.Code);

    private static Command OfTransfer(string name, string description, Func<IServiceProvider, TransferView, bool, CancellationToken, Task> show)
    {
        var (config, id, json) = (Common.Config(), new Argument<string>("id") { Description = "The transfer's id." }, Rows.Json());
        return new Command(name, description) { id, config, json }.Does((parsed, ct) => Common.WithStoreAsync(parsed.GetValue(config), async services =>
        {
            var hash = Common.TransferId(parsed.GetValue(id));
            if (await services.GetRequiredService<TransferQueries>().ByIdAsync(hash, ct) is not { } view)
            {
                await Console.Error.WriteLineAsync($"Transfer {hash} is not known here (yet).");
                return Common.Failed;
            }
            await show(services, view, parsed.GetValue(json), ct);
            return 0;
        }));
    }

    private static Command Listed(string name, string description, TransferFilter filter)
    {
        var (config, json) = (Common.Config(), Rows.Json());
        var limit = new Option<int>("--limit") { Description = $"At most so many, 1 to {TransferQueries.MaxLimit}. Default 50.", DefaultValueFactory = _ => 50 };
        return new Command(name, description) { config, limit, json }.Does((parsed, ct) => Common.WithStoreAsync(parsed.GetValue(config), async services =>
        {
            if (parsed.GetValue(limit) is < 1 or > TransferQueries.MaxLimit) throw new UserException($"--limit: 1 to {TransferQueries.MaxLimit}.");
            Rows.Print((await services.GetRequiredService<TransferQueries>().ListAsync(filter, null, parsed.GetValue(limit), ct)).Transfers.Select(Line), parsed.GetValue(json));
            return 0;
        }));
    }

    private static Command All<T>(string name, string description, Func<IServiceProvider, CancellationToken, Task<IEnumerable<T>>> read)
    {
        var (config, json) = (Common.Config(), Rows.Json());
        return new Command(name, description) { config, json }.Does((parsed, ct) => Common.WithStoreAsync(parsed.GetValue(config), async services =>
        {
            Rows.Print(await read(services, ct), parsed.GetValue(json));
            return 0;
        }));
    }
}

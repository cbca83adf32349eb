using System.CommandLine;
using Bridge.Core;
using Bridge.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Relayer.Cli;

/// <summary>Executors' and submitters' transactions that wait for a block. Who holds the key acts, at the same nonce and in its journal: anything else would take the account out of use.</summary>
internal static class TxCommand
{
    public static Command Create() => new("tx", "Executors' and submitters' transactions that wait for a block. The running node acts on what is asked, within its limits.")
    {
        ListStuck(),
        Verb("bump", RequestKind.Bump, "Has the node offer more for a transaction now, at its nonce and up to MaxFeeGwei of Bridge:Executor or Bridge:Submitter. Exit code 1 if it refuses or none answers."),
        Verb("cancel", RequestKind.Cancel, "Has the node spend a transaction's nonce on nothing. A delivery's messages are planned anew, unless the lane is paused first; what a user signed can be handed in again. Exit code 1 if it refuses or none answers."),
    };

    private static Command ListStuck()
    {
        var (config, json) = (Common.Config(), Rows.Json());
        var older = new Option<int>("--older") { Description = "Only what waits for at least so many seconds. Default 60.", DefaultValueFactory = _ => 60 };
        return new Command("list-stuck", "What waits for a block, the oldest first. Exit code 1 if anything does.") { config, older, json }.Does((parsed, ct) => Common.WithStoreAsync(parsed.GetValue(config), async services =>
        {
            if (parsed.GetValue(older) < 0) throw new UserException("--older: 0 or more seconds.");
            var stuck = await services.GetRequiredService<WaitingTransactions>().ReadAsync(TimeSpan.FromSeconds(parsed.GetValue(older)), ct);
            Rows.Print(stuck, parsed.GetValue(json));
            return stuck.Count == 0 ? 0 : Common.Failed;
        }));
    }

    private static Command Verb(string name, RequestKind kind, string description)
    {
        var (config, json, by, why, wait) = (Common.Config(), Rows.Json(), Common.By(), Common.Why("Why; written down."), Asked.Wait());
        var id = new Argument<string>("id") { Description = "As 'bridge tx list-stuck' shows it, or one of its transactions." };
        return new Command(name, description) { id, config, by, why, wait, json }.Does((parsed, ct) => Common.WithStoreAsync(parsed.GetValue(config), async services =>
        {
            var text = parsed.GetValue(id)!;
            Guid? wanted = Guid.TryParse(text, out var guid) ? guid : null;
            Hash32? transaction = wanted is null && Hash32.TryParse(text, out var hash) ? hash : null;
            if (wanted is null && transaction is null) throw new UserException($"'{text}' is neither an id nor a transaction's hash.");
            return await Asked.OfAsync(services, kind, await FindAsync(services, text, wanted, transaction, ct), parsed.GetValue(by)!, parsed.GetValue(why)!, parsed.GetValue(wait), parsed.GetValue(json), ct);
        }));
    }

    private static async Task<RequestSubject> FindAsync(IServiceProvider services, string text, Guid? id, Hash32? transaction, CancellationToken ct)
    {
        if (await services.GetRequiredService<SubmissionStore>().FindAsync(id, transaction, ct) is { } submission)
            return submission.InFlight ? new(Submission: submission.Id) : throw new UserException($"Submission {submission.Id} is {submission.Status}: nothing of it waits for a block.");
        if (await services.GetRequiredService<ErrandStore>().FindAsync(id, transaction, ct) is { } errand)
            return errand.InFlight ? new(Errand: errand.Id) : throw new UserException($"Errand {errand.Id} is {errand.Status}: nothing of it waits for a block.");
        throw new UserException($"There is nothing of {text} here. See 'bridge tx list-stuck'.");
    }
}

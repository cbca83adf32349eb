using System.CommandLine;
using Bridge.Core;
using Bridge.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Relayer.Cli;

/// <summary>Executors' transactions that wait for a block. The executor that holds the key acts, at the same nonce and in its journal: anything else would put its account into quarantine.</summary>
internal static class TxCommand
{
    public static Command Create() => new("tx", "Executors' transactions that wait for a block. The running executor acts on what is asked, within its limits.")
    {
        ListStuck(),
        Verb("bump", RequestKind.Bump, "Has the executor offer more for a transaction now, at its nonce and up to Bridge:Executor:MaxFeeGwei. Exit code 1 if it refuses or no executor answers."),
        Verb("cancel", RequestKind.Cancel, "Has the executor spend a transaction's nonce on nothing. Its messages are planned anew, unless the lane is paused first. Exit code 1 if it refuses or no executor answers."),
    };

    private static Command ListStuck()
    {
        var (config, json) = (Common.Config(), Rows.Json());
        var older = new Option<int>("--older") { Description = "Only what waits for at least so many seconds. Default 60.", DefaultValueFactory = _ => 60 };
        return new Command("list-stuck", "What waits for a block, the oldest first. Exit code 1 if anything does.") { config, older, json }.Does((parsed, ct) => Common.WithStoreAsync(parsed.GetValue(config), async services =>
        {
            if (parsed.GetValue(older) < 0) throw new UserException("--older: 0 or more seconds.");
            var stuck = await services.GetRequiredService<SubmissionStore>().WaitingAsync(TimeSpan.FromSeconds(parsed.GetValue(older)), ct);
            Rows.Print(stuck, parsed.GetValue(json));
            return stuck.Count == 0 ? 0 : Common.Failed;
        }));
    }

    private static Command Verb(string name, RequestKind kind, string description)
    {
        var (config, json, by, why, wait) = (Common.Config(), Rows.Json(), Common.By(), Common.Why("Why; written down."), Asked.Wait());
        var id = new Argument<string>("id") { Description = "Of the submission, as 'bridge tx list-stuck' shows it, or one of its transactions." };
        return new Command(name, description) { id, config, by, why, wait, json }.Does((parsed, ct) => Common.WithStoreAsync(parsed.GetValue(config), async services =>
        {
            var text = parsed.GetValue(id)!;
            Guid? wanted = Guid.TryParse(text, out var guid) ? guid : null;
            Hash32? transaction = wanted is null && Hash32.TryParse(text, out var hash) ? hash : null;
            if (wanted is null && transaction is null) throw new UserException($"'{text}' is neither a submission's id nor a transaction's hash.");
            if (await services.GetRequiredService<SubmissionStore>().FindAsync(wanted, transaction, ct) is not { } found) throw new UserException($"There is no submission {text} here. See 'bridge tx list-stuck'.");
            if (!found.InFlight) throw new UserException($"Submission {found.Id} is {found.Status}: nothing of it waits for a block.");
            return await Asked.OfAsync(services, kind, found.Id, null, parsed.GetValue(by)!, parsed.GetValue(why)!, parsed.GetValue(wait), parsed.GetValue(json), ct);
        }));
    }
}

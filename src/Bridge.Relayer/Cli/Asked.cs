using System.CommandLine;
using Bridge.Core;
using Bridge.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Relayer.Cli;

/// <summary>Asks a running node for what only it may do with its key, and waits for its answer.</summary>
internal static class Asked
{
    private const int Longest = 540; // Less than nodes act on what was asked.
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    private sealed record Line(long Request, string Outcome, string Detail);

    public static Option<int> Wait() => new("--wait") { Description = $"Seconds to wait for a node to act, 1 to {Longest}; then it is withdrawn. Default 60.", DefaultValueFactory = _ => 60 };

    /// <returns>The exit code: 0 if the node did it.</returns>
    public static async Task<int> OfAsync(IServiceProvider services, RequestKind kind, RequestSubject subject, string by, string why, int wait, bool json, CancellationToken ct)
    {
        if (wait is < 1 or > Longest) throw new UserException($"--wait: 1 to {Longest} seconds.");
        var requests = services.GetRequiredService<RequestStore>();
        var id = await requests.AskAsync(kind, subject, by.Trim(), why.Trim(), ct);
        var asked = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (await requests.OutcomeAsync(id, ct) is { } settled) return Tell(id, settled, json);
            if (TimeProvider.System.GetElapsedTime(asked).TotalSeconds > wait)
                await requests.WithdrawAsync(id, $"no node of this database with that key took it up in {wait} s: does one run?", ct);
            await Task.Delay(Look, ct);
        }
    }

    private static int Tell(long id, SettledRequest settled, bool json)
    {
        if (json) Rows.Print([new Line(id, settled.Outcome.ToString(), settled.Detail)], json: true);
        else Console.WriteLine($"{settled.Outcome}: {settled.Detail}.");
        return settled.Outcome is RequestOutcome.Done ? 0 : Common.Failed;
    }
}

using Xunit.Abstractions;

namespace Bridge.Core.Tests;

/// <summary>Every interleaving of an executor's steps with crashes and with what chains and others do.</summary>
public class SubmissionModelTests(ITestOutputHelper output)
{
    [Fact]
    public void Three_messages_and_two_crashes_lose_and_double_nothing_and_no_nonce_serves_two_intents() => Explore(new Budget(Messages: 3, Crashes: 2), NoFaultAndNoSuspicion, IsDone);

    [Fact]
    public void Two_messages_survive_a_crash_a_full_pool_a_rival_and_a_reorg_in_any_order() =>
        Explore(new Budget(Messages: 2, Crashes: 1, Drops: 1, Rivals: 1, Reorgs: 1), NoFaultAndNoSuspicion, IsDone);

    [Fact]
    public void An_outsider_with_the_key_is_always_found_out() => Explore(
        new Budget(Messages: 2, Crashes: 2, Outsiders: 1), Fault, w => w.Chain.Any(block => block.Sent.Row == -2) ? w.Quarantined : IsDone(w));

    private void Explore(Budget budget, Func<SubmissionWorld, string?> fault, Predicate<SubmissionWorld> isDone)
    {
        var explorer = new Explorer<SubmissionWorld>(SubmissionEvents.Of, fault, isDone);
        explorer.Explore(SubmissionWorld.Begin(budget));
        output.WriteLine($"{budget}: {explorer.States} states, {explorer.Transitions} transitions, {explorer.Goals} ends; {string.Join(", ", explorer.Happened.Select(h => $"{h.Key} {h.Value}"))}");
        explorer.Happened.ShouldContainKey("mine");
        if (budget.Crashes > 0) explorer.Happened.ShouldContainKey("crash");
    }

    private static string? NoFaultAndNoSuspicion(SubmissionWorld w) => w.Quarantined ? "the account is under suspicion though nobody else used its key" : Fault(w);

    private static bool IsDone(SubmissionWorld w) =>
        w.Journal.All(row => !row.IsOpen) && w.Final == w.Chain.Count && Enumerable.Range(0, w.Budget.Messages).All(w.IsDelivered);

    private static string? Fault(SubmissionWorld w)
    {
        foreach (var nonce in w.Journal.Where(row => row.Attempts.Length > 0 && !(w.Quarantined && row.Status is RowStatus.Dropped)).GroupBy(row => row.Nonce))
            if (nonce.Count() > 1) return $"nonce {nonce.Key} serves {nonce.Count()} intents";
        foreach (var lane in w.Chain.Where(block => block.Effective).GroupBy(block => block.Sent.Lane))
            if (lane.Count() > 1) return $"message {lane.Key} was delivered twice";
        foreach (var sent in w.Pool.Concat(w.Chain.Select(block => block.Sent)).Where(sent => sent.Row >= 0))
            if (sent.Attempt >= w.Journal[sent.Row].Attempts.Length) return $"{sent} was sent before it was written down";
        for (var i = 0; i < w.Journal.Count; i++)
            if (Contradiction(w, i) is { } wrong) return $"row {i}: {wrong}";
        return null;
    }

    private static string? Contradiction(SubmissionWorld w, int i)
    {
        var final = w.Chain.Take(w.Final).FirstOrDefault(block => block.Sent.Row == i);
        return w.Journal[i].Status switch
        {
            RowStatus.Final when final is not { Effective: true } => "called final without a final delivery",
            RowStatus.Failed when final is not { Effective: false } => "called failed without a final transaction that had no effect",
            RowStatus.Dropped when !w.Quarantined && w.Journal[i].Attempts.Length > 0 => "dropped though what was signed can still be mined",
            _ => null,
        };
    }
}

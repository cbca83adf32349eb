namespace Bridge.Core.Tests;

/// <summary>What the world around the executor may do at any moment.</summary>
internal static class SubmissionEvents
{
    public static IEnumerable<(string, SubmissionWorld)> Of(SubmissionWorld w)
    {
        yield return ("step", SubmissionModel.Step(w));
        foreach (var sent in w.Pool.Where(sent => sent.Nonce == w.Nonce)) yield return ("mine", Mine(w, sent));
        if (w.Final < w.Chain.Count) yield return ("finalize", w with { Final = w.Final + 1 });
        if (w.Journal.Any(row => row is { IsOpen: true, Old: false })) yield return ("time", w with { Journal = [.. w.Journal.Select(row => row.IsOpen ? row with { Old = true } : row)] });
        foreach (var fault in Faults(w)) yield return fault;
    }

    private static IEnumerable<(string, SubmissionWorld)> Faults(SubmissionWorld w)
    {
        var budget = w.Budget;
        if (budget.Crashes > 0 && w.Program != Program.Start) yield return ("crash", w with { Budget = budget with { Crashes = budget.Crashes - 1 }, Program = Program.Start });
        if (budget.Drops > 0)
            foreach (var row in w.Pool.Select(sent => sent.Row).Distinct())
                yield return ("drop", w with { Budget = budget with { Drops = budget.Drops - 1 }, Pool = [.. w.Pool.Where(sent => sent.Row != row)] });
        if (budget.Rivals > 0)
            foreach (var lane in Enumerable.Range(0, budget.Messages).Where(lane => !w.IsDelivered(lane)))
                yield return ("rival", Append(w with { Budget = budget with { Rivals = budget.Rivals - 1 } }, new InBlock(new Sent(-1, 0, lane, -1, true), true)));
        if (budget.Outsiders > 0)
            yield return ("outsider", Append(w with { Budget = budget with { Outsiders = budget.Outsiders - 1 } }, new InBlock(new Sent(-2, 0, -1, w.Nonce, false), false)));
        if (budget.Reorgs == 0 || w.Final == w.Chain.Count) yield break;
        var (last, before) = (w.Chain[^1].Sent, w with { Budget = budget with { Reorgs = budget.Reorgs - 1 }, Chain = [.. w.Chain.SkipLast(1)] });
        yield return ("reorg that forgets", before);
        if (last.Row >= 0) yield return ("reorg", before with { Pool = [.. w.Pool, last] });
    }

    private static SubmissionWorld Mine(SubmissionWorld w, Sent sent) => Append(w, new InBlock(sent, sent.Delivers && !w.IsDelivered(sent.Lane)));

    /// <summary>What has a nonce that is used now leaves the pool.</summary>
    private static SubmissionWorld Append(SubmissionWorld w, InBlock block)
    {
        var after = w with { Chain = [.. w.Chain, block] };
        return after with { Pool = [.. after.Pool.Where(sent => sent.Nonce >= after.Nonce)] };
    }
}

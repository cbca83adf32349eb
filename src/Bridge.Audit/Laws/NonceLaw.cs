using Bridge.Core;

namespace Bridge.Audit;

/// <summary>An executor's nonces: every mined one belongs to one submission of the journal, and a submission took effect once.</summary>
public static class NonceLaw
{
    /// <param name="mined">By chain: of the journal's transactions those that are mined.</param>
    /// <param name="counts">By chain and account: how many nonces are used.</param>
    public static LawVerdict Judge(
        DatabaseEvidence? database, IReadOnlyDictionary<ChainId, IReadOnlyDictionary<Hash32, (Address From, ulong Nonce)>> mined,
        IReadOnlyDictionary<(ChainId, Address), ulong> counts)
    {
        if (database is null) return RecordLaws.NoDatabase("L8", "nonces");
        var violations = new List<string>();
        var attempts = database.Attempts.Where(a => mined.GetValueOrDefault(a.Chain)?.ContainsKey(a.Transaction) == true).ToList();
        foreach (var twice in attempts.GroupBy(a => a.Submission).Where(g => g.Count() > 1))
            violations.Add($"submission {twice.Key} was mined {twice.Count()} times: {string.Join(", ", twice.Select(a => a.Transaction))}");
        foreach (var account in attempts.GroupBy(a => (a.Chain, a.Account)))
        {
            var used = account.Select(a => mined[a.Chain][a.Transaction].Nonce).Order().ToList();
            if (counts.TryGetValue(account.Key, out var count) && !used.SequenceEqual(Enumerable.Range(0, (int)count).Select(i => (ulong)i)))
                violations.Add($"account {account.Key.Account} on chain {account.Key.Chain} has used {count} nonces, the journal explains {used.Count}: missing {string.Join(", ", Missing(used, count).Take(5))}");
        }
        return LawVerdict.Of("L8", "nonces", violations, $"{attempts.Count} mined transactions of {counts.Count} accounts");
    }

    private static IEnumerable<ulong> Missing(List<ulong> used, ulong count)
    {
        var known = used.ToHashSet();
        for (ulong nonce = 0; nonce < count; nonce++)
            if (!known.Contains(nonce)) yield return nonce;
    }
}

using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Quotes;

/// <summary>Asks whoever has endpoints about accounts, and waits for a moment. Without an answer a quote says that it was not checked.</summary>
internal sealed class AccountFacts(AccountLooks looks, TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(40);

    public async Task<IReadOnlyList<AccountAnswer?>> AskAsync(IReadOnlyList<AccountQuestion?> questions, CancellationToken ct)
    {
        var asked = questions.OfType<AccountQuestion>().Distinct().ToList();
        var answers = new Dictionary<AccountQuestion, AccountAnswer>();
        if (asked.Count > 0) await looks.AskAsync(asked, ct);
        var began = time.GetTimestamp();
        while (true)
        {
            foreach (var question in asked.Where(question => !answers.ContainsKey(question)))
                if (await looks.AnswerAsync(question, ct) is { } answer) answers[question] = answer;
            if (answers.Count == asked.Count || time.GetElapsedTime(began) > Longest) break;
            await Task.Delay(Between, time, ct);
        }
        return [.. questions.Select(question => question is { } one ? answers.GetValueOrDefault(one) : null)];
    }
}

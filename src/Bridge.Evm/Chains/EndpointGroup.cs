using Bridge.Core;

namespace Bridge.Evm;

/// <summary>What one endpoint made of a question: an answer or the reason why there is none.</summary>
internal sealed record Outcome<T>(EndpointState Endpoint, T? Value, Exception? Fault)
{
    public bool IsAnswer => Fault is null;

    /// <summary>Nothing comes back from the endpoint itself, such as an agreed revert.</summary>
    public bool IsRefusal => Fault is RpcException { Kind: var kind } && kind.IsAnswer();
}

/// <summary>
/// Asks every endpoint at the same time. An answer counts when <c>quorum</c> endpoints gave the same; nobody waits for the slowest,
/// whose answer is still compared and still updates its health when it comes.
/// </summary>
internal sealed class EndpointGroup(ChainId chain, IReadOnlyList<EndpointState> endpoints, int quorum, Action<Disagreement> onDisagreement)
{
    /// <summary>How long the others may still answer once a quorum has, where more answers make a better one.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(250);

    private ulong _final;

    public IReadOnlyList<EndpointState> Endpoints => endpoints;
    public int Quorum => quorum;
    public ulong Final => Volatile.Read(ref _final);

    /// <summary>At or below it honest nodes cannot differ.</summary>
    public void SawFinal(ulong height) => InterlockedMax(ref _final, height);

    /// <param name="height">Of the newest block that the answer depends on.</param>
    /// <param name="describe">Equal texts for equal answers, see <see cref="Fingerprint"/>.</param>
    /// <param name="forgot">Whether an endpoint that answered otherwise has merely forgotten, rather than lied; by default it has not.</param>
    /// <exception cref="EndpointQuorumException">No answer was given by a quorum.</exception>
    /// <exception cref="RpcException">A quorum agreed that the request itself is refused, such as a revert.</exception>
    public async Task<T> AgreeAsync<T>(
        string question, ulong height, Func<EndpointState, CancellationToken, Task<T>> ask, Func<T, string> describe, CancellationToken ct,
        Func<EndpointState, T, T, Task<bool>>? forgot = null)
    {
        var outcomes = new List<(Outcome<T> Outcome, string Text)>();
        var votes = new Dictionary<string, int>();
        var asked = AskAll(ask, ct);
        await foreach (var task in Task.WhenEach(asked))
        {
            var outcome = await task;
            ct.ThrowIfCancellationRequested();
            var text = Text(outcome, describe);
            // A liar of late is asked, so that all see whether it goes on; it is not counted, and the quorum is not lowered.
            var suspicion = outcome.Endpoint.Suspicion;
            outcomes.Add((outcome, suspicion is null ? text : $"{text} ({suspicion})"));
            if (suspicion is not null || (!outcome.IsAnswer && !outcome.IsRefusal)) continue;
            var agreed = votes[text] = votes.GetValueOrDefault(text) + 1;
            if (agreed < quorum) continue;
            _ = CompareAsync(question, height, outcome, text, asked, describe, forgot);
            return outcome.IsAnswer ? outcome.Value! : throw outcome.Fault!;
        }
        throw Disagreement(question, votes.Values.DefaultIfEmpty().Max(), outcomes.Select(o => (o.Outcome.Endpoint, o.Text)));
    }

    /// <summary>
    /// At least a quorum of answers, whatever they are, and those that come within the grace after it; or just the one that
    /// <paramref name="found"/> accepts, as soon as it comes.
    /// </summary>
    /// <exception cref="EndpointQuorumException">Fewer endpoints than the quorum answered.</exception>
    public async Task<IReadOnlyList<T>> CollectAsync<T>(
        string question, Func<EndpointState, CancellationToken, Task<T>> ask, CancellationToken ct, Predicate<T>? found = null)
    {
        var outcomes = new List<Outcome<T>>();
        using var grace = CancellationTokenSource.CreateLinkedTokenSource(ct);
        try
        {
            await foreach (var outcome in AskAllAsync(Trusted(ask), ct, grace.Token))
            {
                if (outcome.IsAnswer && found?.Invoke(outcome.Value!) == true) return [outcome.Value!];
                outcomes.Add(outcome);
                if (outcomes.Count(o => o.IsAnswer) == quorum) grace.CancelAfter(Grace);
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // The grace is over: a quorum has answered.
        }
        var answers = outcomes.Where(o => o.IsAnswer).Select(o => o.Value!).ToList();
        return answers.Count >= quorum ? answers : throw Disagreement(
            question, answers.Count, outcomes.Select(o => (o.Endpoint, o.IsAnswer ? "an answer" : Describe(o.Fault!))));
    }

    /// <summary>The answer of one endpoint, honest and healthy ones first; the next is asked when one fails.</summary>
    /// <exception cref="RpcException">The request is refused, or every endpoint failed: the last failure.</exception>
    public async Task<T> AnyAsync<T>(Func<EndpointState, CancellationToken, Task<T>> ask, CancellationToken ct)
    {
        var order = endpoints.OrderByDescending(e => e.Suspicion is null).ThenByDescending(e => e.Health.IsHealthy).ToList();
        for (var i = 0; ; i++)
        {
            try
            {
                return await ask(order[i], ct);
            }
            catch (Exception e) when (i < order.Count - 1 && e is WrongChainException or RpcException { Kind: not RpcErrorKind.Reverted })
            {
                // Its health holds the reason; the next one may do better.
            }
        }
    }

    /// <summary>Outcomes in the order in which they come.</summary>
    public async IAsyncEnumerable<Outcome<T>> AskAllAsync<T>(
        Func<EndpointState, CancellationToken, Task<T>> ask, CancellationToken ct,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken waiting = default)
    {
        await foreach (var task in Task.WhenEach(AskAll(ask, ct)).WithCancellation(waiting))
        {
            var outcome = await task;
            ct.ThrowIfCancellationRequested();
            yield return outcome;
        }
    }

    public EndpointQuorumException Disagreement(string question, int agreed, IEnumerable<(EndpointState Endpoint, string Text)> said) =>
        new(chain, question, agreed, quorum, [.. said.Select(s => new EndpointAnswer(s.Endpoint.Url, s.Text))]);

    /// <summary>Tells whoever listens that an endpoint contradicted the others, and keeps it.</summary>
    public void Report(EndpointState endpoint, string question, string said, string agreed, EndpointCondition meaning)
    {
        var disagreement = new Disagreement(chain, endpoint.Url, question, said, agreed, meaning);
        endpoint.Disagreed(disagreement);
        onDisagreement(disagreement);
    }

    /// <summary>Since when an endpoint stands still behind so many others that the quorum is no quorum without one of them, if that is long ago.</summary>
    public DateTimeOffset? StandsStill(EndpointState endpoint)
    {
        var height = endpoint.Health.LastHeight;
        var ahead = endpoints.Count(other => other != endpoint && other.Health.LastHeight > height);
        return endpoint.StandsStill(ahead > endpoints.Count - quorum);
    }

    private Task<Outcome<T>>[] AskAll<T>(Func<EndpointState, CancellationToken, Task<T>> ask, CancellationToken ct) =>
        [.. endpoints.Select(endpoint => OutcomeAsync(endpoint, ask, ct))];

    private static Func<EndpointState, CancellationToken, Task<T>> Trusted<T>(Func<EndpointState, CancellationToken, Task<T>> ask) => (endpoint, ct) =>
        endpoint.Suspicion is { } why ? throw new RpcException(RpcErrorKind.InvalidResponse, endpoint.Url, why) : ask(endpoint, ct);

    /// <summary>Looks at every answer, also those that come later, and reports who contradicts the quorum.</summary>
    private async Task CompareAsync<T>(
        string question, ulong height, Outcome<T> agreed, string text, Task<Outcome<T>>[] asked, Func<T, string> describe, Func<EndpointState, T, T, Task<bool>>? forgot)
    {
        foreach (var task in asked)
        {
            await ((Task)task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!task.IsCompletedSuccessfully) continue;
            var outcome = await task;
            if ((!outcome.IsAnswer && !outcome.IsRefusal) || Text(outcome, describe) is var said && said == text) continue;
            var isFinal = height <= Volatile.Read(ref _final);
            var forgotten = isFinal && forgot is not null && outcome.IsAnswer && agreed.IsAnswer && await forgot(outcome.Endpoint, outcome.Value!, agreed.Value!);
            Report(outcome.Endpoint, question, said, text, forgotten ? EndpointCondition.Pruned : isFinal ? EndpointCondition.Lying : EndpointCondition.Ok);
        }
    }

    private static async Task<Outcome<T>> OutcomeAsync<T>(
        EndpointState endpoint, Func<EndpointState, CancellationToken, Task<T>> ask, CancellationToken ct)
    {
        try
        {
            return new Outcome<T>(endpoint, await ask(endpoint, ct), null);
        }
        catch (Exception e) when (e is RpcException or WrongChainException or OperationCanceledException)
        {
            return new Outcome<T>(endpoint, default, e);
        }
    }

    private static string Text<T>(Outcome<T> outcome, Func<T, string> describe) => outcome.IsAnswer ? describe(outcome.Value!) : Describe(outcome.Fault!);

    private static string Describe(Exception fault) => fault switch
    {
        RpcException { Kind: RpcErrorKind.Reverted, Data: { } data } => $"reverted with {data}",
        RpcException rpc when rpc.Kind.IsAnswer() => rpc.Kind.ToString(),
        RpcException rpc => $"nothing ({rpc.Kind}: {rpc.Message})",
        _ => $"nothing ({fault.Message})",
    };

    private static void InterlockedMax(ref ulong target, ulong value)
    {
        for (var now = Volatile.Read(ref target); value > now; now = Volatile.Read(ref target))
            if (Interlocked.CompareExchange(ref target, value, now) == now) return;
    }
}

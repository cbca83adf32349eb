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
/// whose answer still updates its health when it comes.
/// </summary>
internal sealed class EndpointGroup(ChainId chain, IReadOnlyList<EndpointState> endpoints, int quorum)
{
    /// <summary>How long the others may still answer once a quorum has, where more answers make a better one.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(250);

    public IReadOnlyList<EndpointState> Endpoints => endpoints;
    public int Quorum => quorum;

    /// <param name="describe">Equal texts for equal answers, see <see cref="Fingerprint"/>.</param>
    /// <exception cref="EndpointQuorumException">No answer was given by a quorum.</exception>
    /// <exception cref="RpcException">A quorum agreed that the request itself is refused, such as a revert.</exception>
    public async Task<T> AgreeAsync<T>(
        string question, Func<EndpointState, CancellationToken, Task<T>> ask, Func<T, string> describe, CancellationToken ct)
    {
        var outcomes = new List<(Outcome<T> Outcome, string Text)>();
        var votes = new Dictionary<string, int>();
        await foreach (var outcome in AskAllAsync(ask, ct))
        {
            var text = outcome.IsAnswer ? describe(outcome.Value!) : Describe(outcome.Fault!);
            outcomes.Add((outcome, text));
            if (!outcome.IsAnswer && !outcome.IsRefusal) continue;
            var agreed = votes[text] = votes.GetValueOrDefault(text) + 1;
            if (agreed >= quorum) return outcome.IsAnswer ? outcome.Value! : throw outcome.Fault!;
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
            await foreach (var outcome in AskAllAsync(ask, ct, grace.Token))
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

    /// <summary>The answer of one endpoint, healthy ones first; the next is asked when one fails.</summary>
    /// <exception cref="RpcException">The request is refused, or every endpoint failed: the last failure.</exception>
    public async Task<T> AnyAsync<T>(Func<EndpointState, CancellationToken, Task<T>> ask, CancellationToken ct)
    {
        var order = endpoints.OrderByDescending(e => e.Health.IsHealthy).ToList();
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
        await foreach (var task in Task.WhenEach(endpoints.Select(endpoint => OutcomeAsync(endpoint, ask, ct)).ToArray()).WithCancellation(waiting))
        {
            var outcome = await task;
            ct.ThrowIfCancellationRequested();
            yield return outcome;
        }
    }

    public EndpointQuorumException Disagreement(string question, int agreed, IEnumerable<(EndpointState Endpoint, string Text)> said) =>
        new(chain, question, agreed, quorum, [.. said.Select(s => new EndpointAnswer(s.Endpoint.Url, s.Text))]);

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

    private static string Describe(Exception fault) => fault switch
    {
        RpcException { Kind: RpcErrorKind.Reverted, Data: { } data } => $"reverted with {data}",
        RpcException rpc when rpc.Kind.IsAnswer() => rpc.Kind.ToString(),
        RpcException rpc => $"nothing ({rpc.Kind}: {rpc.Message})",
        _ => $"nothing ({fault.Message})",
    };
}

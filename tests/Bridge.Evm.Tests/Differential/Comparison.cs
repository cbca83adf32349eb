using Bridge.Core;

namespace Bridge.Evm.Tests.Differential;

/// <summary>Asks the code and the contract, batch by batch, and counts.</summary>
internal sealed class Comparison(ulong seed) : IDisposable
{
    /// <summary>Cases asked in one call, on a chain and at an address that they share.</summary>
    private const int BatchSize = 500;

    // Streams from 0 on are the cases', and those of batches are their first case's, of another seed.
    private readonly CertificateQuestions _certificates = new(new Dice(seed, ulong.MaxValue));
    private int _smallestLength = int.MaxValue;

    /// <summary>Cases, by area.</summary>
    public SortedDictionary<string, int> Areas { get; } = new(StringComparer.Ordinal);

    public int Mismatches { get; private set; }

    /// <summary>The mismatch with the shortest calldata.</summary>
    public string? Smallest { get; private set; }

    public async Task RunAsync(Contract contract, ulong cases)
    {
        var underway = Task.CompletedTask;
        for (ulong first = 0; first < cases; first += BatchSize)
        {
            // Asking and computing take about as long: one goes on while the other does.
            var (place, questions) = Batch(first, (int)Math.Min(BatchSize, cases - first));
            await underway;
            underway = AskAsync(contract, first, place, questions);
        }
        await underway;
    }

    public void Dispose() => _certificates.Dispose();

    private (Eip712Domain Place, List<Question> Questions) Batch(ulong first, int count)
    {
        var dice = new Dice(~seed, first);
        var place = new Eip712Domain(new ChainId(Math.Max(1, dice.Number64())), new Address(dice.Bytes(Address.Length)));
        return (place, [.. Enumerable.Range(0, count).Select(i => Named(first + (ulong)i, index => Question(new Dice(seed, index), place)))]);
    }

    private Question Question(Dice dice, Eip712Domain place) => dice.Below(10) switch
    {
        0 or 1 => MessageQuestions.Encode(dice),
        2 or 3 or 4 => MessageQuestions.Decode(dice),
        5 => HashQuestions.Lane(dice, place),
        6 => HashQuestions.Rolling(dice),
        7 => HashQuestions.Checkpoint(dice, place),
        8 => HashQuestions.Rotation(dice, place),
        _ => _certificates.Ask(dice, place),
    };

    /// <summary>Neither side may throw; if one does, the case must be known.</summary>
    private T Named<T>(ulong index, Func<ulong, T> step)
    {
        try
        {
            return step(index);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"Case {index} of seed {seed} ended in {e.GetType().Name}: {e.Message}", e);
        }
    }

    private async Task AskAsync(Contract contract, ulong first, Eip712Domain place, List<Question> questions)
    {
        var answers = await contract.AskAsync(place, questions.Select(question => question.Call));
        for (var i = 0; i < questions.Count; i++)
        {
            var (question, answer, index) = (questions[i], answers[i], first + (ulong)i);
            var theirs = Named(index, _ => question.Theirs(answer));
            Areas[question.Area] = Areas.GetValueOrDefault(question.Area) + 1;
            if (theirs == question.Ours) continue;
            Mismatches++;
            if (question.Call.Length >= _smallestLength) continue;
            _smallestLength = question.Call.Length;
            Smallest = $"case {index}, {question.Area}, on chain {place.Chain} at {place.VerifyingContract}\n"
                + $"calldata: {Hex.Format(question.Call)}\nC#: {question.Ours}\nSolidity: {theirs}";
        }
    }
}

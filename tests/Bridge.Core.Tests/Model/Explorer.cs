namespace Bridge.Core.Tests;

/// <summary>Visits every state that can be reached, breadth first, so that the way to a fault is a shortest one. States with the same text are one.</summary>
/// <param name="next">What may happen in a state: a name, and the state after it.</param>
/// <param name="fault">What is wrong with a state, or null.</param>
internal sealed class Explorer<TState>(Func<TState, IEnumerable<(string Event, TState State)>> next, Func<TState, string?> fault, Predicate<TState> isGoal)
    where TState : notnull
{
    private readonly List<TState> _states = [];
    private readonly List<(int From, string Event)> _ways = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<List<int>> _comeFrom = [];

    public int States => _states.Count;
    public long Transitions { get; private set; }
    public int Goals { get; private set; }

    /// <summary>How often each kind of event happened.</summary>
    public SortedDictionary<string, long> Happened { get; } = [];

    /// <exception cref="InvalidOperationException">A state is at fault, or no goal can be reached from one; the message tells the way there.</exception>
    public void Explore(TState start)
    {
        Number(start, (-1, ""));
        for (var at = 0; at < _states.Count; at++)
        {
            if (fault(_states[at]) is { } wrong) throw new InvalidOperationException($"{wrong}{Way(at)}");
            foreach (var (happened, state) in next(_states[at]))
            {
                Transitions++;
                Happened[happened] = Happened.GetValueOrDefault(happened) + 1;
                _comeFrom[Number(state, (at, happened))].Add(at);
            }
        }
        RequireGoals();
    }

    private int Number(TState state, (int, string) way)
    {
        var text = state.ToString()!;
        if (_numbers.TryGetValue(text, out var known)) return known;
        _numbers[text] = _states.Count;
        _states.Add(state);
        _ways.Add(way);
        _comeFrom.Add([]);
        return _states.Count - 1;
    }

    /// <summary>Backwards from the goals: what is not met on the way is stuck for ever.</summary>
    private void RequireGoals()
    {
        var met = new bool[_states.Count];
        var open = new Queue<int>();
        for (var i = 0; i < _states.Count; i++)
        {
            if (!isGoal(_states[i])) continue;
            Goals++;
            met[i] = true;
            open.Enqueue(i);
        }
        while (open.TryDequeue(out var at))
            foreach (var before in _comeFrom[at].Where(before => !met[before]))
            {
                met[before] = true;
                open.Enqueue(before);
            }
        if (Array.IndexOf(met, false) is >= 0 and var stuck) throw new InvalidOperationException($"no way leads from here to the end{Way(stuck)}");
    }

    private string Way(int at)
    {
        var steps = new List<string> { $"  {_states[at]}" };
        for (; _ways[at].From >= 0; at = _ways[at].From) steps.Add($"  {_ways[at].Event}");
        steps.Reverse();
        return Environment.NewLine + string.Join(Environment.NewLine, steps);
    }
}

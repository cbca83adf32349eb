namespace Bridge.Api.Limits;

/// <summary>How many streams and long polls there may be at once: of one client, and of all.</summary>
internal sealed class StreamSlots(ApiOptions options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _taken = [];
    private int _all;

    /// <summary>Null when there is none left; else to be disposed when the stream has ended.</summary>
    public IDisposable? TryTake(HttpContext context)
    {
        var client = ClientKey.Of(context);
        lock (_lock)
        {
            var mine = _taken.GetValueOrDefault(client);
            if (_all >= options.Streams || mine >= options.StreamsPerClient) return null;
            (_taken[client], _all) = (mine + 1, _all + 1);
            return new Slot(this, client);
        }
    }

    public string Describe() => $"{options.StreamsPerClient} streams and long polls at once are allowed to one client, and {options.Streams} to all. End one, or try again later.";

    private void GiveBack(string client)
    {
        lock (_lock)
        {
            _all--;
            if (--_taken[client] == 0) _taken.Remove(client);
        }
    }

    private sealed class Slot(StreamSlots slots, string client) : IDisposable
    {
        private int _given;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _given, 1) == 0) slots.GiveBack(client);
        }
    }
}

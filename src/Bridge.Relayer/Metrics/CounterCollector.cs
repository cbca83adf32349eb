using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Bridge.Relayer.Metrics;

/// <summary>Adds up what this process counts: every counter of a meter whose name begins with "Bridge.".</summary>
public sealed class CounterCollector : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, (Sample Labelled, StrongLong Sum)> _sums = new();

    public CounterCollector()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is Counter<long> && instrument.Meter.Name.StartsWith("Bridge.", StringComparison.Ordinal)) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, measured, tags, _) => Add(instrument.Name, measured, tags));
        _listener.Start();
    }

    public IEnumerable<Sample> Samples() => _sums.Values.Select(entry => entry.Labelled with { Value = Interlocked.Read(ref entry.Sum.Value) });

    public void Dispose() => _listener.Dispose();

    private void Add(string name, long measured, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new (string Name, string Value)[tags.Length];
        for (var i = 0; i < tags.Length; i++) labels[i] = (tags[i].Key, tags[i].Value?.ToString() ?? "");
        var entry = _sums.GetOrAdd($"{name}|{string.Join('|', labels)}", _ => (new Sample(name, 0, labels), new StrongLong()));
        Interlocked.Add(ref entry.Sum.Value, measured);
    }

    private sealed class StrongLong
    {
        public long Value;
    }
}

using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Bridge.Relayer.Metrics;

/// <summary>Keeps what this process counts, measures and times: every counter, gauge and histogram of a meter whose name begins with "Bridge.".</summary>
public sealed class InstrumentCollector : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, (Sample Labelled, StrongLong Sum)> _counts = new();
    private readonly ConcurrentDictionary<string, Sample> _gauges = new();
    private readonly ConcurrentDictionary<string, Histogram> _histograms = new();

    public InstrumentCollector()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is Counter<long> or Gauge<double> or Histogram<double> && instrument.Meter.Name.StartsWith("Bridge.", StringComparison.Ordinal))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, measured, tags, _) => Count(instrument.Name, measured, Labels(tags)));
        _listener.SetMeasurementEventCallback<double>((instrument, measured, tags, _) =>
        {
            var labels = Labels(tags);
            if (instrument is Gauge<double>) _gauges[Key(instrument.Name, labels)] = new Sample(instrument.Name, measured, labels);
            else _histograms.GetOrAdd(Key(instrument.Name, labels), _ => new Histogram(instrument.Name, labels)).Add(measured);
        });
        _listener.Start();
    }

    public IEnumerable<Sample> Samples() => _counts.Values.Select(entry => entry.Labelled with { Value = Interlocked.Read(ref entry.Sum.Value) }).Concat(_gauges.Values);

    public IEnumerable<HistogramSample> Histograms() => _histograms.Values.Select(histogram => histogram.Read());

    public void Dispose() => _listener.Dispose();

    private void Count(string name, long measured, (string, string)[] labels)
    {
        var entry = _counts.GetOrAdd(Key(name, labels), _ => (new Sample(name, 0, labels), new StrongLong()));
        Interlocked.Add(ref entry.Sum.Value, measured);
    }

    private static string Key(string name, (string, string)[] labels) => $"{name}|{string.Join('|', labels)}";

    private static (string Name, string Value)[] Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new (string Name, string Value)[tags.Length];
        for (var i = 0; i < tags.Length; i++) labels[i] = (tags[i].Key, tags[i].Value?.ToString() ?? "");
        return labels;
    }

    private sealed class StrongLong
    {
        public long Value;
    }
}

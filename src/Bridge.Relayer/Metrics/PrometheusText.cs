using System.Globalization;
using System.Text;

namespace Bridge.Relayer.Metrics;

/// <param name="Labels">In the order in which they are written.</param>
public sealed record Sample(string Name, double Value, IReadOnlyList<(string Name, string Value)> Labels);

/// <summary>The text format that Prometheus reads, version 0.0.4.</summary>
public static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <param name="help">By metric name; names that end in _total are counters, all other samples gauges.</param>
    public static string Write(IEnumerable<Sample> samples, IEnumerable<HistogramSample> histograms, IReadOnlyDictionary<string, string> help)
    {
        var text = new StringBuilder();
        foreach (var metric in samples.GroupBy(sample => sample.Name).OrderBy(metric => metric.Key, StringComparer.Ordinal))
        {
            Head(text, metric.Key, metric.Key.EndsWith("_total", StringComparison.Ordinal) ? "counter" : "gauge", help);
            foreach (var sample in metric) text.Append(CultureInfo.InvariantCulture, $"{sample.Name}{Labels(sample.Labels)} {sample.Value:R}\n");
        }
        foreach (var metric in histograms.GroupBy(histogram => histogram.Name).OrderBy(metric => metric.Key, StringComparer.Ordinal))
        {
            Head(text, metric.Key, "histogram", help);
            foreach (var histogram in metric) Buckets(text, histogram);
        }
        return text.ToString();
    }

    private static void Buckets(StringBuilder text, HistogramSample histogram)
    {
        var below = 0L;
        for (var i = 0; i < histogram.Counts.Count; i++)
        {
            below += histogram.Counts[i];
            var bound = i < HistogramSample.Bounds.Count ? HistogramSample.Bounds[i].ToString("R", CultureInfo.InvariantCulture) : "+Inf";
            text.Append(CultureInfo.InvariantCulture, $"{histogram.Name}_bucket{Labels([.. histogram.Labels, ("le", bound)])} {below}\n");
        }
        text.Append(CultureInfo.InvariantCulture, $"{histogram.Name}_sum{Labels(histogram.Labels)} {histogram.Sum:R}\n{histogram.Name}_count{Labels(histogram.Labels)} {below}\n");
    }

    private static void Head(StringBuilder text, string name, string type, IReadOnlyDictionary<string, string> help)
    {
        if (help.TryGetValue(name, out var words)) text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {words}\n");
        text.Append(CultureInfo.InvariantCulture, $"# TYPE {name} {type}\n");
    }

    private static string Labels(IReadOnlyList<(string Name, string Value)> labels) =>
        labels.Count == 0 ? "" : $"{{{string.Join(',', labels.Select(label => $"{label.Name}=\"{Escape(label.Value)}\""))}}}";

    private static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}

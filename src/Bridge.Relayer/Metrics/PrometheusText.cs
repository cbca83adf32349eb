using System.Globalization;
using System.Text;

namespace Bridge.Relayer.Metrics;

/// <param name="Labels">In the order in which they are written.</param>
public sealed record Sample(string Name, double Value, IReadOnlyList<(string Name, string Value)> Labels);

/// <summary>The text format that Prometheus reads, version 0.0.4.</summary>
public static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <param name="help">By metric name; names that end in _total are counters, all others gauges.</param>
    public static string Write(IEnumerable<Sample> samples, IReadOnlyDictionary<string, string> help)
    {
        var text = new StringBuilder();
        foreach (var metric in samples.GroupBy(sample => sample.Name).OrderBy(metric => metric.Key, StringComparer.Ordinal))
        {
            if (help.TryGetValue(metric.Key, out var words)) text.Append(CultureInfo.InvariantCulture, $"# HELP {metric.Key} {words}\n");
            text.Append(CultureInfo.InvariantCulture, $"# TYPE {metric.Key} {(metric.Key.EndsWith("_total", StringComparison.Ordinal) ? "counter" : "gauge")}\n");
            foreach (var sample in metric) text.Append(CultureInfo.InvariantCulture, $"{sample.Name}{Labels(sample)} {sample.Value:R}\n");
        }
        return text.ToString();
    }

    private static string Labels(Sample sample) =>
        sample.Labels.Count == 0 ? "" : $"{{{string.Join(',', sample.Labels.Select(label => $"{label.Name}=\"{Escape(label.Value)}\""))}}}";

    private static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}

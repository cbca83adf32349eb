using System.Text.Json.Nodes;

namespace Bridge.Benchmarks.Measuring;

/// <summary>Prints figures, and on what machine they were taken.</summary>
internal static class Report
{
    /// <returns>0: a missed target is a result.</returns>
    public static int Print(IEnumerable<Figure> figures, bool json)
    {
        Console.Error.WriteLine(Machine());
        if (json) Console.WriteLine(new JsonArray([.. figures.Select(figure => figure.ToJson())]).ToJsonString());
        else foreach (var figure in figures) Console.WriteLine(figure);
        return 0;
    }

    /// <summary>The processors, their model and how busy they are with other work.</summary>
    public static string Machine()
    {
        var model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "of an unnamed model";
        return $"{Environment.ProcessorCount} processors, {model}, {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}, load {File.ReadAllText("/proc/loadavg").TrimEnd()}";
    }
}

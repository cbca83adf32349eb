using System.Globalization;
using System.Text.Json;
using Bridge.Benchmarks.Measuring;

namespace Bridge.Benchmarks.Validator;

/// <summary>Medians of points with as many messages behind each.</summary>
internal sealed record ValidatorWork(int Messages, int Points, double Milliseconds, double ProcessorMilliseconds, double Requests)
{
    /// <param name="points">At least one.</param>
    public static ValidatorWork Of(IReadOnlyList<SignedPoint> points) => new(
        points[0].Messages, points.Count, Median.Of(points.Select(point => point.Milliseconds)), Median.Of(points.Select(point => point.Processor)), Median.Of(points.Select(point => (double)point.Requests)));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Messages} {(Messages == 1 ? "message" : "messages")} behind a point: {Milliseconds:0.0} ms, {ProcessorMilliseconds:0.0} ms of processor, {Requests:0} requests to nodes; medians of {Points}");
}

/// <summary>What was measured, beside its target.</summary>
internal static class ValidatorReport
{
    private const double Target = 1.5;

    /// <returns>Lines, or one JSON object.</returns>
    public static string Of(ValidatorWork few, ValidatorWork many, bool json)
    {
        var (time, processor, requests) = (many.Milliseconds / few.Milliseconds, many.ProcessorMilliseconds / few.ProcessorMilliseconds, many.Requests / few.Requests);
        if (!json)
            return string.Create(CultureInfo.InvariantCulture, $"{few}\n{many}\nvalidator: {time:0.00} times the time ({Say(time)}), {requests:0.00} times the requests ({Say(requests)}), {processor:0.00} times the processor's time");
        return JsonSerializer.Serialize(new
        {
            few = Rounded(few), many = Rounded(many), ratios = new { time = Math.Round(time, 3), requests = Math.Round(requests, 3), processor = Math.Round(processor, 3) },
            targets = new { time = Target, requests = Target }, met = new { time = time <= Target, requests = requests <= Target },
        }, JsonSerializerOptions.Web);

        static string Say(double ratio) => string.Create(CultureInfo.InvariantCulture, $"target {Target}: {(ratio <= Target ? "met" : "missed")}");

        static ValidatorWork Rounded(ValidatorWork work) => work with { Milliseconds = Math.Round(work.Milliseconds, 2), ProcessorMilliseconds = Math.Round(work.ProcessorMilliseconds, 2) };
    }
}

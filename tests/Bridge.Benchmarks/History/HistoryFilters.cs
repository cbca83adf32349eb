using System.Globalization;
using Bridge.Benchmarks.Api;
using Bridge.Core;

namespace Bridge.Benchmarks.History;

/// <summary>Every filter of GET /v1/transfers that an index answers, each with values that are there and, where that is another case, that are not.</summary>
internal static class HistoryFilters
{
    private static readonly Address Nobody = Address.Parse("0x00000000000000000000000000000000000000aa");

    /// <summary>By name, the query for a random value.</summary>
    public static IReadOnlyList<(string Name, Func<Random, string> Query)> All(Filling filling) =>
    [
        ("newest", _ => ""),
        ("sender", random => $"sender={AnyMessage(filling, random).Sender}"),
        ("recipient", random => $"recipient={AnyMessage(filling, random).Recipient}"),
        ("account", random => $"account={AnyMessage(filling, random).Sender}"),
        ("account, by amount", random => $"account={AnyMessage(filling, random).Sender}&sort=amount"),
        ("account, by change", random => $"account={AnyMessage(filling, random).Sender}&sort=updatedAt"),
        ("account and least amount", random => $"account={AnyMessage(filling, random).Sender}&minAmount=500000000"),
        ("nobody's account", _ => $"account={Nobody}"),
        ("source transaction", random => $"txHash={AnyLane(filling, random, out var n).Hash("sent", n)}"),
        ("destination transaction", random => $"txHash={AnyDelivery(filling, random)}"),
        ("lane", random => $"source={AnyLane(filling, random, out _).Lane.Source}&destination={AnyLane(filling, random, out _).Lane.Destination}"),
        ("source", random => $"source={AnyLane(filling, random, out _).Lane.Source}"),
        ("destination", random => $"destination={AnyLane(filling, random, out _).Lane.Destination}"),
        ("unknown destination", _ => "destination=4711"),
        ("asset", _ => "asset=1"),
        ("asset without transfers", _ => "asset=2"),
        ("status done", _ => "status=DONE"),
        ("status pending", _ => "status=PENDING"),
        ("status held", _ => "status=HELD"),
        ("status failed", _ => "status=FAILED"),
        ("validator", random => $"validator={MadeUp.Validators[random.Next(MadeUp.Validators.Count)]}"),
        ("nobody as validator", _ => $"validator={Nobody}"),
        ("executor", _ => $"executor={MadeUp.Validators[0]}"),
        ("nobody as executor", _ => $"executor={Nobody}"),
        ("an hour", random => Range(random, TimeSpan.FromHours(1))),
        ("an hour of a lane", random => $"{Range(random, TimeSpan.FromHours(1))}&source={AnyLane(filling, random, out _).Lane.Source}"),
    ];

    private static Message AnyMessage(Filling filling, Random random)
    {
        AnyLane(filling, random, out var n);
        return MadeUp.Message(n);
    }

    private static MadeUp AnyLane(Filling filling, Random random, out int sequence)
    {
        var lane = filling.Made[random.Next(filling.Made.Count)];
        sequence = random.Next(lane.Count) + 1;
        return lane;
    }

    private static Hash32 AnyDelivery(Filling filling, Random random)
    {
        var lane = AnyLane(filling, random, out var n);
        var last = Math.Min((((Math.Min(n, lane.Delivered) - 1) / MadeUp.BatchSize) + 1) * MadeUp.BatchSize, lane.Delivered);
        return lane.Hash("delivered", last);
    }

    private static string Range(Random random, TimeSpan length)
    {
        var from = DateTimeOffset.UtcNow.AddDays(-1 - (random.NextDouble() * 27));
        return string.Create(CultureInfo.InvariantCulture, $"from={from:yyyy-MM-ddTHH:mm:ssZ}&to={from + length:yyyy-MM-ddTHH:mm:ssZ}");
    }
}

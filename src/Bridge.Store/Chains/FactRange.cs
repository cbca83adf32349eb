namespace Bridge.Store;

internal static class FactRange
{
    /// <exception cref="ArgumentException">A fact lies outside the range, or belongs to another chain.</exception>
    public static void Check(ChainFacts facts)
    {
        if (facts.NewCursor.Height <= facts.Previous.Height)
            throw new ArgumentException($"chain {facts.Chain}: the new cursor {facts.NewCursor.Height} is not above {facts.Previous.Height}", nameof(facts));
        var blocks = facts.Blocks.Concat(facts.Sent.Select(fact => fact.Block)).Concat(facts.Delivered.Select(fact => fact.Block))
            .Concat(facts.Deferred.Select(fact => fact.Block)).Concat(facts.Retried.Select(fact => fact.Block))
            .Concat(facts.Refunded.Select(fact => fact.Block)).Concat(facts.Registered.Select(fact => fact.Block));
        if (blocks.FirstOrDefault(block => block.Height <= facts.Previous.Height || block.Height > facts.NewCursor.Height) is { } outside)
            throw new ArgumentException($"chain {facts.Chain}: block {outside.Height} is outside {facts.Previous.Height + 1} to {facts.NewCursor.Height}", nameof(facts));
        var inbound = facts.Delivered.Select(fact => fact.Lane).Concat(facts.Deferred.Select(fact => fact.Lane)).Concat(facts.Retried.Select(fact => fact.Lane))
            .Concat(facts.Refunded.Select(fact => fact.Lane));
        if (facts.Sent.Any(fact => fact.Lane.Source != facts.Chain) || inbound.Any(lane => lane.Destination != facts.Chain))
            throw new ArgumentException($"chain {facts.Chain}: a fact of another chain is among them", nameof(facts));
    }
}

namespace Bridge.Audit;

public enum HistoryKind { Chain, Lane, Asset, Message, Delivery }

/// <summary>One fact of the history, in the one form that it can be written in.</summary>
/// <param name="Key">Unique within its kind; of a message its id, 0x and 64 digits.</param>
/// <param name="Json">An object with its keys in order and no white space, as RFC 8785 has it: equal facts are equal bytes.</param>
public sealed record HistoryLine(HistoryKind Kind, string Key, string Json);

/// <summary>A fact that two histories tell differently, or that one of them lacks.</summary>
public sealed record HistoryDifference(HistoryKind Kind, string Key, string? Stored, string? Read)
{
    public override string ToString() => (Stored, Read) switch
    {
        (null, _) => $"missing: {Read}",
        (_, null) => $"stored, and not on the chain: {Stored}",
        _ => $"stored {Stored}{Environment.NewLine}  but read {Read}",
    };
}

public static class Histories
{
    /// <summary>In the order of the lines.</summary>
    public static IReadOnlyList<HistoryDifference> Compare(IReadOnlyList<HistoryLine> stored, IReadOnlyList<HistoryLine> read)
    {
        var theirs = read.ToDictionary(line => (line.Kind, line.Key), line => line.Json);
        var known = stored.Select(line => (line.Kind, line.Key)).ToHashSet();
        return
        [
            .. from line in stored
               let other = theirs.GetValueOrDefault((line.Kind, line.Key))
               where other != line.Json
               select new HistoryDifference(line.Kind, line.Key, line.Json, other),
            .. from line in read where !known.Contains((line.Kind, line.Key)) select new HistoryDifference(line.Kind, line.Key, null, line.Json),
        ];
    }
}

namespace Bridge.Store;

/// <summary>Messages that wait for something to happen by itself, in the words of the index message_underway.</summary>
internal static class Underway
{
    public const string Is = "status IN ('Observed', 'Finalized', 'Certified', 'Submitted', 'Executed')";

    /// <summary>The first sequence of a lane, $1 to $2, that is; null if none is. What comes below it is done, or waits for a person.</summary>
    public const string First = $"(SELECT sequence FROM message WHERE source_chain = $1 AND destination_chain = $2 AND {Is} ORDER BY sequence LIMIT 1)";

    /// <summary>
    /// A lane's final messages, to be held against facts about them. With what names one of them and OFFSET 0 behind it the server looks each fact's
    /// message up, and not the other way round: facts are few beside messages, and it guesses that next to none of them has its message.
    /// </summary>
    public const string Final = "SELECT m.message_id FROM message m WHERE m.source_chain = $1 AND m.destination_chain = $2 AND m.status NOT IN ('Observed', 'Orphaned')";

    public const string Undelivered = $"{Final} AND m.status <> 'Delivered'";
}

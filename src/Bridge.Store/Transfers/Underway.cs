using Bridge.Core;
using static Bridge.Core.TransferStatus;

namespace Bridge.Store;

/// <summary>Messages that wait for something to happen by itself, in the words of the index message_stage.</summary>
internal static class Underway
{
    private static readonly TransferStatus[] Statuses = [Observed, Finalized, Certified, Submitted, Executed];

    public static readonly string Is = $"status IN ({string.Join(", ", Statuses.Select(status => $"'{status}'"))})";

    /// <summary>The first sequence of a lane, $1 to $2, that is; null if none is. What comes below it is done, or waits for a person.</summary>
    public static readonly string First = $"LEAST({string.Join(", ", Statuses.Select(status => $"({In(status, "true")} LIMIT 1)"))})";

    /// <summary>
    /// A lane's final messages, to be held against facts about them. With what names one of them and OFFSET 0 behind it the server looks each fact's
    /// message up, and not the other way round: facts are few beside messages, and it guesses that next to none of them has its message.
    /// </summary>
    public const string Final = "SELECT m.message_id FROM message m WHERE m.source_chain = $1 AND m.destination_chain = $2 AND m.status NOT IN ('Observed', 'Orphaned')";

    public const string Undelivered = $"{Final} AND m.status <> 'Delivered'";

    /// <summary>
    /// The sequences of a lane's messages in a status, the lowest first. Each column with + 0, as only the index message_stage has them: where the server may walk a lane
    /// by another index it does, in the hope to meet the status soon, and walks all that is underway. It has reason to while a new database's tables have no
    /// statistics. OFFSET 0: asked only whether there is one, it would drop the order.
    /// </summary>
    /// <param name="condition">What else holds of them; a bound of the sequence is one of sequence + 0.</param>
    public static string In(TransferStatus status, string condition) =>
        $"SELECT sequence FROM message WHERE source_chain + 0 = $1 AND destination_chain + 0 = $2 AND status = '{status}' AND {condition} ORDER BY sequence + 0 OFFSET 0";

    /// <summary>As <see cref="In"/>, of several statuses, one after the other.</summary>
    public static string InAny(IEnumerable<TransferStatus> statuses, string condition) => string.Join(" UNION ALL ", statuses.Select(status => $"({In(status, condition)})"));
}

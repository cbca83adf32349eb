using System.Diagnostics;
using Bridge.Core;

namespace Bridge.Store;

/// <summary>
/// The trace of a transfer. Its id is the first half of the message's, so that every process of every organisation writes into the same one
/// without telling another; the span under which all hang has the next eight bytes, and nobody writes it. Costs nothing while nobody listens.
/// </summary>
public static class TransferTrace
{
    public const string SourceName = "Bridge.Transfers";

    private const int TraceIdLength = 16;
    private const int SpanIdLength = 8;

    private static readonly ActivitySource Source = new(SourceName);

    public static ActivityTraceId IdOf(Hash32 messageId) => ActivityTraceId.CreateFromBytes(messageId.ToArray().AsSpan(0, TraceIdLength));

    /// <param name="name">What came about, such as "finalized".</param>
    /// <param name="from">When the transfer began to wait for it.</param>
    public static void Write(string name, Lane lane, Sequence sequence, Hash32 messageId, DateTimeOffset from, DateTimeOffset to)
    {
        if (!Source.HasListeners()) return;
        var root = ActivitySpanId.CreateFromBytes(messageId.ToArray().AsSpan(TraceIdLength, SpanIdLength));
        KeyValuePair<string, object?>[] tags = [new("lane", lane.ToString()), new("sequence", (long)sequence.Value), new("messageId", messageId.ToString())];
        using var span = Source.StartActivity(name, ActivityKind.Internal, new ActivityContext(IdOf(messageId), root, ActivityTraceFlags.Recorded, isRemote: true), tags, startTime: from);
        span?.SetEndTime(to.UtcDateTime);
    }
}

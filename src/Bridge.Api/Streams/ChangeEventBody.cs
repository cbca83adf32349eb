using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Streams;

/// <summary>CloudEvents 1.0: the same envelope for streams and webhooks.</summary>
/// <param name="Id">Of the change; a stream goes on behind it when it comes as Last-Event-ID.</param>
/// <param name="Source">The transfer's path.</param>
/// <param name="Subject">The transfer's id.</param>
public sealed record ChangeEventBody(string Specversion, string Id, string Source, string Type, string Subject, string Time, ChangeDataBody Data)
{
    internal static ChangeEventBody Of(FeedItem item) => Of(item.Transition, item.MessageId, item.Lane, item.Sequence);

    internal static ChangeEventBody Of(TransitionView change, Hash32 transfer, Lane lane, Sequence sequence)
    {
        var (status, stage) = PublicStatus.Of(Enum.Parse<TransferStatus>(change.To));
        return new ChangeEventBody(
            "1.0", Format.Number((ulong)change.Id), $"/v1/transfers/{transfer}", "bridge.transfer.stage", transfer.ToString(), Format.Time(change.At),
            new ChangeDataBody(transfer.ToString(), $"{lane.Source}-{lane.Destination}", sequence.ToString(), change.Event, change.From, change.To, status, stage, change.Detail));
    }
}

/// <param name="Status">As the transfer shows it when nothing holds it back.</param>
public sealed record ChangeDataBody(
    string TransferId, string Lane, string Sequence, string Event, string? From, string To, string Status, string Stage, string? Detail);

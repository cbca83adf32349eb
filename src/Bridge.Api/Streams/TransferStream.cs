using System.Runtime.CompilerServices;
using Bridge.Api.Limits;
using Bridge.Api.Problems;
using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Streams;

/// <summary>Follows one transfer to its end.</summary>
internal sealed class TransferStream(TransitionFeed feed, TransferQueries queries, StreamSlots slots)
{
    private static readonly string[] Ends = [nameof(TransferStatus.Delivered), nameof(TransferStatus.Refunded)];

    public async Task<IResult> FollowAsync(HttpContext context, TransferView view, CancellationToken ct)
    {
        var after = EventStream.LastEventId(context.Request) ?? 0;
        var isOver = Ends.Contains(view.Status.ToString());
        // A browser comes back to every stream that ends, unless it is told that there is nothing more.
        if (isOver && (await queries.TransitionsAsync(view.MessageId, ct, after)).Count == 0) return Results.NoContent();
        if (slots.TryTake(context) is not { } slot) return ProblemKind.TooManyStreams.Result(context, slots.Describe());
        var changes = feed.Subscribe(after, item => item.MessageId == view.MessageId);
        return new StreamResult(new EventPump(changes, from => StoredAsync(view, after, from, ct), body => Ends.Contains(body.Data.To)), slot);
    }

    private async IAsyncEnumerable<ChangeEventBody> StoredAsync(TransferView view, long after, long upTo, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var change in (await queries.TransitionsAsync(view.MessageId, ct, after)).Where(change => change.Id <= upTo))
            yield return ChangeEventBody.Of(change, view.MessageId, view.Lane, view.Sequence);
    }
}

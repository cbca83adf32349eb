using System.Runtime.CompilerServices;
using Bridge.Api.Directory;
using Bridge.Api.Limits;
using Bridge.Api.Problems;
using Bridge.Api.Transfers;
using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Streams;

/// <summary>Every change of every transfer, as it comes.</summary>
internal static class StreamEndpoints
{
    /// <summary>Who is further behind reads the list instead.</summary>
    private const long MostBehind = 100_000;

    public static void MapStreams(this IEndpointRouteBuilder app) => app.MapGet("/v1/stream", FollowAsync).WithName("FollowTransfers").WithTags("Streams")
        .WithSummary("Every change of every transfer as server-sent events, filtered.")
        .WithDescription("Filters: chain, source, destination, account, asset, status. Begins now, or behind Last-Event-ID. Events are in the order of their ids, and none is left out.")
        .AddOpenApiOperationTransformer(StreamDescription.AddAsync)
        .Produces<ChangeEventBody>(StatusCodes.Status200OK, EventStream.MediaType).ProducesProblem(400).ProducesProblem(429).ProducesProblem(503);

    private static async Task<IResult> FollowAsync(TransitionFeed feed, FeedQueries queries, StreamSlots slots, HttpContext context, CancellationToken ct)
    {
        var filter = StreamFilter.Read(context.Request.Query);
        if (filter.Errors.Count > 0) return ProblemKind.ValidationFailed.Result(context, "A parameter cannot be used.", ("errors", filter.Errors));
        var after = EventStream.LastEventId(context.Request);
        if (after is { } last && (await queries.HeadAsync(ct)).Newest - last > MostBehind)
            return ProblemKind.ValidationFailed.Result(context, $"Event {last} is more than {MostBehind} behind. Read /v1/transfers?updatedSince=… and follow from now on.");
        if (slots.TryTake(context) is not { } slot) return ProblemKind.TooManyStreams.Result(context, slots.Describe());
        var changes = feed.Subscribe(after ?? 0, filter.Wants);
        return new StreamResult(changes, slot, after is { } from ? upTo => StoredAsync(queries, filter, from, upTo, ct) : null, _ => false);
    }

    private static async IAsyncEnumerable<ChangeEventBody> StoredAsync(
        FeedQueries queries, StreamFilter filter, long after, long upTo, [EnumeratorCancellation] CancellationToken ct)
    {
        while (after < upTo && await queries.ReadAsync(after, upTo, ct) is { Count: > 0 } items)
        {
            foreach (var item in items.Where(filter.Wants)) yield return ChangeEventBody.Of(item);
            after = items[^1].Transition.Id;
        }
    }
}

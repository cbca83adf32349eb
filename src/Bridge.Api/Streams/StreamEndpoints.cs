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

    public static void MapStreams(this IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/stream", FollowAsync).WithName("FollowTransfers").WithTags("Streams")
            .WithSummary("Every change of every transfer as server-sent events, filtered.")
            .WithDescription("Filters: chain, source, destination, account, asset, status. Begins now, or behind Last-Event-ID. Events are in the order of their ids, and none is left out.")
            .AddOpenApiOperationTransformer(StreamDescription.AddAsync)
            .Produces<ChangeEventBody>(StatusCodes.Status200OK, EventStream.MediaType).ProducesProblem(400).ProducesProblem(429).ProducesProblem(503);
        app.MapGet("/v1/ws", OpenAsync).WithName("OpenSocket").WithTags("Streams")
            .WithSummary("The same changes over a WebSocket, for those who follow many transfers.")
            .WithDescription(
                "Each text frame from here is one event, the same envelope as in /v1/stream, with the same filters. A frame {\"transfers\":[\"0x…\"]} from you, with at most "
                + "1,000 ids, narrows what follows to these; the next one takes its place. With named=true nothing is told before the first such frame. Behind the id in after, or from now on.")
            .AddOpenApiOperationTransformer(StreamDescription.AddSocketAsync)
            .Produces(StatusCodes.Status101SwitchingProtocols).ProducesProblem(400).ProducesProblem(403).ProducesProblem(429);
    }

    private static async Task<IResult> FollowAsync(TransitionFeed feed, FeedQueries queries, StreamSlots slots, HttpContext context, CancellationToken ct)
    {
        var filter = StreamFilter.Read(context.Request.Query, StreamFilter.Known);
        if (await RefusalAsync(context, filter, queries, ct) is { } refusal) return refusal;
        if (slots.TryTake(context) is not { } slot) return ProblemKind.TooManyStreams.Result(context, slots.Describe());
        return new StreamResult(Pump(feed, queries, context, filter.Wants, ct), slot);
    }

    private static async Task<IResult> OpenAsync(TransitionFeed feed, FeedQueries queries, StreamSlots slots, ApiOptions options, HttpContext context, CancellationToken ct)
    {
        if (!context.WebSockets.IsWebSocketRequest) return ProblemKind.ValidationFailed.Result(context, "This is a WebSocket. Connect to it with one, or follow /v1/stream.");
        if (!CrossOrigin.MayOpenSocket(context.Request, options)) return ProblemKind.ForeignOrigin.Result(context, "This origin is not listed here, so its pages may not read the changes.");
        var filter = StreamFilter.Read(context.Request.Query, StreamFilter.KnownToSockets);
        if (await RefusalAsync(context, filter, queries, ct) is { } refusal) return refusal;
        if (slots.TryTake(context) is not { } slot) return ProblemKind.TooManyStreams.Result(context, slots.Describe());
        var names = new NamedTransfers(filter.OnlyNamed);
        return new SocketResult(() => Pump(feed, queries, context, item => filter.Wants(item) && names.Wants(item.MessageId), ct), names, slot);
    }

    /// <summary>Null when it can be followed.</summary>
    private static async Task<IResult?> RefusalAsync(HttpContext context, StreamFilter filter, FeedQueries queries, CancellationToken ct)
    {
        if (filter.Errors.Count > 0) return ProblemKind.ValidationFailed.Result(context, "A parameter cannot be used.", ("errors", filter.Errors));
        return EventStream.LastEventId(context.Request) is { } last && (await queries.HeadAsync(ct)).Newest - last > MostBehind
            ? ProblemKind.ValidationFailed.Result(context, $"Event {last} is more than {MostBehind} behind. Read /v1/transfers?updatedSince=… and follow from now on.")
            : null;
    }

    private static EventPump Pump(TransitionFeed feed, FeedQueries queries, HttpContext context, Func<FeedItem, bool> wants, CancellationToken ct)
    {
        var after = EventStream.LastEventId(context.Request);
        return new EventPump(feed.Subscribe(after ?? 0, wants), after is { } from ? upTo => StoredAsync(queries, wants, from, upTo, ct) : null, _ => false);
    }

    private static async IAsyncEnumerable<ChangeEventBody> StoredAsync(
        FeedQueries queries, Func<FeedItem, bool> wants, long after, long upTo, [EnumeratorCancellation] CancellationToken ct)
    {
        while (after < upTo && await queries.ReadAsync(after, upTo, ct) is { Count: > 0 } items)
        {
            foreach (var item in items.Where(wants)) yield return ChangeEventBody.Of(item);
            after = items[^1].Transition.Id;
        }
    }
}

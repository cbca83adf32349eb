using Bridge.Api.Limits;
using Bridge.Api.Problems;
using Bridge.Api.Streams;
using Bridge.Core;
using Bridge.Store;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Bridge.Api.Transfers;

internal static class TransferEndpoints
{
    public static void MapTransfers(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/v1/transfers").WithTags("Transfers");
        group.MapGet("/{id}", GetAsync).WithName("GetTransfer")
            .WithSummary("One transfer, by its id or by its transaction on either chain.")
            .WithDescription("A transaction that carries several transfers needs ?logIndex=. The answer has a strong ETag; with If-None-Match and Prefer: wait=25 it comes when something changed. Unknown ids are 404 with indexedTo, the last block read of each chain.")
            .Produces<TransferBody>().Produces(StatusCodes.Status304NotModified).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        group.MapGet("/{id}/events", EventsAsync).WithName("GetTransferEvents")
            .WithSummary("Every change of a transfer's status, oldest first.")
            .WithDescription("With Accept: text/event-stream a stream of them, which goes on behind Last-Event-ID and ends when the transfer has; 204 where that was told already.")
            .AddOpenApiOperationTransformer(StreamDescription.AddEventsAsync)
            .Produces<IReadOnlyList<TransitionBody>>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(429);
        group.MapGet("/", ListAsync).WithName("ListTransfers").Costly()
            .WithSummary("Transfers, newest first.")
            .WithDescription("Pages stay stable while transfers come in. The next page is in next, and in the Link header.")
            .AddOpenApiOperationTransformer(ListDescription.AddAsync).Produces<TransferListBody>().ProducesProblem(400).ProducesProblem(503);
    }

    private static async Task<IResult> GetAsync(
        string id, int? logIndex, TransferLookup lookup, LongPolls polls, IOptions<JsonOptions> json, HttpContext context, CancellationToken ct)
    {
        var (view, problem) = await lookup.FindAsync(id, logIndex, context, ct);
        if (view is null) return problem!;
        var known = await TagAsync(view);
        if (known.IsKnownTo(context.Request) && LongPolls.Wait(context.Request) is { } seconds)
            known = await polls.UntilChangedAsync(context, view.MessageId, seconds, known, async () => await TagAsync(await lookup.AgainAsync(view, ct)), ct);
        return known.Answer(context);

        async Task<TaggedBody> TagAsync(TransferView read) => TaggedBody.Of(
            TransferMapper.ToBody(await lookup.SceneAsync(read, ct), withCalls: true), read.Status is TransferStatus.Delivered or TransferStatus.Refunded,
            json.Value.SerializerOptions);
    }

    private static async Task<IResult> EventsAsync(
        string id, int? logIndex, TransferLookup lookup, TransferQueries queries, TransferStream stream, HttpContext context, CancellationToken ct)
    {
        var (view, problem) = await lookup.FindAsync(id, logIndex, context, ct);
        if (view is null) return problem!;
        if (EventStream.IsWanted(context.Request)) return await stream.FollowAsync(context, view, ct);
        return Results.Json((await queries.TransitionsAsync(view.MessageId, ct)).Select(TransferMapper.ToBody));
    }

    private static async Task<IResult> ListAsync(TransferQueries queries, TransferLookup lookup, CursorKey key, HttpContext context, CancellationToken ct)
    {
        var cursor = await key.GetAsync(ct);
        var query = TransferQuery.Read(context.Request.Query, cursor);
        if (query.Errors.Count > 0) return ProblemKind.ValidationFailed.Result(context, "A parameter cannot be used.", ("errors", query.Errors));
        var page = await queries.ListAsync(query.Filter, query.After, query.Limit, ct);
        var next = page.Next is { } last ? cursor.Write(last, query.Filter) : null;
        if (next is not null) context.Response.Headers.Link = $"<{NextUrl(context.Request, next)}>; rel=\"next\"";
        context.Response.Headers.CacheControl = "no-cache";
        return Results.Json(new TransferListBody([.. (await lookup.ScenesAsync(page.Transfers, ct)).Select(scene => TransferMapper.ToBody(scene, withCalls: false))], next));
    }

    private static string NextUrl(HttpRequest request, string cursor)
    {
        var query = QueryString.Create(request.Query.Where(pair => pair.Key != "cursor").Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)));
        return request.Path + query.Add("cursor", cursor);
    }
}

using System.Globalization;
using System.Text.Json;
using Bridge.Api.Problems;
using Bridge.Core;
using Bridge.Store;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Bridge.Api.Transfers;

internal static class TransferEndpoints
{
    public static void MapTransfers(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/v1/transfers").WithTags("Transfers");
        group.MapGet("/{id}", GetAsync).WithName("GetTransfer")
            .WithSummary("One transfer, by its id or by its transaction on either chain.")
            .WithDescription("A transaction that carries several transfers needs ?logIndex=. The answer has a strong ETag; unknown ids are 404 with indexedTo, the last block read of each chain.")
            .Produces<TransferBody>().Produces(StatusCodes.Status304NotModified).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        group.MapGet("/{id}/events", EventsAsync).WithName("GetTransferEvents")
            .WithSummary("Every change of a transfer's status, oldest first.").Produces<IReadOnlyList<TransitionBody>>().ProducesProblem(400).ProducesProblem(404);
        group.MapGet("/", ListAsync).WithName("ListTransfers")
            .WithSummary("Transfers, newest first.")
            .WithDescription("Pages stay stable while transfers come in. The next page is in next, and in the Link header.")
            .AddOpenApiOperationTransformer(ListDescription.AddAsync).Produces<TransferListBody>().ProducesProblem(400);
    }

    private static async Task<IResult> GetAsync(string id, int? logIndex, TransferQueries queries, IOptions<JsonOptions> json, HttpContext context, CancellationToken ct)
    {
        if (!Hash32.TryParse(id, out var hash)) return Malformed(context, id);
        if (logIndex < 0) return ProblemKind.ValidationFailed.Result(context, "logIndex counts from 0.");
        var found = await FindAsync(hash, queries, ct);
        if (logIndex is { } index) found = [.. found.Where(transfer => transfer.Source.LogIndex == index)];
        if (found.Count == 0) return await UnknownAsync(context, id, queries, ct);
        if (found.Count > 1)
            return ProblemKind.AmbiguousTransaction.Result(
                context, $"It carries {found.Count} transfers.", ("transferIds", found.Select(transfer => transfer.MessageId.ToString())));

        var bytes = JsonSerializer.SerializeToUtf8Bytes(TransferMapper.ToBody(found[0]), json.Value.SerializerOptions);
        var tag = $"\"{Convert.ToHexStringLower(Keccak256.Hash(bytes).ToArray().AsSpan(0, 16))}\"";
        context.Response.Headers.ETag = tag;
        context.Response.Headers.CacheControl = "no-cache";
        return Knows(context.Request, tag) ? Results.StatusCode(StatusCodes.Status304NotModified) : Results.Bytes(bytes, "application/json");
    }

    private static async Task<IResult> EventsAsync(string id, TransferQueries queries, HttpContext context, CancellationToken ct)
    {
        if (!Hash32.TryParse(id, out var hash)) return Malformed(context, id);
        var transitions = await queries.TransitionsAsync(hash, ct);
        return transitions.Count == 0 ? await UnknownAsync(context, id, queries, ct) : Results.Json(transitions.Select(TransferMapper.ToBody));
    }

    private static async Task<IResult> ListAsync(TransferQueries queries, HttpContext context, CancellationToken ct)
    {
        var query = TransferQuery.Read(context.Request.Query);
        if (query.Errors.Count > 0) return ProblemKind.ValidationFailed.Result(context, "A parameter cannot be used.", ("errors", query.Errors));
        var page = await queries.ListAsync(query.Filter, query.After, query.Limit, ct);
        var next = page.Next is { } key ? TransferCursor.Write(key, query.Filter) : null;
        if (next is not null) context.Response.Headers.Link = $"<{NextUrl(context.Request, next)}>; rel=\"next\"";
        return Results.Json(new TransferListBody([.. page.Transfers.Select(TransferMapper.ToBody)], next));
    }

    private static async Task<IReadOnlyList<TransferView>> FindAsync(Hash32 hash, TransferQueries queries, CancellationToken ct) =>
        await queries.ByIdAsync(hash, ct) is { } transfer ? [transfer] : await queries.ByTransactionAsync(hash, ct);

    /// <summary>If-None-Match, RFC 9110: a list of tags, or an asterisk for any.</summary>
    private static bool Knows(HttpRequest request, string tag) =>
        request.GetTypedHeaders().IfNoneMatch.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(new EntityTagHeaderValue(tag), useStrongComparison: false));

    private static IResult Malformed(HttpContext context, string id) =>
        ProblemKind.ValidationFailed.Result(context, $"'{id}' is neither a transfer's id nor a transaction's hash: expected 0x and 64 hex digits.");

    private static async Task<IResult> UnknownAsync(HttpContext context, string id, TransferQueries queries, CancellationToken ct)
    {
        var indexed = await queries.IndexedToAsync(ct);
        return ProblemKind.TransferNotIndexed.Result(context, $"{id} is not known here (yet).",
            ("indexedTo", indexed.ToDictionary(chain => Format.Caip2(chain.Key), chain => chain.Value.ToString(CultureInfo.InvariantCulture))));
    }

    private static string NextUrl(HttpRequest request, string cursor)
    {
        var query = QueryString.Create(request.Query.Where(pair => pair.Key != "cursor").Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)));
        return request.Path + query.Add("cursor", cursor);
    }
}

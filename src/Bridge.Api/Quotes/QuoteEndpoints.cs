using Bridge.Api.Problems;
using Bridge.Api.Transfers;
using Bridge.Store;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Bridge.Api.Quotes;

internal static class QuoteEndpoints
{
    // The refusal that helps most to be told: what the caller can change, before what only passes.
    private static readonly ProblemKind[] MostTelling =
    [
        WriteProblems.AmountTooLow, WriteProblems.AmountTooHigh, WriteProblems.LimitExceeded, ProblemKind.ValidationFailed, WriteProblems.LanePaused, WriteProblems.ChainUnavailable,
        ProblemKind.UnsupportedLane, WriteProblems.UnsupportedAsset,
    ];

    public static IServiceCollection AddQuotes(this IServiceCollection services) => services.AddSingleton<AccountFacts>().AddSingleton<QuoteGatherer>();

    public static void MapQuotes(this IEndpointRouteBuilder app) => app.MapPost("/v1/quotes", PostAsync).WithName("CreateQuote").WithTags("Quotes")
        .WithSummary("What a transfer costs, how long it takes, and the steps to sign.")
        .WithDescription("Routes are ranked by the preference, with what speaks for each, and rejected ones with the reason. The fee is above what the contract asks by the margin that stands there. Quotes move nothing and need no Idempotency-Key.")
        .Accepts<QuoteRequestBody>("application/json").Produces<QuoteBody>().ProducesProblem(400).ProducesProblem(415).ProducesProblem(422).ProducesProblem(429).ProducesProblem(503);

    private static async Task<IResult> PostAsync(
        HttpContext context, DirectoryStore directory, QuoteGatherer gatherer, QuoteStore store, IOptions<JsonOptions> json, TimeProvider time, CancellationToken ct)
    {
        var (body, refusal) = await JsonBody.ReadAsync<QuoteRequestBody>(context, json.Value, ct);
        if (refusal is not null) return refusal;
        var assets = await directory.AssetsAsync(ct);
        var reader = new QuoteReader(assets);
        var request = reader.Read(body);
        if (reader.Errors.Count > 0) return ProblemKind.ValidationFailed.Result(context, "A field cannot be used.", ("errors", reader.Errors));
        if (request is null) return WriteProblems.UnsupportedAsset.Result(context, $"'{body!.Source!.Asset}' is no asset of {body.Source.Chain} that is known here.");

        var data = await gatherer.GatherAsync(request, assets, ct);
        foreach (var chain in new[] { request.Lane.Source, request.Lane.Destination })
            if (!data.Chains.ContainsKey(chain)) return WriteProblems.UnsupportedChain.Result(context, $"Chain {chain} is not served here.");
        var (id, expiresAt) = (Guid.CreateVersion7(), data.Now + request.Ttl);
        var result = new QuoteEngine(data, id, expiresAt).Compute();
        if (result.Routes.Count == 0) return NoRoute(context, result.Rejected);

        var quote = new QuoteBody(id.ToString(), Format.Time(expiresAt), result.Routes, result.Rejected);
        if (!await store.SaveAsync(id, expiresAt, StoredQuote.Write(quote, result.Intents, json.Value.SerializerOptions), ct))
            return WriteProblems.TooMany.Result(context, "Everybody together made too many quotes in the last minute.");
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(quote);
    }

    private static IResult NoRoute(HttpContext context, IReadOnlyList<RejectedBody> rejected)
    {
        var kind = MostTelling.FirstOrDefault(one => rejected.Any(refusal => refusal.Code == one.Code)) ?? WriteProblems.NoRoute;
        var telling = rejected.FirstOrDefault(refusal => refusal.Code == kind.Code) ?? rejected[0];
        return kind.Result(context, telling.Message, ("rejected", rejected), ("availableAt", telling.AvailableAt), ("params", new { telling.Min, telling.Max }));
    }
}

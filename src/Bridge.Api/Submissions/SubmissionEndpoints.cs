using System.Text.Json;
using Bridge.Api.Idempotency;
using Bridge.Api.Keys;
using Bridge.Api.Problems;
using Bridge.Api.Quotes;
using Bridge.Core;
using Bridge.Store;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Bridge.Api.Submissions;

internal static class SubmissionEndpoints
{
    private const int MaxSignature = 8192;

    public static IServiceCollection AddSubmissions(this IServiceCollection services) => services.AddSingleton<Callers>().AddSingleton<Idempotent>();

    public static void MapSubmissions(this IEndpointRouteBuilder app)
    {
        app.MapPost("/v1/transfers", PostAsync).WithName("SubmitTransfer").WithTags("Transfers")
            .WithSummary("Registers a transfer that was sent, or hands in the signature of one that a submitter shall send.")
            .WithDescription("Needs an Idempotency-Key. What is submitted is what the quote's route says; a signature over anything else is refused by the contract. Registering is optional: funds never depend on it.")
            .Accepts<SubmitTransferBody>("application/json").Produces<SubmittedBody>(202).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(410).ProducesProblem(415).ProducesProblem(422).ProducesProblem(429);
        app.MapGet("/v1/intents/{id}", GetAsync).WithName("GetIntent").WithTags("Intents")
            .WithSummary("Where a signed transfer, or a retry, is on its way to the chain.").Produces<IntentBody>().Produces(304).ProducesProblem(400).ProducesProblem(404);
    }

    private static async Task<IResult> PostAsync(
        HttpContext context, Callers callers, Idempotent idempotent, QuoteStore quotes, ErrandIntake errands, IOptions<JsonOptions> json, TimeProvider time, CancellationToken ct)
    {
        var (caller, refusal) = await callers.FindAsync(context, ct);
        return refusal ?? await idempotent.RunAsync<SubmitTransferBody>(context, caller!, (body, _) => SubmitAsync(context, caller!, body, quotes, errands, json.Value.SerializerOptions, time, ct), ct);
    }

    private static async Task<Reply> SubmitAsync(
        HttpContext context, Caller caller, SubmitTransferBody body, QuoteStore quotes, ErrandIntake errands, JsonSerializerOptions json, TimeProvider time, CancellationToken ct)
    {
        var errors = Errors(body);
        if (errors.Count > 0) return Reply.Problem(context, ProblemKind.ValidationFailed, "A field cannot be used.", ("errors", errors));
        var id = Guid.Parse(body.QuoteId!);
        if (await quotes.FindAsync(id, ct) is not var (text, expiresAt)) return Reply.Problem(context, ProblemKind.NotFound, $"There is no quote {id}; quotes are kept for a day after they expire.");
        var stored = StoredQuote.Read(text, json);
        if (stored.Quote.Routes.All(route => route.RouteId != body.RouteId)) return Reply.Problem(context, ProblemKind.NotFound, $"Quote {id} has no route '{body.RouteId}'.");
        if (body.TxHash is { } hash)
        {
            await errands.RegisterAsync(Hash32.Parse(hash), id, body.RouteId!, caller.Principal, ct);
            return new Reply(202, new SubmittedBody("REGISTERED", null, $"/v1/transfers/{hash}"), $"/v1/transfers/{hash}");
        }
        if (!stored.Intents.TryGetValue(body.RouteId!, out var intent)) return Reply.Problem(context, ProblemKind.ValidationFailed, "That route is sent by the sender's own transactions; ask for a quote with gasPayer token.");
        if (expiresAt <= time.GetUtcNow()) return Reply.Problem(context, WriteProblems.QuoteExpired, $"The quote expired at {Format.Time(expiresAt)}.");
        try
        {
            var errand = await errands.SubmitAsync(intent.ToIntent(), Hex.Parse(body.Signature!), id, caller.Principal, ct);
            return new Reply(202, new SubmittedBody("ACCEPTED", errand.ToString(), $"/v1/intents/{errand}"), $"/v1/intents/{errand}");
        }
        catch (TooManyErrandsException e)
        {
            return Reply.Problem(context, WriteProblems.TooMany, e.Message);
        }
    }

    private static Dictionary<string, string[]> Errors(SubmitTransferBody body)
    {
        var errors = new Dictionary<string, string[]>();
        if (!Guid.TryParse(body.QuoteId, out _)) errors["quoteId"] = ["Expected the quoteId of a quote."];
        if (body.RouteId is not { Length: > 0 and <= 100 }) errors["routeId"] = ["Expected the routeId of one of the quote's routes."];
        if (body.TxHash is null == body.Signature is null) errors["signature"] = ["Give either txHash or signature."];
        else if (body.TxHash is { } hash && !Hash32.TryParse(hash, out _)) errors["txHash"] = ["Expected 0x and 64 hex digits."];
        else if (body.Signature is { } text && !(Hex.TryParse(text, out var signature) && signature.Length is > 0 and <= MaxSignature)) errors["signature"] = [$"Expected 0x and hex of 1 to {MaxSignature} bytes."];
        return errors;
    }

    private static async Task<IResult> GetAsync(string id, HttpContext context, ErrandIntake errands, IOptions<JsonOptions> json, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out var parsed)) return ProblemKind.ValidationFailed.Result(context, $"'{id}' is not an intent's id.");
        if (await errands.FindAsync(parsed, ct) is not var (errand, transaction)) return ProblemKind.NotFound.Result(context, $"There is no intent {parsed}.");
        return TaggedBody.Of(IntentMapper.ToBody(errand, transaction), isFinal: false, json.Value.SerializerOptions).Answer(context);
    }
}

using Bridge.Api.Idempotency;
using Bridge.Api.Keys;
using Bridge.Api.Problems;
using Bridge.Api.Transfers;
using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Compliance;

/// <summary>References to travel rule data and screenings, attached to a transfer by who keeps those. The data itself is none of a bridge's business.</summary>
internal static class ComplianceEndpoints
{
    private const string Path = "/v1/transfers/{id}/compliance";
    private const string Scope = "compliance";

    // Whoever attaches may look, and so may whoever may export the same.
    private static readonly string[] Readers = [Scope, "auditor"];

    private static readonly string Attaching =
        "Needs an Idempotency-Key and a key with the scope compliance; the path has the transfer's id. What is attached is told by the audit log, which anybody reads and from which nothing can be erased: never put in a person's or a company's name, a postal address, a date of birth, "
        + "the number of a document, an account or a customer, or a sentence, nor any of them encoded or abbreviated. References and codes alone belong here; the data stays with those who answer for it. ivms101Hash is of a payload with at least "
        + "16 random bytes in it that are kept beside it, or whoever guesses the names finds them confirmed. "
        + $"Forms: travelRuleRef and requestId, {CodeForm.OpaqueId.Words}; provider, {CodeForm.Provider.Words}; list, {CodeForm.List.Words}; category, {CodeForm.Category.Words}; score, {CodeForm.Score.Words}; "
        + $"type, {string.Join(", ", CodeWord.All<ScreeningType>())}; result, {string.Join(", ", CodeWord.All<ScreeningResult>())}. "
        + $"To correct something, attach all of it again: the newest counts, as a whole, and those before stay readable. An empty screening with nothing else takes back what was attached. A key attaches at most {ComplianceStore.MostOfKey} to a transfer.";

    public static void MapCompliance(this IEndpointRouteBuilder app)
    {
        app.MapPost(Path, AttachAsync).WithName("AttachCompliance").WithTags("Transfers")
            .WithSummary("Attaches references to travel rule data and screenings to a transfer: no names, no personal data.").WithDescription(Attaching)
            .Accepts<AttachComplianceBody>("application/json").Produces<ComplianceReferenceBody>(201)
            .ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(415).ProducesProblem(422).ProducesProblem(429);
        app.MapGet(Path, ListAsync).WithName("ListCompliance").WithTags("Transfers")
            .WithSummary("What was attached to a transfer, by which API key and when, newest first.")
            .WithDescription("Needs a key with the scope compliance or auditor. The first one counts; the others are what it corrects. A transaction that carries several transfers needs ?logIndex=.")
            .Produces<ComplianceListBody>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
    }

    private static async Task<IResult> AttachAsync(
        string id, HttpContext context, Callers callers, Idempotent idempotent, TransferLookup lookup, ComplianceStore store, CancellationToken ct)
    {
        var (caller, refusal) = await callers.RequireAsync(context, Scope, ct);
        if (refusal is not null) return refusal;
        if (!Hash32.TryParse(id, out var transfer)) return ProblemKind.ValidationFailed.Result(context, "The path names no transfer by its id: expected 0x and 64 hex digits.");
        return await idempotent.RunAsync<AttachComplianceBody>(context, caller!, async (body, request) =>
        {
            var (reference, errors) = ComplianceReader.Read(body);
            if (reference is null) return Reply.Problem(context, ProblemKind.ValidationFailed, "A field cannot be used. Nothing was stored.", ("errors", errors));
            return await store.AttachAsync(request, transfer, caller!.Key!.Id, reference, ct) switch
            {
                (_, { } attached) => new Reply(201, ComplianceMapper.ToBody(attached), $"/v1/transfers/{transfer}/compliance"),
                (AttachVerdict.NoSuchTransfer, _) => Reply.Problem(context, ProblemKind.TransferNotIndexed, $"{transfer} is not known here (yet).", await lookup.IndexedToAsync(ct)),
                _ => Reply.Problem(context, ComplianceProblems.TooManyReferences, $"The key has attached {ComplianceStore.MostOfKey} references to {transfer}."),
            };
        }, ct);
    }

    private static async Task<IResult> ListAsync(
        string id, int? logIndex, HttpContext context, Callers callers, TransferLookup lookup, ComplianceStore store, CancellationToken ct)
    {
        var (_, refusal) = await callers.RequireAsync(context, Readers, ct);
        if (refusal is not null) return refusal;
        var (view, problem) = await lookup.FindAsync(id, logIndex, context, ct);
        if (view is null) return problem!;
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(new ComplianceListBody([.. (await store.OfTransferAsync(view.MessageId, ct)).Select(ComplianceMapper.ToBody)]));
    }
}

using System.Globalization;
using Bridge.Api.Problems;
using Bridge.Core;
using Bridge.Store;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Bridge.Api.AuditLog;

/// <summary>Where witnesses hand in that they have seen the log grow and nothing change.</summary>
internal static class CosignatureEndpoint
{
    private const string Signer = "The witness's line does not lead back to its key over this checkpoint.";

    public static void MapCosignatures(this IEndpointRouteBuilder app) => app.MapPost("/v1/audit/log/cosignatures", PostAsync).WithName("CosignLog").WithTags("Audit log")
        .WithSummary("Hands in a witness's cosignature of a checkpoint.")
        .WithDescription("A cosignature proves itself, so no key is needed. Taken are those of the witnesses whom the operator has configured, over checkpoints of this log. Handing it in twice is harmless.")
        .Accepts<CosignatureBody>("application/json").Produces<CosignedBody>(StatusCodes.Status202Accepted)
        .ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(415).ProducesProblem(422).ProducesProblem(429);

    private static async Task<IResult> PostAsync(HttpContext context, LogStore store, IOptions<JsonOptions> json, CancellationToken ct)
    {
        var (body, refusal) = await JsonBody.ReadAsync<CosignatureBody>(context, json.Value, ct);
        if (refusal is not null) return refusal;
        if (!SignedNote.TryParse(body!.Note ?? "", out var note) || note.Signatures is not [{ Role: NoteRole.Witness } line])
            return ProblemKind.ValidationFailed.Result(context, "note: expected a checkpoint with one line below it, the witness's own.");
        if (!line.IsOver(note.Checkpoint)) return ProblemKind.SignatureInvalid.Result(context, Signer);
        return await store.TakeAsync(note.Checkpoint, line, ct) switch
        {
            CosignatureVerdict.Taken => Results.Accepted(null, new CosignedBody(line.Signer.ToString(), note.Checkpoint.Size.ToString(CultureInfo.InvariantCulture))),
            CosignatureVerdict.NotAWitness => LogProblems.NotAWitness.Result(context, $"{line.Signer} is none of the witnesses that this log names."),
            _ => ProblemKind.NotFound.Result(context, "This log has signed no such checkpoint."),
        };
    }
}

internal static class LogProblems
{
    public static readonly ProblemKind NotAWitness = new("NOT_A_WITNESS", 403, "The signer is not a witness of this log", false,
        "The operator takes the cosignatures of the keys named under Bridge:Log:Witnesses. Ask to be named there.");

    public static readonly IReadOnlyList<ProblemKind> All = [NotAWitness];
}

using System.Globalization;
using System.Text.Json;
using Bridge.Api.Idempotency;
using Bridge.Api.Keys;
using Bridge.Api.Problems;
using Bridge.Store;

namespace Bridge.Api.AuditLog;

/// <summary>Exports for auditors: asked for here, written and signed by a node with the role log.</summary>
internal static class ExportEndpoints
{
    private const string Scope = "auditor";

    public static void MapExports(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/v1/audit/exports").WithTags("Audit log").ProducesProblem(401).ProducesProblem(403);
        group.MapPost("/", CreateAsync).WithName("CreateExport").WithSummary("Has the history of transfers written out, one row each.")
            .WithDescription($"The rows are what the audit log told up to a signed size, so the same question has the same bytes whatever comes meanwhile. Needs an Idempotency-Key and a key with the scope auditor. Filters: {string.Join("; ", ExportFilter.Known.Select(filter => $"{filter.Key}, {filter.Value}"))}. Columns: {string.Join(", ", ExportColumns.All)}. status and stage are those of GET /v1/transfers/{{id}} at the time of the newest leaf below treeSize; setIndex is the validator set's epoch; amounts and fees are base units of the asset. There is none for {string.Join("; ", ExportColumns.LeftOut.Select(column => $"{column.Key}: {column.Value}"))}.")
            .Accepts<CreateExportBody>("application/json").Produces<ExportBody>(202).ProducesProblem(400).ProducesProblem(409).ProducesProblem(415).ProducesProblem(422).ProducesProblem(429).ProducesProblem(503);
        group.MapGet("/{id}", GetAsync).WithName("GetExport").WithSummary("Whether an export is written, and its signed manifest.")
            .WithDescription($"Its file is at content, for {ExportStore.KeptDays} days; asked for again with the same treeSize it is the same. bridge audit verify checks both without asking anybody.")
            .Produces<ExportBody>().ProducesProblem(404);
        group.MapGet("/{id}/content", ContentAsync).ExcludeFromDescription(); // A file, to which the answer above leads.
    }

    private static async Task<IResult> CreateAsync(HttpContext context, Callers callers, Idempotent idempotent, ExportStore exports, LogReader log, CancellationToken ct)
    {
        var (caller, refusal) = await callers.RequireAsync(context, Scope, ct);
        return refusal ?? await idempotent.RunAsync<CreateExportBody>(context, caller!, async (body, id) =>
        {
            var (request, problem) = await ReadAsync(context, body, log, ct);
            if (request is null) return problem!;
            if (!await exports.AskAsync(id, caller!.Principal, request, ct)) return Reply.Problem(context, WriteProblems.TooMany, $"{ExportStore.MostOfOne} of your exports wait.");
            return new Reply(202, ToBody((await exports.FindAsync(id, ct))!), $"/v1/audit/exports/{id}");
        }, ct);
    }

    private static async Task<(ExportRequest? Request, Reply? Problem)> ReadAsync(HttpContext context, CreateExportBody body, LogReader log, CancellationToken ct)
    {
        var errors = new Dictionary<string, string[]>();
        if (!ExportRequest.Formats.Contains(body.Format)) errors["format"] = [$"Expected one of {string.Join(", ", ExportRequest.Formats)}."];
        var (filter, wrong) = ExportFilter.Read(body.Filters ?? new Dictionary<string, string>());
        foreach (var (name, why) in wrong) errors[$"filters.{name}"] = [.. why];
        var columns = body.Columns ?? ExportColumns.All;
        if (columns.Count == 0 || columns.Distinct().Count() != columns.Count || columns.Any(column => !ExportColumns.All.Contains(column))) errors["columns"] = [$"Expected some of these, each once: {string.Join(", ", ExportColumns.All)}."];
        var wanted = ulong.MaxValue;
        if (body.TreeSize is { } size && !ulong.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out wanted)) errors["treeSize"] = ["Expected a whole number."];
        if (errors.Count > 0) return (null, Reply.Problem(context, ProblemKind.ValidationFailed, "A field cannot be used.", ("errors", errors)));
        var note = await log.CheckpointAsync(ct, Math.Min(wanted, long.MaxValue));
        if (note is null) return (null, Reply.Problem(context, ProblemKind.Unavailable, "No checkpoint of the log is signed yet. A node with the role log signs them."));
        return body.TreeSize is null || note.Checkpoint.Size == wanted
            ? (new ExportRequest(body.Format, filter!, columns, note.Checkpoint.Size), null)
            : (null, Reply.Problem(context, ProblemKind.ValidationFailed, "A field cannot be used.", ("errors", new Dictionary<string, string[]> { ["treeSize"] = [$"No checkpoint of that size was signed. The newest one before has {note.Checkpoint.Size} leaves."] })));
    }

    private static async Task<IResult> GetAsync(string id, HttpContext context, Callers callers, ExportStore exports, CancellationToken ct)
    {
        var (_, refusal) = await callers.RequireAsync(context, Scope, ct);
        if (refusal is not null) return refusal;
        context.Response.Headers.CacheControl = "no-store";
        return await FindAsync(id, exports, ct) is { } job ? Results.Json(ToBody(job)) : NotFound(context);
    }

    private static async Task<IResult> ContentAsync(string id, HttpContext context, Callers callers, ExportStore exports, CancellationToken ct)
    {
        var (_, refusal) = await callers.RequireAsync(context, Scope, ct);
        if (refusal is not null) return refusal;
        if (await FindAsync(id, exports, ct) is not { Status: "Done" } job) return NotFound(context);
        context.Response.ContentLength = job.Bytes;
        context.Response.Headers.CacheControl = "private, max-age=604800, immutable";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"transfers-{job.Request.TreeSize}.{job.Request.Format}\"";
        return Results.Stream(async output =>
        {
            await foreach (var part in exports.PartsAsync(job.Id, ct)) await output.WriteAsync(part, ct);
        }, job.Request.Format == "csv" ? "text/csv; charset=utf-8; header=present" : "application/jsonl");
    }

    internal static ExportBody ToBody(ExportJob job) => new(
        job.Id.ToString(), job.Status.ToLowerInvariant(), job.Request.Format, job.Request.Filter.Given, job.Request.Columns, job.Request.TreeSize.ToString(CultureInfo.InvariantCulture),
        job.Rows?.ToString(CultureInfo.InvariantCulture), job.Bytes?.ToString(CultureInfo.InvariantCulture), job.Manifest is null ? null : $"/v1/audit/exports/{job.Id}/content",
        job.Manifest is null ? null : JsonSerializer.Deserialize<JsonElement>(job.Manifest), Format.Time(job.AskedAt), job.FinishedAt is { } at ? Format.Time(at) : null);

    private static async Task<ExportJob?> FindAsync(string id, ExportStore exports, CancellationToken ct) => Guid.TryParse(id, out var parsed) ? await exports.FindAsync(parsed, ct) : null;

    private static IResult NotFound(HttpContext context) => ProblemKind.NotFound.Result(context, "There is no such export, or its content is not written yet or not kept any more.");
}

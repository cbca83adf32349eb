using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Bridge.Api.Limits;
using Bridge.Api.Problems;
using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.AuditLog;

/// <summary>The audit log as anybody reads and checks it: C2SP tlog-tiles, and the same as JSON. What is signed here was signed by a node; the API reads it.</summary>
internal static class LogEndpoints
{
    private const int MostEntries = 1000;

    private const string Forever = "public, max-age=31536000, immutable";

    public static void MapAuditLog(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/v1/audit/log").WithTags("Audit log");
        // Texts and bytes, which C2SP tlog-tiles describes: for the programs that read any such log.
        group.MapGet("/checkpoint", CheckpointAsync).ExcludeFromDescription();
        group.MapGet("/tile/{level}/{**path}", TileAsync).ExcludeFromDescription();
        group.MapGet("/tile/entries/{**path}", BundleAsync).ExcludeFromDescription();
        group.MapGet("/entries", EntriesAsync).WithName("ListLogEntries").WithSummary("What each leaf of the audit log tells, oldest first, as far as it is signed.").Costly()
            .WithDescription("The same log in the form of C2SP tlog-tiles, for programs that read any such log, is at /v1/audit/log/checkpoint, /v1/audit/log/tile/{L}/{N} and /v1/audit/log/tile/entries/{N}.")
            .Produces<LogEntryListBody>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(503);
        group.MapGet("/proof/{transferId}", ProofAsync).WithName("GetLogProof").WithSummary("Every leaf that names a transfer, each with the proof that it is in the log.")
            .Produces<LogProofBody>().ProducesProblem(400).ProducesProblem(404);
    }

    private static async Task<IResult> CheckpointAsync(LogReader reader, HttpContext context, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-cache";
        return await reader.CheckpointAsync(ct) is { } note ? Results.Text(note.Text(), "text/plain; charset=utf-8") : NothingSigned(context);
    }

    private static async Task<IResult> TileAsync(string level, string path, LogReader reader, LogStore store, HttpContext context, CancellationToken ct)
    {
        if (!TilePath.TryParse(level, path, out var tile)) return BadPath(context);
        if (!await IsSignedAsync(store, tile, ct) || await reader.TileAsync(tile, ct) is not { } hashes) return NotYet(context);
        context.Response.Headers.CacheControl = Forever;
        return Results.Bytes(hashes.SelectMany(hash => hash.ToArray()).ToArray(), "application/octet-stream");
    }

    private static async Task<IResult> BundleAsync(string path, LogReader reader, LogStore store, HttpContext context, CancellationToken ct)
    {
        if (!TilePath.TryParse(path, out var index, out var width)) return BadPath(context);
        var tile = new TilePath(0, index, width);
        if (!await IsSignedAsync(store, tile, ct)) return NotYet(context);
        context.Response.Headers.CacheControl = Forever;
        var entries = await reader.EntriesAsync(tile.First, width, ct);
        return Results.Bytes(entries.SelectMany(Framed).ToArray(), "application/octet-stream");
    }

    private static async Task<IResult> EntriesAsync(string? from, int? limit, LogReader reader, LogStore store, HttpContext context, CancellationToken ct)
    {
        if (!ulong.TryParse(from ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out var first) || first > long.MaxValue)
            return ProblemKind.ValidationFailed.Result(context, "A parameter cannot be used.", ("errors", new Dictionary<string, string[]> { ["from"] = ["Expected a leaf's index, a whole number from 0."] }));
        if (limit is < 1 or > MostEntries)
            return ProblemKind.ValidationFailed.Result(context, "A parameter cannot be used.", ("errors", new Dictionary<string, string[]> { ["limit"] = [$"Expected a whole number from 1 to {MostEntries}."] }));
        if (await store.NewestAsync(ct) is not { } newest) return NothingSigned(context);
        var wanted = (int)Math.Min((ulong)(limit ?? 100), newest.Size - Math.Min(first, newest.Size));
        var entries = await reader.EntriesAsync(first, wanted, ct);
        var next = first + (ulong)entries.Count;
        context.Response.Headers.CacheControl = "no-cache";
        return Results.Json(new LogEntryListBody([.. entries.Select(ToBody)], next < newest.Size ? Number(next) : null));
    }

    private static async Task<IResult> ProofAsync(string transferId, LogReader reader, HttpContext context, CancellationToken ct)
    {
        if (!Hash32.TryParse(transferId, out var id)) return ProblemKind.ValidationFailed.Result(context, $"'{transferId}' is not a transfer's id: expected 0x and 64 hex digits.");
        if (await reader.CheckpointAsync(ct) is not { } note) return NothingSigned(context);
        var leaves = await reader.ProofsAsync(id, note.Checkpoint.Size, ct);
        if (leaves.Count == 0) return ProblemKind.TransferNotIndexed.Result(context, $"No leaf of the {note.Checkpoint.Size} that are signed names it (yet).");
        context.Response.Headers.CacheControl = "no-cache";
        return Results.Json(new LogProofBody(id.ToString(), note.Text(), [.. leaves.Select(proven =>
            new ProvenLeafBody(Number(proven.Leaf.Index), proven.Leaf.Hash.ToString(), proven.Leaf.Text, [.. proven.Proof.Select(hash => hash.ToString())]))]));
    }

    internal static LogEntryBody ToBody(LogLeaf leaf) => new(Number(leaf.Index), leaf.Hash.ToString(), leaf.Text);

    /// <summary>What is not signed yet may still be told otherwise, if the database falls back to an older state: it is not served.</summary>
    private static async Task<bool> IsSignedAsync(LogStore store, TilePath tile, CancellationToken ct) =>
        await store.NewestAsync(ct) is { } newest && tile.Index < long.MaxValue / TilePath.FullWidth && tile.First + (ulong)tile.Width <= newest.Size >> (tile.Level * TilePath.Height);

    private static byte[] Framed(LogLeaf leaf)
    {
        var text = Encoding.UTF8.GetBytes(leaf.Text);
        var framed = new byte[2 + text.Length];
        BinaryPrimitives.WriteUInt16BigEndian(framed, checked((ushort)text.Length));
        text.CopyTo(framed, 2);
        return framed;
    }

    private static string Number(ulong number) => number.ToString(CultureInfo.InvariantCulture);

    private static IResult BadPath(HttpContext context) => ProblemKind.ValidationFailed.Result(context, "That is no path of a tile. Such a path is 0/000, 0/x001/234 or 1/000.p/7; C2SP tlog-tiles has the form.");

    private static IResult NotYet(HttpContext context) => ProblemKind.NotFound.Result(context, "The log is not that large yet, as far as it is signed. GET /v1/audit/log/checkpoint says how large it is.");

    private static IResult NothingSigned(HttpContext context) => ProblemKind.NotFound.Result(context, "No checkpoint of the log is signed yet. A node with the role log signs them.");
}

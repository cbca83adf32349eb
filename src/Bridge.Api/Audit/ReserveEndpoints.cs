using System.Globalization;
using System.Text.Json;
using Bridge.Api.Description;
using Bridge.Api.Problems;
using Bridge.Store;

namespace Bridge.Api.Audit;

/// <summary>What the auditor stated of every asset, now or at an earlier time.</summary>
internal static class ReserveEndpoints
{
    private const string Recompute = "bridge audit reconcile";

    private static readonly JsonSerializerOptions Stored = new(JsonSerializerDefaults.Web);

    private static readonly ParameterText At = new("at", "A time with its zone: the newest statement that is not younger. By default the newest.", "2026-01-02T03:04:05Z");

    public static void MapReserves(this RouteGroupBuilder group)
    {
        group.MapGet("/reconciliation", ReconciliationAsync).WithName("GetReconciliation").Produces<ReconciliationBody>().ProducesProblem(400).ProducesProblem(404).WithParameter()
            .WithSummary("Per asset, each chain at a final block: escrow, supply, what is on its way, fees, and the gap, which must be 0.");
        group.MapGet("/reserves", ReservesAsync).WithName("GetReserves").Produces<ReservesBody>().ProducesProblem(400).ProducesProblem(404).WithParameter()
            .WithSummary("The same with storage proofs of every escrow, balance and supply, signed by the operator, which anybody verifies without a node: bridge audit reserves verify FILE.");
    }

    private static Task<IResult> ReconciliationAsync(ReserveStore store, TimeProvider time, HttpContext context, CancellationToken ct) => FindAsync(store, time, context, proven: false, (statement, json) =>
    {
        var stated = JsonSerializer.Deserialize<ReservesBody>(json, Stored)!;
        return new ReconciliationBody(
            statement.Id.ToString(CultureInfo.InvariantCulture), stated.TakenAt,
            [.. stated.Chains.Select(chain => new ReconciledChainBody(chain.Chain, chain.Bridge, chain.Block, chain.BlockHash, chain.BlockTime))], stated.Assets, Recompute);
    }, ct);

    private static Task<IResult> ReservesAsync(ReserveStore store, TimeProvider time, HttpContext context, CancellationToken ct) =>
        FindAsync(store, time, context, proven: true,
            (statement, json) => JsonSerializer.Deserialize<ReservesBody>(json, Stored)! with { Signer = statement.Seal?.Signer.ToString(), Signature = statement.Seal?.Signature.ToString() }, ct);

    private static async Task<IResult> FindAsync<T>(
        ReserveStore store, TimeProvider time, HttpContext context, bool proven, Func<ReserveStatement, string, T> read, CancellationToken ct)
    {
        var at = time.GetUtcNow();
        if (context.Request.Query.TryGetValue(At.Name, out var given))
        {
            if (Times.TryRead(given.ToString()) is not { } asked) return ProblemKind.ValidationFailed.Result(context, $"at: '{given}' is no time with its zone, such as {At.Example}.");
            at = asked;
        }
        return await store.FindAsync(at, proven, ct) is { } statement
            ? Results.Json(read(statement, statement.Document))
            : ProblemKind.NotFound.Result(context, "No auditor has stated it in this database until then. Run a node with the role audit, or 'bridge audit reserves'.");
    }

    private static RouteHandlerBuilder WithParameter(this RouteHandlerBuilder route) => route.AddOpenApiOperationTransformer((operation, _, _) =>
    {
        ParameterText.Add(operation, [At]);
        return Task.CompletedTask;
    });
}

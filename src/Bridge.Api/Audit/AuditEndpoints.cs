using Bridge.Store;

namespace Bridge.Api.Audit;

/// <summary>What auditors ask: does it all add up, and what was found where it does not.</summary>
internal static class AuditEndpoints
{
    private const int Findings = 100;

    public static void MapAudit(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/v1/audit").WithTags("Audit");
        group.MapGet("/ledger", LedgerAsync).WithName("GetLedger").Produces<LedgerBody>()
            .WithSummary("The validator's double entry: per asset and chain what messages explain and what the chain has, and what it refuses to move on.");
        group.MapReserves();
    }

    private static async Task<IResult> LedgerAsync(LedgerStore ledger, CancellationToken ct) =>
        Results.Json(LedgerMapper.ToBody(await ledger.AccountsAsync(ct), await ledger.FindingsAsync(Findings, ct)));
}

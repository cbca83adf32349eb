using Bridge.Store;

namespace Bridge.Api.Audit;

internal static class LedgerMapper
{
    public static LedgerBody ToBody(IReadOnlyList<LedgerAccountRow> accounts, IReadOnlyList<LedgerFindingRow> findings) =>
        new([.. accounts.Select(ToBody)], [.. findings.Select(ToBody)]);

    private static LedgerAccountBody ToBody(LedgerAccountRow row) => new(
        row.AssetId.ToString(), Format.Caip2(row.ChainId), row.IsHome, Format.Number(row.Height), row.BlockHash.ToString(), Format.Amount(row.Arrived), Format.Amount(row.Sent),
        Format.Amount(row.Held), Format.Amount(row.Unexplained), Format.Amount(row.Accepted), row.BrokenSince is { } since ? Format.Time(since) : null, Format.Time(row.CheckedAt));

    private static LedgerFindingBody ToBody(LedgerFindingRow row) => new(
        row.AssetId.ToString(), Format.Caip2(row.ChainId), Format.Number(row.Height), row.BlockHash.ToString(), Format.Amount(row.Unexplained), row.Detail, Format.Time(row.FoundAt));
}

namespace Bridge.Api.Audit;

/// <summary>One asset on one chain in double entry, at a final block of that chain. Amounts are base units.</summary>
/// <param name="IsHome">Whether the asset is locked here, rather than minted.</param>
/// <param name="Arrived">Of all messages to this chain, those that took effect or were sent back.</param>
/// <param name="Sent">Of all messages from this chain.</param>
/// <param name="Held">What the chain itself says: at home what is locked, elsewhere the token's supply.</param>
/// <param name="Unexplained">What exists here that no message brought, or is missing at home that none took.</param>
/// <param name="Accepted">Up to how much unexplained the operator accepted.</param>
/// <param name="BrokenSince">Since when more is unexplained than that: nothing that would move it on is signed. Absent where the account balances.</param>
public sealed record LedgerAccountBody(
    string AssetId, string Chain, bool IsHome, string Block, string BlockHash, string Arrived, string Sent, string Held, string Unexplained, string Accepted,
    string? BrokenSince, string CheckedAt);

public sealed record LedgerFindingBody(string AssetId, string Chain, string Block, string BlockHash, string Unexplained, string Detail, string FoundAt);

/// <param name="Accounts">Empty where no validator keeps its accounts in this database.</param>
/// <param name="Findings">The newest, newest first.</param>
public sealed record LedgerBody(IReadOnlyList<LedgerAccountBody> Accounts, IReadOnlyList<LedgerFindingBody> Findings);

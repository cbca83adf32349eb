using System.Text.Json;

namespace Bridge.Client;

/// <summary>A validator's double entry. Sums of base units are decimal texts: no type of a fixed size holds each of them.</summary>
/// <param name="Accounts">Empty where no validator keeps its accounts in the API's database.</param>
/// <param name="Findings">The newest, newest first.</param>
public sealed record LedgerReport(IReadOnlyList<LedgerAccount> Accounts, IReadOnlyList<LedgerFinding> Findings);

/// <param name="Held">What the chain itself says: at home what is locked, elsewhere the token's supply.</param>
/// <param name="Unexplained">What exists here that no message brought, or is missing at home that none took.</param>
/// <param name="Accepted">Up to how much unexplained the operator accepted.</param>
/// <param name="BrokenSince">Since when more is unexplained than that.</param>
public sealed record LedgerAccount(
    string AssetId, string Chain, bool IsHome, ulong Block, string BlockHash, string Arrived, string Sent, string Held, string Unexplained, string Accepted,
    DateTimeOffset? BrokenSince, DateTimeOffset CheckedAt);

public sealed record LedgerFinding(string AssetId, string Chain, ulong Block, string BlockHash, string Unexplained, string Detail, DateTimeOffset FoundAt);

/// <param name="Recompute">The command that makes the same from the chains alone.</param>
public sealed record Reconciliation(string Statement, DateTimeOffset TakenAt, IReadOnlyList<ReconciledChain> Chains, IReadOnlyList<ReconciledAsset> Assets, string Recompute);

public sealed record ReconciledChain(string Chain, string Bridge, ulong Block, string BlockHash, DateTimeOffset BlockTime);

/// <param name="Escrow">What the home's Bridge counts as locked; what it has is the balance.</param>
/// <param name="Gap">escrow - minted - lockedNotMinted - burnedNotReleased - feesHeld; must be 0.</param>
public sealed record ReconciledAsset(
    string AssetId, string Home, string Token, bool IsCoin, string Escrow, string Balance, IReadOnlyList<MintedSupply> Minted,
    string LockedNotMinted, string BurnedNotReleased, string FeesHeld, string Gap);

public sealed record MintedSupply(string Chain, string Token, string Supply);

/// <summary>A proof of reserves. Written to a file as it came, it is what <c>bridge audit reserves verify</c> takes.</summary>
/// <param name="Signer">Address of the operator's key; null where nobody signed it.</param>
/// <param name="Signature">Over all other members; this client does not verify it.</param>
public sealed record ReservesProof(
    DateTimeOffset TakenAt, IReadOnlyList<ProvenChain> Chains, IReadOnlyList<ReconciledAsset> Assets, IReadOnlyList<FigureProof> Proofs, string? Signer, string? Signature);

/// <param name="Header">As eth_getBlockByHash says it; its fields hash to the block's hash.</param>
public sealed record ProvenChain(string Chain, string Bridge, ulong Block, string BlockHash, DateTimeOffset BlockTime, JsonElement? Header);

/// <param name="Kind">escrow, balance or supply.</param>
/// <param name="Layout">Of a balance: how the token keeps it.</param>
/// <param name="Proof">As eth_getProof says it.</param>
/// <param name="WhyNot">Why there is none.</param>
public sealed record FigureProof(string Kind, string AssetId, string Chain, string? Layout, JsonElement? Proof, string? WhyNot);

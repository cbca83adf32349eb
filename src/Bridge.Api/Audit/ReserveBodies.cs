using System.Text.Json;

namespace Bridge.Api.Audit;

/// <summary>At which final block a chain was looked at.</summary>
public sealed record ReconciledChainBody(string Chain, string Bridge, string Block, string BlockHash, string BlockTime);

/// <summary>What exists of an asset on a chain that is not its home.</summary>
public sealed record MintedSupplyBody(string Chain, string Token, string Supply);

/// <summary>One asset over all chains, in base units.</summary>
/// <param name="IsCoin">Whether it is its home chain's own coin.</param>
/// <param name="Escrow">What the home's Bridge counts as locked.</param>
/// <param name="Balance">What it has: more than that where somebody gave it some.</param>
/// <param name="LockedNotMinted">On its way from home, without the fees.</param>
/// <param name="BurnedNotReleased">On its way from the other chains, without the fees.</param>
/// <param name="FeesHeld">Of what is on its way, the part of those who will deliver it.</param>
/// <param name="Gap">escrow - minted - lockedNotMinted - burnedNotReleased - feesHeld; must be 0.</param>
public sealed record ReconciledAssetBody(
    string AssetId, string Home, string Token, bool IsCoin, string Escrow, string Balance, IReadOnlyList<MintedSupplyBody> Minted,
    string LockedNotMinted, string BurnedNotReleased, string FeesHeld, string Gap);

/// <param name="Recompute">The command that makes the same from the chains alone.</param>
public sealed record ReconciliationBody(string Statement, string TakenAt, IReadOnlyList<ReconciledChainBody> Chains, IReadOnlyList<ReconciledAssetBody> Assets, string Recompute);

/// <param name="Header">As eth_getBlockByHash says it; its fields hash to the block's hash.</param>
public sealed record ProvenChainBody(string Chain, string Bridge, string Block, string BlockHash, string BlockTime, JsonElement? Header);

/// <summary>A storage proof (EIP-1186) of one figure of one asset at the chain's block.</summary>
/// <param name="Kind">escrow, balance or supply.</param>
/// <param name="Layout">Of a balance: how the token keeps it.</param>
/// <param name="Proof">As eth_getProof says it; absent where no endpoint serves one.</param>
/// <param name="WhyNot">Why there is none.</param>
public sealed record ReserveProofBody(string Kind, string AssetId, string Chain, string? Layout, JsonElement? Proof, string? WhyNot);

/// <summary>A proof of reserves, as bridge audit reserves verify takes it from a file.</summary>
/// <param name="Signer">Address of the operator's key, the one that signs the audit log; absent where nobody signed the statement.</param>
/// <param name="Signature">Of 64 bytes (EIP-2098), EIP-712 ReserveStatement(bytes32 sha256) in the log's domain: SHA-256 of the other members as canonical JSON (RFC 8785).</param>
public sealed record ReservesBody(
    string TakenAt, IReadOnlyList<ProvenChainBody> Chains, IReadOnlyList<ReconciledAssetBody> Assets, IReadOnlyList<ReserveProofBody> Proofs, string? Signer = null, string? Signature = null);

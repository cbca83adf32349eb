using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bridge.Audit;

/// <summary>A proof of reserves as it is handed out. Amounts are decimal texts of base units, chains CAIP-2.</summary>
/// <param name="TakenAt">RFC 3339, UTC.</param>
/// <param name="Proofs">Empty where only the reconciliation was asked for.</param>
public sealed record ReserveFile(string TakenAt, IReadOnlyList<ReserveChain> Chains, IReadOnlyList<ReserveAsset> Assets, IReadOnlyList<ReserveProof> Proofs)
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowDuplicateProperties = false, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    };

    public string ToJson() => JsonSerializer.Serialize(this, Form);

    /// <exception cref="JsonException">It is not of this form.</exception>
    public static ReserveFile Parse(string json) => JsonSerializer.Deserialize<ReserveFile>(json, Form) ?? throw new JsonException("it holds nothing");
}

/// <summary>At which block a chain was looked at.</summary>
/// <param name="Header">As eth_getBlockByHash says it; its fields hash to the block's hash. Absent where nothing of the chain is proven.</param>
public sealed record ReserveChain(string Chain, string Bridge, string Block, string BlockHash, string BlockTime, JsonElement? Header = null);

public sealed record ReserveSupply(string Chain, string Token, string Supply);

/// <param name="Gap">escrow - minted - lockedNotMinted - burnedNotReleased - feesHeld; must be 0.</param>
public sealed record ReserveAsset(
    string AssetId, string Home, string Token, bool IsCoin, string Escrow, string Balance, IReadOnlyList<ReserveSupply> Minted,
    string LockedNotMinted, string BurnedNotReleased, string FeesHeld, string Gap);

/// <summary>A storage proof (EIP-1186) of one figure of one asset at the chain's block.</summary>
/// <param name="Kind">escrow, balance or supply.</param>
/// <param name="Layout">Of a balance: how the token keeps it.</param>
/// <param name="Proof">As eth_getProof says it; null where no endpoint serves one.</param>
/// <param name="WhyNot">Why there is none.</param>
public sealed record ReserveProof(string Kind, string AssetId, string Chain, string? Layout = null, JsonElement? Proof = null, string? WhyNot = null);

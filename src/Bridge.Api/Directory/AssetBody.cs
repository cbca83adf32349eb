namespace Bridge.Api.Directory;

/// <param name="AssetId">The number by which every chain's Bridge knows the asset.</param>
public sealed record AssetBody(string AssetId, string Symbol, int Decimals, string Standard, IReadOnlyList<RepresentationBody> Representations);

/// <param name="Asset">CAIP-19. Of a chain's own coin it names the token that wraps it.</param>
/// <param name="Mode">lock on the asset's home chain, native if it is that chain's own coin, mint elsewhere.</param>
/// <param name="Locked">Base units held there for the other chains; absent until it was read.</param>
/// <param name="PausedUntil">Absent while it can be sent and paid out.</param>
public sealed record RepresentationBody(
    string Chain, string Asset, string Token, string Mode, string Symbol, int Decimals, string? Locked, string? PausedUntil);

public sealed record AssetListBody(IReadOnlyList<AssetBody> Assets);

/// <summary>The schema of tokenlists.org.</summary>
public sealed record TokenListBody(string Name, string Timestamp, TokenListVersionBody Version, IReadOnlyList<TokenBody> Tokens);

public sealed record TokenListVersionBody(int Major, int Minor, int Patch);

public sealed record TokenBody(ulong ChainId, string Address, string Name, string Symbol, int Decimals, TokenExtensionsBody Extensions);

/// <param name="BridgeInfo">The same asset elsewhere, by chain id.</param>
public sealed record TokenExtensionsBody(string AssetId, string Mode, IReadOnlyDictionary<string, TokenElsewhereBody> BridgeInfo);

public sealed record TokenElsewhereBody(string TokenAddress);

using Bridge.Evm;
using Bridge.Relayer.Chains;
using Bridge.Store;

namespace Bridge.Relayer.Oracle;

/// <summary>What the owners of assets can sign. It hardly ever changes.</summary>
public sealed class TokenReading(ChainSet chains, OracleStore store)
{
    public async Task SaveSigningAsync(IEnumerable<AssetRow> assets, CancellationToken ct)
    {
        foreach (var asset in assets.Where(asset => asset.Mode != "native" && chains.Find(asset.Chain) is not null))
            if (await new SigningToken(chains[asset.Chain].Client, asset.Token).ReadAsync(ct) is { } signing)
                await store.SaveTokenAsync(
                    new TokenSigningRow
                    {
                        ChainId = asset.Chain, AssetId = asset.Asset, Name = signing.Name, Version = signing.Version, Permit = signing.Permit,
                        TransferAuthorization = signing.TransferAuthorization, ReadAt = default,
                    }, ct);
    }
}

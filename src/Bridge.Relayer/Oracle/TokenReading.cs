using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Watch;
using Bridge.Store;

namespace Bridge.Relayer.Oracle;

/// <summary>Which assets there are, and what their owners can sign. Both hardly ever change.</summary>
public sealed class TokenReading(ChainSet chains, AssetMirror mirror, DirectoryStore directory, OracleStore store)
{
    /// <summary>Ids up to here are looked for; a larger one is known as soon as it first moves.</summary>
    private const uint HighestProbed = 32;

    /// <summary>False while a registration that was seen is not final yet: look again soon.</summary>
    public async Task<bool> LookAsync(CancellationToken ct)
    {
        var registered = new HashSet<(ChainId Chain, AssetId Asset)>();
        for (uint id = 1; id <= HighestProbed; id++)
            foreach (var link in chains.All)
                if (await link.Bridge.AssetAsync(new AssetId(id), null, ct) is not null) registered.Add((link.Id, new AssetId(id)));
        await mirror.MirrorAsync(registered.Select(one => one.Asset).Distinct(), ct);
        var known = (await directory.AssetsAsync(ct)).Select(row => (row.Chain, row.Asset));
        if (!registered.IsSubsetOf(known)) return false;
        await SaveSigningAsync(ct);
        return registered.Count > 0;
    }

    /// <summary>All assets that are known to be registered somewhere.</summary>
    public async Task<IReadOnlyList<AssetId>> AssetsAsync(CancellationToken ct) => [.. (await directory.AssetsAsync(ct)).Select(row => row.Asset).Distinct()];

    private async Task SaveSigningAsync(CancellationToken ct)
    {
        foreach (var asset in (await directory.AssetsAsync(ct)).Where(asset => asset.Mode != "native" && chains.Find(asset.Chain) is not null))
            if (await new SigningToken(chains[asset.Chain].Client, asset.Token).ReadAsync(ct) is { } signing)
                await store.SaveTokenAsync(
                    new TokenSigningRow
                    {
                        ChainId = asset.Chain, AssetId = asset.Asset, Name = signing.Name, Version = signing.Version, Permit = signing.Permit,
                        TransferAuthorization = signing.TransferAuthorization, ReadAt = default,
                    }, ct);
    }
}

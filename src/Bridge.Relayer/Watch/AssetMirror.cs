using System.Collections.Concurrent;
using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Chains;
using Bridge.Store;

namespace Bridge.Relayer.Watch;

/// <summary>Writes down what the Bridges say of the assets that move, for those who have no endpoint: the ledger check and the API.</summary>
public sealed class AssetMirror(ChainSet chains, DirectoryStore directory)
{
    // The watchers of all chains share it.
    private readonly ConcurrentDictionary<AssetId, int> _mirrored = [];

    public async Task MirrorAsync(IEnumerable<AssetId> moved, CancellationToken ct)
    {
        var all = chains.All;
        foreach (var asset in moved.Where(asset => _mirrored.GetValueOrDefault(asset) != all.Count).ToList())
        {
            var rows = new List<AssetRow>();
            foreach (var link in all)
                if (await ReadAsync(link, asset, ct) is { } row) rows.Add(row);
            await directory.SaveAssetsAsync(rows, ct);
            if (rows.Count == all.Count) _mirrored[asset] = all.Count;
        }
    }

    private static async Task<AssetRow?> ReadAsync(ChainLink link, AssetId asset, CancellationToken ct)
    {
        var final = await link.FinalAsync(ct);
        if (await link.Bridge.AssetAsync(asset, final.Height, ct) is not { } listed) return null;
        var token = new TokenContract(link.Client, listed.Token);
        return new AssetRow(link.Id, asset, listed.Token, listed.Mode, await token.SymbolAsync(ct), await token.DecimalsAsync(ct));
    }
}

using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <param name="Chains">Those whose validator set was read, with the Bridge there.</param>
public sealed record DeploymentView(IReadOnlyList<(ChainId Chain, Address Bridge)> Chains, IReadOnlyList<Lane> Lanes, IReadOnlyList<AssetRow> Assets);

/// <summary>Which Bridges, lanes and assets this organisation serves. Reads only.</summary>
public sealed class DeploymentQueries(NpgsqlDataSource source, DirectoryStore directory)
{
    public async Task<DeploymentView> ReadAsync(CancellationToken ct) => new(
        await source.QueryAsync("SELECT chain_id, bridge FROM validator_set WHERE is_current ORDER BY chain_id", row => (new ChainId(row.Number(0)), row.Account(1)), ct),
        await source.QueryAsync("SELECT source_chain, destination_chain FROM lane ORDER BY 1, 2", row => row.Lane(0, 1), ct),
        await directory.AssetsAsync(ct));
}

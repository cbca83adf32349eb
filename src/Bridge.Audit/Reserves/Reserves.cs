using System.Globalization;
using System.Numerics;
using Bridge.Core;
using Bridge.Evm;

namespace Bridge.Audit;

/// <summary>States what there is of each asset, and has nodes prove it.</summary>
public sealed class Reserves(IReadOnlyList<AuditedChain> chains, HttpClient http)
{
    private readonly Dictionary<ChainId, ChainClient> _clients = chains.ToDictionary(chain => chain.Id, chain => chain.Connect(http));

    public static ReserveFile State(Sight sight, DateTimeOffset now) => State(sight, Reconciliation.Of(sight), now);

    /// <summary>The same with proofs of every escrow, balance and supply. What no endpoint proves is listed with the reason.</summary>
    /// <exception cref="FalseProofException">Only proofs that do not verify were served.</exception>
    public async Task<ReserveFile> ProveAsync(Sight sight, DateTimeOffset now, CancellationToken ct)
    {
        var assets = Reconciliation.Of(sight);
        var stated = State(sight, assets, now);
        var (proofs, headers) = (new List<ReserveProof>(), new Dictionary<string, StorageProof>());
        foreach (var asset in assets)
        {
            var home = sight.Chains.Single(chain => chain.Chain == asset.Home);
            await AddAsync("escrow", asset.Asset, home, home.Bridge, [(null, ReserveSlots.Vault(asset.Asset))], word => ReserveSlots.Count(word) == asset.Escrow);
            if (asset.IsCoin) await AddAsync("balance", asset.Asset, home, home.Bridge, [(null, null)], _ => true);
            else await AddAsync("balance", asset.Asset, home, asset.Token, [.. ReserveSlots.Layouts.Select(layout => (layout, ReserveSlots.Balance(layout, home.Bridge)))], word => Whole(word) == asset.Balance);
            foreach (var minted in asset.Minted)
                await AddAsync("supply", asset.Asset, sight.Chains.Single(chain => chain.Chain == minted.Chain), minted.Token, [(null, ReserveSlots.Supply)], word => ReserveSlots.Count(word) == minted.Supply);
        }
        return stated with { Chains = [.. stated.Chains.Select(chain => headers.TryGetValue(chain.Chain, out var shown) ? chain with { Header = shown.Header } : chain)], Proofs = proofs };

        // A token's balances are looked for in one layout after the other: the one whose word is the balance is it.
        async Task AddAsync(string kind, AssetId asset, ChainEvidence chain, Address account, IReadOnlyList<(string? Layout, Hash32? Slot)> places, Func<Hash32, bool> isIt)
        {
            var whyNot = "the token keeps its balances in another way than the known ones";
            foreach (var (layout, slot) in places)
            {
                var shown = await _clients[chain.Chain].ProveStorageAsync(chain.At, account, slot is { } at ? [at] : [], ct);
                if (shown.Proof is null)
                {
                    whyNot = shown.WhyNot!;
                    break;
                }
                if (slot is not null && !isIt(shown.Words![0])) continue;
                headers[Name(chain.Chain)] = shown.Proof;
                proofs.Add(new ReserveProof(kind, asset.ToString(), Name(chain.Chain), layout, shown.Proof.Reply, null));
                return;
            }
            proofs.Add(new ReserveProof(kind, asset.ToString(), Name(chain.Chain), null, null, whyNot));
        }
    }

    internal static string Name(ChainId chain) => $"eip155:{chain}";

    internal static BigInteger Whole(Hash32 word) => new(word.ToArray(), isUnsigned: true, isBigEndian: true);

    private static ReserveFile State(Sight sight, IReadOnlyList<ReconciledAsset> assets, DateTimeOffset now) => new(
        Timestamp.Format(now),
        [.. sight.Chains.Select(chain => new ReserveChain(Name(chain.Chain), chain.Bridge.ToString(), Text(chain.At.Height), chain.At.Hash.ToString(), Timestamp.Format(chain.Time)))],
        [.. assets.Select(State)], []);

    private static ReserveAsset State(ReconciledAsset asset) => new(
        asset.Asset.ToString(), Name(asset.Home), asset.Token.ToString(), asset.IsCoin, Text(asset.Escrow), Text(asset.Balance),
        [.. asset.Minted.Select(minted => new ReserveSupply(Name(minted.Chain), minted.Token.ToString(), Text(minted.Supply)))],
        Text(asset.LockedNotMinted), Text(asset.BurnedNotReleased), Text(asset.FeesHeld), Text(asset.Gap));

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}

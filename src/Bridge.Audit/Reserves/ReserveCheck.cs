using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Bridge.Core;
using Bridge.Evm;

namespace Bridge.Audit;

/// <param name="Proven">What follows from the blocks' hashes alone.</param>
/// <param name="Claimed">What is said and not proven, and how to find out.</param>
/// <param name="Faults">What is false, or proves nothing although it says so.</param>
public sealed record ReserveVerdict(IReadOnlyList<string> Proven, IReadOnlyList<string> Claimed, IReadOnlyList<string> Faults);

/// <summary>Verifies a proof of reserves without any node: nobody has to be believed but for the hashes of the blocks.</summary>
public static class ReserveCheck
{
    /// <summary>What is false of a document that is to be signed, or proves nothing although it says so; none, and it may be.</summary>
    public static IReadOnlyList<string> Faults(string document)
    {
        try
        {
            return Verify(ReserveFile.Parse(document), new SealVerdict(null, null), expected: null).Faults;
        }
        catch (JsonException e)
        {
            return [$"it is no proof of reserves: {e.Message}"];
        }
    }

    /// <param name="seal">What the document says of who signed it.</param>
    /// <param name="expected">Whose it has to be; null: anybody's or nobody's.</param>
    public static ReserveVerdict Verify(ReserveFile file, SealVerdict seal, Address? expected)
    {
        var (proven, claimed, faults) = (new List<string>(), new List<string>(), new List<string>());
        if (seal.Fault is { } broken) faults.Add(broken);
        else if (expected is { } wanted && wanted != seal.Signer) faults.Add(seal.Signer is { } signer ? $"it is signed by {signer}, not by {wanted}" : $"it is not signed, and has to be by {wanted}");
        foreach (var asset in file.Assets)
        {
            Figure("escrow", asset.Home, asset.Escrow);
            Figure("balance", asset.Home, asset.Balance);
            foreach (var minted in asset.Minted) Figure("supply", minted.Chain, minted.Supply);
            Sum(asset);

            void Figure(string kind, string chain, string amount)
            {
                var what = $"asset {asset.AssetId}: {kind} {amount} on {chain}";
                try
                {
                    var shown = file.Proofs.Where(proof => proof.Kind == kind && proof.AssetId == asset.AssetId && proof.Chain == chain).ToList();
                    if (shown is not [{ Proof: not null } proof]) claimed.Add($"{what}: {(shown is [{ WhyNot: { } why }] ? why : $"{shown.Count} proofs of it")}");
                    else if (Proven(file, asset, proof) is var found && found == Number(amount)) proven.Add($"{what}{(proof.Layout is { } layout ? $", the token's balances being kept as {layout}" : "")}");
                    else faults.Add($"{what}: the proof proves {found}");
                }
                catch (Exception e) when (e is ProofException or FormatException)
                {
                    faults.Add($"{what}: {e.Message}");
                }
            }
        }
        foreach (var foreign in file.Proofs.Where(proof => !file.Assets.Any(asset => asset.AssetId == proof.AssetId))) faults.Add($"a proof is of asset {foreign.AssetId}, which is not listed");
        return new ReserveVerdict(proven, claimed, faults);

        void Sum(ReserveAsset asset)
        {
            try
            {
                var gap = Number(asset.Escrow) - asset.Minted.Aggregate(BigInteger.Zero, (sum, minted) => sum + Number(minted.Supply))
                    - Number(asset.LockedNotMinted) - Number(asset.BurnedNotReleased) - Number(asset.FeesHeld);
                if (gap != Number(asset.Gap)) faults.Add($"asset {asset.AssetId}: its figures make a gap of {gap}, not {asset.Gap}");
                else if (gap != 0) faults.Add($"asset {asset.AssetId}: the gap is {gap}, and must be 0");
                if (Number(asset.Balance) < Number(asset.Escrow)) faults.Add($"asset {asset.AssetId}: the Bridge has {asset.Balance}, less than the {asset.Escrow} that it counts as locked");
                claimed.Add($"asset {asset.AssetId}: {asset.LockedNotMinted} locked and not minted, {asset.BurnedNotReleased} burned and not released, {asset.FeesHeld} of fees held: 'bridge audit replay --from-chain' recomputes them");
            }
            catch (FormatException e)
            {
                faults.Add($"asset {asset.AssetId}: {e.Message}");
            }
        }
    }

    private static BigInteger Proven(ReserveFile file, ReserveAsset asset, ReserveProof shown)
    {
        var chain = file.Chains.FirstOrDefault(c => c.Chain == shown.Chain && c.Header is not null) ?? throw new ProofException($"there is no header of {shown.Chain}");
        var block = new BlockRef(ulong.TryParse(chain.Block, NumberStyles.None, CultureInfo.InvariantCulture, out var height) ? height : throw new FormatException($"'{chain.Block}' is no height"), Hash32.Parse(chain.BlockHash));
        var proof = new StorageProof(chain.Header!.Value, shown.Proof!.Value);
        var bridge = Address.Parse(chain.Bridge);
        var id = uint.TryParse(asset.AssetId, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new AssetId(number) : throw new FormatException($"'{asset.AssetId}' is no asset");
        return shown.Kind switch
        {
            "escrow" => ReserveSlots.Count(Word(bridge, ReserveSlots.Vault(id))),
            "supply" => ReserveSlots.Count(Word(Address.Parse(asset.Minted.First(minted => minted.Chain == shown.Chain).Token), ReserveSlots.Supply)),
            "balance" when asset.IsCoin => proof.Balance(block, bridge),
            "balance" => Reserves.Whole(Word(Address.Parse(asset.Token), ReserveSlots.Balance(shown.Layout ?? "", bridge) ?? throw new ProofException($"'{shown.Layout}' is no layout of balances"))),
            _ => throw new ProofException($"'{shown.Kind}' is nothing that is proven"),
        };

        Hash32 Word(Address account, Hash32 slot) => proof.Words(block, account, [slot])[0];
    }

    private static BigInteger Number(string text) =>
        BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw new FormatException($"'{text}' is no number of base units");
}

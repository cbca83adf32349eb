using System.Globalization;
using System.Numerics;
using Bridge.Core;

namespace Bridge.Evm;

/// <summary>
/// Where what a Bridge owes and has is stored: `_vault` in contracts/src/BridgeState.sol counts what is locked, and BridgedToken keeps its supply
/// where Solady does, each in the lower half of its word, beside a limit. A test holds this to the views of real contracts.
/// </summary>
public static class ReserveSlots
{
    private const ulong VaultMapping = 13;
    private const int MostTried = 20;

    private static readonly byte[] SupplySlot = Convert.FromHexString("05345cdf77eb68f44c");
    private static readonly byte[] SoladyBalances = Convert.FromHexString("87a211a2");
    private static readonly Hash32 OpenZeppelinBalances = Hash32.Parse("0x52c63247e1f47db19d5ce0460030c497f067ca4cebf71ba98eeadabe20bace00");

    /// <summary>The word that counts what is locked of an asset.</summary>
    public static Hash32 Vault(AssetId asset) => new AbiWords().Add(asset.Value).Add(VaultMapping).Hash();

    /// <summary>The word that counts a wrapped token's supply.</summary>
    public static Hash32 Supply { get; } = new([.. new byte[Hash32.Length - SupplySlot.Length], .. SupplySlot]);

    /// <summary>Base units in a word of either of the two above.</summary>
    public static BigInteger Count(Hash32 word) => new(word.ToArray().AsSpan(16), isUnsigned: true, isBigEndian: true);

    /// <summary>Names of the layouts in which tokens keep their balances, the most frequent first. Which one a token has no standard says.</summary>
    public static IReadOnlyList<string> Layouts { get; } = [.. Enumerable.Range(0, MostTried).Select(slot => $"mapping:{slot}"), "openzeppelin-5", "solady"];

    /// <summary>Where a token of the layout keeps an account's balance; null for an unknown name.</summary>
    public static Hash32? Balance(string layout, Address account) => layout switch
    {
        "solady" => Keccak256.Hash([.. account.ToArray(), .. new byte[8], .. SoladyBalances]),
        "openzeppelin-5" => new AbiWords().Add(account).Add(OpenZeppelinBalances).Hash(),
        _ when Layouts.Contains(layout) => new AbiWords().Add(account).Add(ulong.Parse(layout.AsSpan("mapping:".Length), CultureInfo.InvariantCulture)).Hash(),
        _ => null,
    };
}

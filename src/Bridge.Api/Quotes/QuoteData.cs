using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Quotes;

/// <summary>Everything that a quote is computed from, as it stood at one moment. From here on there is only arithmetic.</summary>
/// <param name="Routes">Every way of the asset, open or not.</param>
/// <param name="Underway">Base units on their way, by destination.</param>
/// <param name="Submitters">Chains on which a submitter works.</param>
/// <param name="Sender">Null if nobody asked or answered.</param>
internal sealed record QuoteData(
    QuoteRequest Request, DateTimeOffset Now, IReadOnlyDictionary<ChainId, ChainStateRow> Chains, IReadOnlyList<RouteRow> Routes,
    IReadOnlyDictionary<ChainId, AssetRow> Assets, IReadOnlyDictionary<Lane, ArrivalTimes> Times, IReadOnlyDictionary<ChainId, UInt128> Underway,
    IReadOnlyList<Halt> Halts, IReadOnlyDictionary<ChainId, ValidatorSet> Sets, IReadOnlySet<ChainId> Submitters, TokenSigningRow? Signing,
    AccountAnswer? Sender, AccountAnswer? Recipient, bool RecipientHasReceived, int MarginPercent, TimeSpan Stale)
{
    public RouteRow? Way(Lane lane) => Routes.FirstOrDefault(route => route.Lane() == lane);
}

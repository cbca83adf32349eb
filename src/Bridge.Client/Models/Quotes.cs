using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bridge.Client;

/// <param name="Amount">Base units.</param>
/// <param name="AmountType">exactInput (default): what leaves the sender, fees included. exactOutput: what arrives.</param>
/// <param name="Preference">cheapest (default), fastest or safest.</param>
/// <param name="GasPayer">user (default): the sender's own transactions. token: the sender signs and a submitter sends, for a fee in the token.</param>
/// <param name="Permit">auto (default), erc2612, erc3009, permit2 or none: what is signed in the place of an approval.</param>
/// <param name="TtlSeconds">30 to 3600. Default 300.</param>
public sealed record QuoteRequest(
    QuoteSource Source, QuoteDestination Destination,
    [property: JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)] UInt128 Amount,
    string? AmountType = null, string? Preference = null, string? GasPayer = null, string? Permit = null, QuoteCall? Call = null, int? TtlSeconds = null);

/// <param name="Chain">CAIP-2, or the number alone.</param>
/// <param name="Asset">The asset's id, its token's address on that chain, or CAIP-19.</param>
/// <param name="From">Who sends. Without it there is nothing to sign, and nothing is checked.</param>
public sealed record QuoteSource(string Chain, string Asset, string? From = null);

/// <param name="Asset">If given, it must be the source's.</param>
/// <param name="Recipient">Default: who sends.</param>
public sealed record QuoteDestination(string Chain, string? Asset = null, string? Recipient = null);

/// <summary>A call of the recipient, together with the tokens or not at all.</summary>
/// <param name="Data">At most 32 KiB of hex.</param>
/// <param name="GasLimit">Gas that it can count on, a decimal string up to 5,000,000.</param>
public sealed record QuoteCall(string Data, string GasLimit);

/// <param name="Routes">The best first.</param>
/// <param name="Rejected">What cannot be done now, and why.</param>
public sealed record Quote(string QuoteId, DateTimeOffset ExpiresAt, IReadOnlyList<Route> Routes, IReadOnlyList<RejectedRoute> Rejected);

/// <summary>One way to do it.</summary>
/// <param name="Score">100 for the best by the preference, and in proportion below.</param>
/// <param name="Input">What leaves the sender, all fees in the asset included.</param>
/// <param name="Output">What arrives: exactly this, there is no slippage.</param>
/// <param name="Total">Of the fees that are taken in the asset.</param>
/// <param name="Steps">In this order, each after the one before is mined.</param>
/// <param name="Calls">The same transactions as one wallet_sendCalls (EIP-5792); null where there is only one step, or something to sign.</param>
public sealed record Route(
    string RouteId, int Score, IReadOnlyList<string> Why, IReadOnlyList<RouteLeg> Legs, QuoteAmount Input, QuoteAmount Output, IReadOnlyList<RouteFee> Fees,
    QuoteAmount Total, RouteEta Eta, RouteSecurity Security, RouteHeadroom Headroom, IReadOnlyList<RouteWarning> Warnings, IReadOnlyList<RouteStep> Steps,
    WalletCalls? Calls);

public sealed record RouteLeg(string Source, string Destination, string Lane, string Recipient, UInt128 Amount, UInt128 Fee);

/// <param name="Amount">Base units.</param>
public sealed record QuoteAmount(string Asset, string AssetId, UInt128 Amount, string? Symbol, int? Decimals);

/// <param name="Kind">destinationGas: for whoever delivers. sourceGas: of the sender's transactions. submission: for whoever submits what was signed.</param>
/// <param name="Payer">sender: taken from the input. gas: paid by the sender in the chain's coin, and estimated.</param>
/// <param name="Minimum">What the contract asks at least.</param>
/// <param name="Cost">What the gas of doing it alone is worth now; null where nobody says what the coin is worth.</param>
/// <param name="MarginPercent">On top of the higher of the two.</param>
public sealed record RouteFee(string Kind, string Payer, string Asset, UInt128 Amount, UInt128? Minimum, UInt128? Cost, int? MarginPercent);

/// <summary>From the source's block to the destination's, in seconds. Null: none was measured yet.</summary>
public sealed record RouteEta(double? P50, double? P95, string Basis, DateTimeOffset? NotBefore);

/// <param name="Threshold">Signatures that are needed, of so many validators.</param>
public sealed record RouteSecurity(int Threshold, int Validators, ulong Epoch, string Finality);

/// <param name="SendableNow">Base units that can be sent now; null: no limit.</param>
/// <param name="DeliverableNow">Base units that would pass at the destination now, before what is underway.</param>
/// <param name="Underway">Base units underway to the destination, which take from the same bucket.</param>
/// <param name="FullAt">When the destination's bucket is full again if nobody takes from it.</param>
public sealed record RouteHeadroom(
    UInt128? SendableNow, DateTimeOffset? SendableFullAt, UInt128 DeliverableNow, UInt128 Underway, DateTimeOffset FullAt, UInt128 Capacity);

/// <param name="Severity">info, warning, or blocking: as things are, the first step would fail.</param>
public sealed record RouteWarning(string Code, string Severity, string Message);

/// <param name="Kind">transaction, typedData, or submit: see <see cref="BridgeClient.SubmitTransferAsync"/>.</param>
/// <param name="Value">Of the chain's coin, in wei.</param>
/// <param name="Append">signature: the v, r and s of the typed data before, as three words, complete the data.</param>
/// <param name="Intent">Of typed data for ERC-3009: the members of the intent whose digest is its nonce.</param>
public sealed record RouteStep(
    string Kind, string Chain, string Describe, string? To, string? Data, UInt128? Value, string? Append, TypedData? TypedData, SubmitStep? Submit,
    IReadOnlyDictionary<string, JsonElement>? Intent = null);

/// <summary>What eth_signTypedData_v4 takes.</summary>
public sealed record TypedData(
    IReadOnlyDictionary<string, IReadOnlyList<TypedField>> Types, string PrimaryType, IReadOnlyDictionary<string, JsonElement> Domain, IReadOnlyDictionary<string, JsonElement> Message)
{
    /// <summary>As a wallet takes it.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ApiJson.Default.TypedData);
}

public sealed record TypedField(string Name, string Type);

public sealed record SubmitStep(string Method, string Path, string QuoteId, string RouteId);

/// <summary>The parameter of wallet_sendCalls.</summary>
public sealed record WalletCalls(string Version, string ChainId, string From, bool AtomicRequired, IReadOnlyList<WalletCall> Calls);

/// <param name="Value">In wei, hex.</param>
public sealed record WalletCall(string To, string Data, string Value);

/// <param name="AvailableAt">When it may work, where that can be said.</param>
public sealed record RejectedRoute(string RouteId, string Code, string Message, DateTimeOffset? AvailableAt, UInt128? Min, UInt128? Max);

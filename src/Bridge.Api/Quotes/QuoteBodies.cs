namespace Bridge.Api.Quotes;

/// <param name="Chain">CAIP-2, or the number alone.</param>
/// <param name="Asset">The asset's id, its token's address on that chain, or CAIP-19.</param>
/// <param name="From">Who sends. Without it there is nothing to sign, and nothing is checked.</param>
public sealed record QuoteSourceBody(string? Chain, string? Asset, string? From = null);

/// <param name="Asset">If given, it must be the source's.</param>
/// <param name="Recipient">Default: who sends.</param>
public sealed record QuoteDestinationBody(string? Chain, string? Asset = null, string? Recipient = null);

/// <summary>A call of the recipient, together with the tokens or not at all.</summary>
/// <param name="Data">At most 32 KiB of hex.</param>
/// <param name="GasLimit">Gas that it can count on, at most 5,000,000.</param>
public sealed record QuoteCallBody(string? Data, string? GasLimit);

/// <param name="Amount">Base units as a decimal string.</param>
/// <param name="AmountType">exactInput (default): what leaves the sender, fees included. exactOutput: what arrives.</param>
/// <param name="Preference">cheapest (default), fastest or safest.</param>
/// <param name="GasPayer">user (default): the sender's own transactions. token: the sender signs and a submitter sends, for a fee in the token.</param>
/// <param name="Permit">auto (default), erc2612, erc3009, permit2 or none: what is signed in the place of an approval.</param>
/// <param name="TtlSeconds">30 to 3600. Default 300.</param>
public sealed record QuoteRequestBody(
    QuoteSourceBody? Source, QuoteDestinationBody? Destination, string? Amount, string? AmountType = null, string? Preference = null,
    string? GasPayer = null, string? Permit = null, QuoteCallBody? Call = null, int? TtlSeconds = null);

public sealed record QuoteBody(string QuoteId, string ExpiresAt, IReadOnlyList<RouteBody> Routes, IReadOnlyList<RejectedBody> Rejected);

/// <summary>One way to do it, the best first.</summary>
/// <param name="Score">100 for the best by the preference, and in proportion below.</param>
/// <param name="Input">What leaves the sender, all fees in the asset included.</param>
/// <param name="Output">What arrives: exactly this, there is no slippage.</param>
/// <param name="Total">Of the fees that are taken in the asset.</param>
/// <param name="Steps">In this order, each after the one before is mined.</param>
/// <param name="Calls">The same transactions as one wallet_sendCalls (EIP-5792); absent where there is only one step, or something to sign.</param>
public sealed record RouteBody(
    string RouteId, int Score, IReadOnlyList<string> Why, IReadOnlyList<LegBody> Legs, QuoteAmountBody Input, QuoteAmountBody Output,
    IReadOnlyList<FeeBody> Fees, QuoteAmountBody Total, EtaBody Eta, SecurityBody Security, HeadroomBody Headroom,
    IReadOnlyList<WarningBody> Warnings, IReadOnlyList<StepBody> Steps, CallsBody? Calls);

public sealed record LegBody(string Source, string Destination, string Lane, string Recipient, string Amount, string Fee);

public sealed record QuoteAmountBody(string Asset, string AssetId, string Amount, string? Symbol, int? Decimals);

/// <param name="Kind">destinationGas: for whoever delivers. sourceGas: of the sender's transactions. submission: for whoever submits what was signed.</param>
/// <param name="Payer">sender: taken from the input. gas: paid by the sender in the chain's coin, and estimated.</param>
/// <param name="Minimum">What the contract asks at least.</param>
/// <param name="Cost">What the gas of doing it alone is worth now; absent where nobody says what the coin is worth.</param>
/// <param name="MarginPercent">On top of the higher of the two.</param>
public sealed record FeeBody(string Kind, string Payer, string Asset, string Amount, string? Minimum, string? Cost, int? MarginPercent);

/// <summary>From the source's block to the destination's, in seconds. Absent times: none was measured yet.</summary>
public sealed record EtaBody(double? P50, double? P95, string Basis, string? NotBefore);

/// <param name="Threshold">Signatures that are needed, of so many validators.</param>
public sealed record SecurityBody(int Threshold, int Validators, string Epoch, string Finality);

/// <param name="SendableNow">Base units that can be sent now; absent: no limit.</param>
/// <param name="DeliverableNow">Base units that would pass at the destination now, before what is underway.</param>
/// <param name="Underway">Base units underway to the destination, which take from the same bucket.</param>
/// <param name="FullAt">When the destination's bucket is full again if nobody takes from it.</param>
public sealed record HeadroomBody(string? SendableNow, string? SendableFullAt, string DeliverableNow, string Underway, string FullAt, string Capacity);

/// <param name="Severity">info, warning, or blocking: as things are, the first step would fail.</param>
public sealed record WarningBody(string Code, string Severity, string Message);

/// <param name="Kind">transaction, typedData, or submit: POST it to this API.</param>
/// <param name="Append">signature: the v, r and s of the typed data before, as three words, complete the data.</param>
/// <param name="Intent">Of typed data for ERC-3009: the members of the intent whose digest is its nonce, so that the signer can compute it.</param>
public sealed record StepBody(
    string Kind, string Chain, string Describe, string? To = null, string? Data = null, string? Value = null, string? Append = null,
    TypedDataBody? TypedData = null, SubmitBody? Submit = null, IReadOnlyDictionary<string, object>? Intent = null);

/// <summary>What eth_signTypedData_v4 takes.</summary>
public sealed record TypedDataBody(
    IReadOnlyDictionary<string, IReadOnlyList<TypedFieldBody>> Types, string PrimaryType, IReadOnlyDictionary<string, object> Domain, IReadOnlyDictionary<string, object> Message);

public sealed record TypedFieldBody(string Name, string Type);

public sealed record SubmitBody(string Method, string Path, string QuoteId, string RouteId);

/// <summary>The parameter of wallet_sendCalls.</summary>
public sealed record CallsBody(string Version, string ChainId, string From, bool AtomicRequired, IReadOnlyList<WalletCallBody> Calls);

public sealed record WalletCallBody(string To, string Data, string Value);

/// <param name="AvailableAt">When it may work, where that can be said.</param>
public sealed record RejectedBody(string RouteId, string Code, string Message, string? AvailableAt = null, string? Min = null, string? Max = null);

using System.Text.Json.Serialization;

namespace Bridge.Client;

/// <param name="Kind">What the text could be read as: hash, account, chain or lane.</param>
public sealed record SearchResult(string Query, string Kind, IReadOnlyList<Match> Matches);

/// <param name="Type">transfer, sourceTransaction, destinationTransaction, lane, account, validator, bridge, gateway, token or chain.</param>
/// <param name="Link">Where more of it is.</param>
public sealed record Match(string Type, string Id, string? Chain, string Link, string Describe);

public sealed record ValidatorList(IReadOnlyList<ValidatorSet> Sets);

public sealed record ValidatorSet(string Chain, string Bridge, ulong Epoch, int Threshold, IReadOnlyList<Validator> Validators);

/// <param name="Address">Of the validator's key.</param>
/// <param name="Index">Its bit in a certificate of this epoch.</param>
/// <param name="Signed">Of the checkpoints that were certified in the last day, those that carry its signature.</param>
/// <param name="Missed">Those that were certified without it.</param>
/// <param name="Uptime">Signed as a share of both; null where nothing was certified.</param>
/// <param name="P95DelaySeconds">After the first signature over the same checkpoint.</param>
/// <param name="Excluded">It was caught signing something false, and counts no more.</param>
public sealed record Validator(
    [property: JsonPropertyName("validator")] string Address, int Index, long Signed, long Missed, double? Uptime, double? P95DelaySeconds, DateTimeOffset? LastSignedAt, bool Excluded);

public sealed record Stats(ulong Sent, ulong Delivered, IReadOnlyList<LaneStats> Lanes, DateTimeOffset AsOf);

/// <param name="Sent">Transfers ever.</param>
/// <param name="Delivered">Of them, up to which the destination has taken.</param>
public sealed record LaneStats(string Lane, ulong Sent, ulong Delivered, ulong Underway, LaneTime? Times, IReadOnlyList<Volume> LastDay);

/// <param name="SuccessRate">What arrived as a share of what has ended; null where nothing has.</param>
public sealed record Volume(string AssetId, string? Symbol, int? Decimals, long Transfers, UInt128 Amount, double? SuccessRate);

/// <param name="State">ok, or what is the worst of the parts: degraded or down.</param>
public sealed record ServiceStatus(
    [property: JsonPropertyName("status")] string State, DateTimeOffset AsOf, IReadOnlyList<Chain> Chains, IReadOnlyList<LaneState> Lanes, IReadOnlyList<Part> Components,
    IReadOnlyList<Incident> Incidents);

/// <param name="State">open, paused, halted or closed.</param>
public sealed record LaneState(string Lane, string State, string? Reason);

/// <summary>A part of the relayer.</summary>
public sealed record Part(string Component, string State, DateTimeOffset BeatenAt);

/// <param name="Code">Stable.</param>
public sealed record Incident(string Lane, string Code, string Reason, DateTimeOffset Since);

/// <param name="Status">ok or stalled.</param>
public sealed record Health(string Status, IReadOnlyList<HealthComponent> Components);

/// <param name="State">ok or stalled.</param>
public sealed record HealthComponent(string Component, string State, string? Detail, DateTimeOffset? BeatenAt, DateTimeOffset? Since = null);

/// <summary>One kind of error: what a program matches on, and what a person does about it.</summary>
/// <param name="Code">Stable.</param>
/// <param name="Playbook">What it means and what to do.</param>
public sealed record ProblemKind(string Code, int Status, string Title, bool Retryable, string Playbook);

/// <param name="Amount">Base units.</param>
public sealed record RewardFee(string AssetId, string? Symbol, int? Decimals, UInt128 Amount);

/// <param name="Day">UTC, as yyyy-MM-dd.</param>
/// <param name="EarnedWei">The fees in wei of the destination's coin, by the prices of their moment; fees without a price are left out.</param>
/// <param name="ProfitWei">Earned less spent; may be negative.</param>
/// <param name="Unpriced">Deliveries whose fees have no price.</param>
public sealed record RewardDay(
    string Lane, string Day, string Account, long Transactions, long Messages, IReadOnlyList<RewardFee> Fees, UInt128 EarnedWei, UInt128 SpentWei, string ProfitWei, long Unpriced);

public sealed record RewardList(IReadOnlyList<RewardDay> Days, DateTimeOffset AsOf);

namespace Bridge.Api.Standing;

/// <param name="Index">The validator's bit in a certificate of this epoch.</param>
/// <param name="Signed">Of the checkpoints that were certified in the last day, those that carry its signature.</param>
/// <param name="Missed">Those that were certified without it.</param>
/// <param name="Uptime">Signed as a share of both; absent where nothing was certified.</param>
/// <param name="P95DelaySeconds">After the first signature over the same checkpoint.</param>
/// <param name="Excluded">It was caught signing something false, and counts no more.</param>
public sealed record ValidatorBody(
    string Validator, int Index, long Signed, long Missed, double? Uptime, double? P95DelaySeconds, string? LastSignedAt, bool Excluded);

public sealed record ValidatorSetBody(string Chain, string Bridge, string Epoch, int Threshold, IReadOnlyList<ValidatorBody> Validators);

public sealed record ValidatorListBody(IReadOnlyList<ValidatorSetBody> Sets);

/// <param name="Sent">Transfers ever.</param>
/// <param name="Delivered">Of them, up to which the destination has taken.</param>
/// <param name="Times">From the block that sent to the block that paid.</param>
public sealed record LaneStatsBody(string Lane, string Sent, string Delivered, string Underway, Directory.LaneTimeBody? Times, IReadOnlyList<VolumeBody> LastDay);

/// <param name="SuccessRate">What arrived as a share of what has ended; absent where nothing has.</param>
public sealed record VolumeBody(string AssetId, string? Symbol, int? Decimals, long Transfers, string Amount, double? SuccessRate);

public sealed record StatsBody(string Sent, string Delivered, IReadOnlyList<LaneStatsBody> Lanes, string AsOf);

/// <param name="Status">ok, or what is the worst of the parts: degraded or down.</param>
public sealed record StatusBody(
    string Status, string AsOf, IReadOnlyList<Directory.ChainBody> Chains, IReadOnlyList<LaneStateBody> Lanes, IReadOnlyList<PartBody> Components, IReadOnlyList<IncidentBody> Incidents);

/// <param name="State">open, paused, halted or closed.</param>
public sealed record LaneStateBody(string Lane, string State, string? Reason);

/// <summary>A part of this relayer. Why one stalls is its operator's to read.</summary>
public sealed record PartBody(string Component, string State, string BeatenAt);

/// <param name="Code">Stable.</param>
public sealed record IncidentBody(string Lane, string Code, string Reason, string Since);

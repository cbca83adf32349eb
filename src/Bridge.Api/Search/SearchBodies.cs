namespace Bridge.Api.Search;

/// <param name="Kind">What the text could be read as: hash, account, chain or lane.</param>
public sealed record SearchBody(string Query, string Kind, IReadOnlyList<MatchBody> Matches);

/// <param name="Type">transfer, sourceTransaction, destinationTransaction, lane, account, validator, bridge, gateway, token or chain.</param>
/// <param name="Link">Where more of it is.</param>
/// <param name="Describe">In words.</param>
public sealed record MatchBody(string Type, string Id, string? Chain, string Link, string Describe);

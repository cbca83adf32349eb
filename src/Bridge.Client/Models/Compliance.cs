namespace Bridge.Client;

/// <summary>References to what is kept elsewhere, told by the audit log for ever: never a name, nor anything else of a person.</summary>
/// <param name="TravelRuleRef">A UUID, or 32 to 64 hex digits without 0x, in lower case.</param>
/// <param name="Ivms101Hash">0x and 64 hex digits, of an IVMS101 payload with a random salt.</param>
/// <param name="Screening">At most 20. Empty, with nothing else: takes back what was attached before.</param>
public sealed record ComplianceAttachment(string? TravelRuleRef = null, string? Ivms101Hash = null, IReadOnlyList<Screening>? Screening = null);

/// <summary>What a provider answered, in codes.</summary>
/// <param name="RequestId">The provider's, opaque: a UUID, or 32 to 64 hex digits without 0x, in lower case.</param>
/// <param name="Type">none, indirect or direct.</param>
/// <param name="Result">clear, review or blocked.</param>
/// <param name="At">When the provider was asked.</param>
/// <param name="List">Such as OFAC-SDN.</param>
/// <param name="Category">Such as stolen_funds.</param>
/// <param name="Score">A decimal text; what it counts is the provider's.</param>
public sealed record Screening(
    string Provider, string RequestId, string Type, string Result, DateTimeOffset At, string? List = null, string? Category = null, string? Score = null);

/// <param name="AttachedBy">The id of the API key.</param>
public sealed record ComplianceReference(
    string Id, string TransferId, string AttachedBy, DateTimeOffset AttachedAt, string? TravelRuleRef, string? Ivms101Hash, IReadOnlyList<Screening> Screening);

/// <param name="References">Newest first: the first one counts.</param>
public sealed record ComplianceList(IReadOnlyList<ComplianceReference> References);

namespace Bridge.Api.Compliance;

/// <summary>References to what is kept elsewhere. They take the place of what was attached before, as a whole.</summary>
/// <param name="TravelRuleRef">The exchange of travel rule data, by its opaque id.</param>
/// <param name="Ivms101Hash">0x and 64 hex digits, of an IVMS101 payload with a random salt.</param>
/// <param name="Screening">At most 20.</param>
public sealed record AttachComplianceBody(string? TravelRuleRef = null, string? Ivms101Hash = null, IReadOnlyList<ScreeningBody>? Screening = null);

/// <param name="RequestId">The provider's, opaque.</param>
/// <param name="Type">none, indirect or direct.</param>
/// <param name="Result">clear, review or blocked.</param>
/// <param name="At">When the provider was asked, RFC 3339 with a zone.</param>
/// <param name="List">Of the list that matched.</param>
/// <param name="Score">A decimal text; what it counts is the provider's.</param>
public sealed record ScreeningBody(
    string Provider, string RequestId, string Type, string Result, string At, string? List = null, string? Category = null, string? Score = null);

/// <param name="AttachedBy">The id of the API key.</param>
public sealed record ComplianceReferenceBody(
    string Id, string TransferId, string AttachedBy, string AttachedAt, string? TravelRuleRef, string? Ivms101Hash, IReadOnlyList<ScreeningBody> Screening);

/// <param name="References">Newest first: the first one counts.</param>
public sealed record ComplianceListBody(IReadOnlyList<ComplianceReferenceBody> References);

namespace Bridge.Core;

/// <summary>What is attached to a transfer of what its integrator's compliance tools keep: references, and never the personal data behind them.</summary>
/// <param name="TravelRuleRef">As <see cref="CodeForm.OpaqueId"/>.</param>
/// <param name="Ivms101Hash">Of a payload that is kept elsewhere.</param>
/// <param name="Screenings">At most <see cref="MostScreenings"/>.</param>
public sealed record ComplianceReference(string? TravelRuleRef, Hash32? Ivms101Hash, IReadOnlyList<Screening> Screenings)
{
    public const int MostScreenings = 20;
}

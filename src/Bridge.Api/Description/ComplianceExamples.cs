using Bridge.Api.Compliance;
using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Description;

internal static class ComplianceExamples
{
    private static readonly AttachedReference Attached = new(
        17, Sample.Transfer.MessageId, new Guid("01900000-0000-7000-8000-000000000003"), SampleDirectory.Now,
        new ComplianceReference(
            "6f1f9a3e-6f0c-4d5e-9a53-0f3c8f7a9b11", Sample.Hash("payload"),
            [new Screening("chainalysis", "0190a1b2-0000-7000-8000-000000000002", ScreeningType.Indirect, ScreeningResult.Review, SampleDirectory.Now, "OFAC-SDN", "sanctions", "0.35")]));

    private static readonly ComplianceReferenceBody Shown = ComplianceMapper.ToBody(Attached);

    public static readonly AttachComplianceBody Request = new(Shown.TravelRuleRef, Shown.Ivms101Hash, Shown.Screening);

    public static readonly IReadOnlyDictionary<string, object> Answers = new Dictionary<string, object>
    {
        ["AttachCompliance"] = Shown,
        ["ListCompliance"] = new ComplianceListBody([Shown]),
    };
}

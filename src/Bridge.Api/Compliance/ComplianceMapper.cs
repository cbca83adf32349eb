using System.Globalization;
using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Compliance;

internal static class ComplianceMapper
{
    public static ComplianceReferenceBody ToBody(AttachedReference attached) => new(
        attached.Id.ToString(CultureInfo.InvariantCulture), attached.MessageId.ToString(), attached.KeyId.ToString(), Format.Time(attached.AttachedAt),
        attached.Reference.TravelRuleRef, attached.Reference.Ivms101Hash?.ToString(), [.. attached.Reference.Screenings.Select(ToBody)]);

    public static ScreeningBody ToBody(Screening screening) => new(
        screening.Provider, screening.RequestId, CodeWord.Of(screening.Type), CodeWord.Of(screening.Result), Format.Time(screening.At), screening.List, screening.Category, screening.Score);
}

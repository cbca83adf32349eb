using Bridge.Api.Transfers;
using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Submissions;

internal static class IntentMapper
{
    public static IntentBody ToBody(Errand errand, Hash32? transaction)
    {
        var transfer = errand.MessageId is { } id ? $"/v1/transfers/{id}" : null;
        return new IntentBody(
            errand.Id.ToString(), errand.Kind.ToString().ToLowerInvariant(), Name(errand.Status), errand.Status is ErrandStatus.Mined or ErrandStatus.Final ? null : errand.Detail,
            Format.Caip2(errand.Chain), transaction?.ToString(), errand.MessageId?.ToString(), Format.Time(errand.CreatedAt), Format.Time(errand.UpdatedAt),
            new IntentLinksBody($"/v1/intents/{errand.Id}", transfer));
    }

    private static string Name(ErrandStatus status) => status switch
    {
        ErrandStatus.Accepted => "ACCEPTED",
        ErrandStatus.Signed or ErrandStatus.Broadcast => "SUBMITTED",
        ErrandStatus.Mined => "INCLUDED",
        ErrandStatus.Final => "FINAL",
        ErrandStatus.Refused => "REFUSED",
        _ => "FAILED",
    };
}

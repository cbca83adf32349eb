using System.Globalization;
using System.Text.Json;
using Bridge.Api.Transfers;
using Bridge.Store;

namespace Bridge.Api.Webhooks;

/// <summary>What a webhook is told.</summary>
internal static class WebhookEnvelope
{
    public const string StageType = "bridge.transfer.stage";
    private const string TestType = "bridge.test";

    public static string Of(Untold untold, JsonSerializerOptions json)
    {
        var (transfer, change) = (untold.MessageId.ToString(), untold.Transition);
        return JsonSerializer.Serialize(new EventBody(
            "1.0", untold.TransitionId.ToString(CultureInfo.InvariantCulture), "/v1/transfers", StageType, transfer, Format.Time(change.At),
            new EventDataBody(transfer, change.Event, change.From, change.To, change.Detail)), json);
    }

    public static string Test(Guid id, DateTimeOffset at, JsonSerializerOptions json) => JsonSerializer.Serialize(new EventBody(
        "1.0", id.ToString(), "/v1/webhooks", TestType, id.ToString(), Format.Time(at), new EventDataBody(id.ToString(), "Test", null, "Test", "nothing happened: this is a test")), json);
}

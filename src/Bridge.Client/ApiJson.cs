using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bridge.Client;

/// <summary>How bodies are read and written, without reflection. Numbers that JSON cannot hold come as strings.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, NumberHandling = JsonNumberHandling.AllowReadingFromString,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ChainList))]
[JsonSerializable(typeof(AssetList))]
[JsonSerializable(typeof(TokenList))]
[JsonSerializable(typeof(LaneList))]
[JsonSerializable(typeof(QuoteRequest))]
[JsonSerializable(typeof(Quote))]
[JsonSerializable(typeof(TransferPage))]
[JsonSerializable(typeof(IReadOnlyList<Transition>))]
[JsonSerializable(typeof(TransferSubmission))]
[JsonSerializable(typeof(Submitted))]
[JsonSerializable(typeof(Intent))]
[JsonSerializable(typeof(Retry))]
[JsonSerializable(typeof(TransferAttestation))]
[JsonSerializable(typeof(OfferedAttestation))]
[JsonSerializable(typeof(AcceptedAttestation))]
[JsonSerializable(typeof(SearchResult))]
[JsonSerializable(typeof(ValidatorList))]
[JsonSerializable(typeof(Stats))]
[JsonSerializable(typeof(RewardList))]
[JsonSerializable(typeof(ServiceStatus))]
[JsonSerializable(typeof(Health))]
[JsonSerializable(typeof(IReadOnlyList<ProblemKind>))]
[JsonSerializable(typeof(WebhookRequest))]
[JsonSerializable(typeof(WebhookList))]
[JsonSerializable(typeof(WebhookLog))]
[JsonSerializable(typeof(WebhookSent))]
[JsonSerializable(typeof(WebhookEvent))]
[JsonSerializable(typeof(ChangeEvent))]
[JsonSerializable(typeof(PaymasterRequest))]
[JsonSerializable(typeof(PaymasterAnswer))]
[JsonSerializable(typeof(Problem))]
internal sealed partial class ApiJson : JsonSerializerContext;

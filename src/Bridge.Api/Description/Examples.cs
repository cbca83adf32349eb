using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Api.Health;
using Bridge.Api.Problems;
using Bridge.Api.Transfers;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace Bridge.Api.Description;

/// <summary>Examples on every operation of the published description: of each parameter, of what is sent, and of what comes back on success.</summary>
internal static class Examples
{
    private static readonly Dictionary<string, object> Answers = new(DirectoryExamples.Answers.Concat(StandingExamples.Answers).Concat(AuditExamples.Answers).Concat(AuditLogExamples.Answers).Concat(ComplianceExamples.Answers))
    {
        ["GetTransfer"] = TransferMapper.ToBody(Sample.Scene, withCalls: true),
        ["ListTransfers"] = new TransferListBody([TransferMapper.ToBody(Sample.Scene, withCalls: false)], "AAECAwQFBgcICQoLDA0ODw"),
        ["GetTransferEvents"] = new[] { TransferMapper.ToBody(Sample.Transition) },
        ["FollowTransfers"] = Streams.ChangeEventBody.Of(Sample.Transition, Sample.Transfer.MessageId, Sample.Transfer.Lane, Sample.Transfer.Sequence),
        ["GetTransferAttestation"] = Sample.Signed,
        ["ListProblems"] = new[] { ProblemKind.TransferNotIndexed },
        ["OfferAttestation"] = new Attestations.AcceptedBody("17", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"),
        ["Live"] = new HealthBody("ok", []),
        ["Ready"] = new HealthBody("ok", [new ComponentBody("database", "ok", null, null), new ComponentBody("watch 8453", "ok", null, "2026-01-02T03:04:05.000000Z")]),
        ["GetProblem"] = ProblemKind.TransferNotIndexed,
    };

    private static readonly Attestations.OfferedAttestationBody Attestation = new(
        new Attestations.OfferedLaneBody(8453, 10), Sample.Hash("lane").ToString(), 42, Sample.Hash("message").ToString(), 1, "0x" + new string('5', 128));

    /// <summary>By name, and where a name means different things by the operation's tag.</summary>
    private static readonly Dictionary<(string Name, string Tag), JsonNode> Parameters = new()
    {
        [("id", "Transfers")] = Sample.Transfer.MessageId.ToString(), [("id", "Intents")] = WriteExamples.QuoteId.ToString(), [("id", "Webhooks")] = WriteExamples.QuoteId.ToString(),
        [("delivery", "")] = WriteExamples.QuoteId.ToString(), [("chain", "")] = "eip155:8453", [("lane", "")] = "8453:10", [("code", "")] = ProblemKind.TransferNotIndexed.Code,
        [("id", "Audit log")] = WriteExamples.QuoteId.ToString(), [("from", "Audit log")] = "0", [("transferId", "")] = Sample.Transfer.MessageId.ToString(), [("logIndex", "")] = 7, [("limit", "")] = 50, [("account", "")] = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", [("q", "")] = Sample.Transfer.MessageId.ToString(),
    };

    public static Task AddAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        var json = Json(context);
        var name = operation.OperationId ?? throw new InvalidOperationException($"{context.Description.RelativePath} has no name: give it one by WithName, and an example here.");
        foreach (var (status, response) in operation.Responses ?? [])
            if (status.StartsWith('2') && response.Content is { Count: > 0 }) Put(response.Content, Node(WriteExamples.Answers.GetValueOrDefault(name) ?? Answers[name], json));
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>().Where(parameter => parameter.Example is null))
            parameter.Example = (Parameters.GetValueOrDefault((parameter.Name ?? "", operation.Tags?.FirstOrDefault()?.Name ?? "")) ?? Parameters.GetValueOrDefault((parameter.Name ?? "", "")))?.DeepClone()
                ?? throw new InvalidOperationException($"{name}: the parameter {parameter.Name} has no example here.");
        if (operation.RequestBody is { } request) Put(request.Content, Node(WriteExamples.Requests.GetValueOrDefault(name) ?? AuditLogExamples.Requests.GetValueOrDefault(name, Attestation), json));
        return Task.CompletedTask;
    }

    /// <summary>What a stream tells, for operations that answer with one as well.</summary>
    public static JsonNode Change(OpenApiOperationTransformerContext context) => Node(Answers["FollowTransfers"], Json(context));

    private static JsonSerializerOptions Json(OpenApiOperationTransformerContext context) =>
        context.ApplicationServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;

    private static JsonNode Node(object value, JsonSerializerOptions json) => JsonSerializer.SerializeToNode(value, value.GetType(), json)!;

    private static void Put(IDictionary<string, OpenApiMediaType>? content, JsonNode example)
    {
        foreach (var media in content?.Values ?? []) media.Example = example.DeepClone();
    }
}

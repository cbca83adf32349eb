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

/// <summary>An example on every operation of the published description: of what is sent, and of what comes back on success.</summary>
internal static class Examples
{
    private static readonly Dictionary<string, object> Answers = new(DirectoryExamples.Answers.Concat(StandingExamples.Answers))
    {
        ["GetTransfer"] = TransferMapper.ToBody(Sample.Scene, withCalls: true),
        ["ListTransfers"] = new TransferListBody([TransferMapper.ToBody(Sample.Scene, withCalls: true)], "AAECAwQFBgcICQoLDA0ODw"),
        ["GetTransferEvents"] = new[] { TransferMapper.ToBody(Sample.Transition) },
        ["FollowTransfers"] = Streams.ChangeEventBody.Of(Sample.Transition, Sample.Transfer.MessageId, Sample.Transfer.Lane, Sample.Transfer.Sequence),
        ["GetTransferAttestation"] = Sample.Signed,
        ["ListProblems"] = new[] { ProblemKind.TransferNotIndexed },
        ["OfferAttestation"] = new Attestations.AcceptedBody("17", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"),
        ["Live"] = new HealthBody("ok", []),
        ["Ready"] = new HealthBody("ok", [new ComponentBody("database", "ok", null, null), new ComponentBody("watch 8453", "ok", null, "2026-01-02T03:04:05.000000Z")]),
        ["GetProblem"] = ProblemKind.TransferNotIndexed,
    };

    private static readonly Attestations.AttestationBody Attestation = new(
        new Attestations.LaneBody(8453, 10), Sample.Hash("lane").ToString(), 42, Sample.Hash("message").ToString(), 1, "0x" + new string('5', 128));

    public static Task AddAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        var json = context.ApplicationServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var name = operation.OperationId ?? throw new InvalidOperationException($"{context.Description.RelativePath} has no name: give it one by WithName, and an example here.");
        foreach (var (status, response) in operation.Responses ?? [])
            if (status.StartsWith('2') && response.Content is { Count: > 0 }) Put(response.Content, Node(WriteExamples.Answers.GetValueOrDefault(name) ?? Answers[name], json));
        if (operation.RequestBody is { } request) Put(request.Content, Node(WriteExamples.Requests.GetValueOrDefault(name, Attestation), json));
        return Task.CompletedTask;
    }

    private static JsonNode Node(object value, JsonSerializerOptions json) => JsonSerializer.SerializeToNode(value, value.GetType(), json)!;

    private static void Put(IDictionary<string, OpenApiMediaType>? content, JsonNode example)
    {
        foreach (var media in content?.Values ?? []) media.Example = example.DeepClone();
    }
}

using System.Globalization;
using Bridge.Api.Problems;
using Bridge.Core;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Bridge.Api.Attestations;

internal static class AttestationEndpoints
{
    public static void MapAttestations(this IEndpointRouteBuilder app) => app.MapPost("/v1/attestations", PostAsync).WithName("OfferAttestation").WithTags("Attestations")
        .WithSummary("Hands in a validator's attestation.")
        .WithDescription("An attestation proves itself, so no key is needed. It is verified here, and again by the relayer against the chain. Handing it in twice is harmless.")
        .Accepts<OfferedAttestationBody>("application/json").Produces<AcceptedBody>(StatusCodes.Status202Accepted)
        .ProducesProblem(400).ProducesProblem(409).ProducesProblem(415).ProducesProblem(422).ProducesProblem(429).ProducesProblem(503);

    private static async Task<IResult> PostAsync(HttpContext context, AttestationIntake intake, IOptions<JsonOptions> json, CancellationToken ct)
    {
        var (body, refusal) = await JsonBody.ReadAsync<OfferedAttestationBody>(context, json.Value, ct);
        if (refusal is not null) return refusal;
        var errors = Errors(body);
        if (errors.Count > 0) return ProblemKind.ValidationFailed.Result(context, "A field cannot be used.", ("errors", errors));

        var verdict = await intake.TakeAsync(Read(body!), ct);
        return verdict.Problem is { } problem
            ? problem.Result(context, verdict.Detail)
            : Results.Accepted(null, new AcceptedBody(verdict.Id.ToString(CultureInfo.InvariantCulture), verdict.Validator.ToString()));
    }

    private static Dictionary<string, string[]> Errors(OfferedAttestationBody? body)
    {
        var errors = new Dictionary<string, string[]>();
        if (body?.Lane is not { Source: > 0 and <= long.MaxValue, Destination: > 0 and <= long.MaxValue }) errors["lane"] = ["source and destination must be chain ids."];
        if (!Hash32.TryParse(body?.LaneId, out _)) errors["laneId"] = ["Expected 0x and 64 hex digits."];
        if (!Hash32.TryParse(body?.RollingHash, out _)) errors["rollingHash"] = ["Expected 0x and 64 hex digits."];
        if (body?.Sequence is not (> 0 and <= long.MaxValue)) errors["sequence"] = ["A sequence counts from 1."];
        if (body?.Epoch is not (> 0 and <= long.MaxValue)) errors["epoch"] = ["An epoch counts from 1."];
        if (!Hex.TryParse(body?.Signature, out var signature) || signature.Length != CompactSignature.Length) errors["signature"] = ["Expected 0x and 128 hex digits: 64 bytes, EIP-2098."];
        return errors;
    }

    private static Attestation Read(OfferedAttestationBody body) => new(
        new Lane(new ChainId(body.Lane.Source), new ChainId(body.Lane.Destination)),
        new Checkpoint(Hash32.Parse(body.LaneId), new Sequence(body.Sequence), Hash32.Parse(body.RollingHash)),
        new Epoch(body.Epoch), new CompactSignature(Hex.Parse(body.Signature)));
}

using System.Globalization;
using Bridge.Api.Problems;
using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Transfers;

/// <summary>Signatures and calldata: with them anybody finishes a transfer without this relayer.</summary>
internal static class SignedCheckpointEndpoint
{
    private static readonly Dictionary<string, IReadOnlyList<TypedMemberBody>> Types = new()
    {
        ["EIP712Domain"] = [new("name", "string"), new("version", "string"), new("chainId", "uint256"), new("verifyingContract", "address")],
        ["Checkpoint"] = [new("epoch", "uint64"), new("lane", "bytes32"), new("sequence", "uint64"), new("rollingHash", "bytes32")],
    };

    public static void MapSignedCheckpoints(this IEndpointRouteBuilder app) => app.MapGet("/v1/transfers/{id}/attestation", GetAsync)
        .WithName("GetTransferAttestation").WithTags("Transfers")
        .WithSummary("The validators' signatures over the transfer, and the call with which anybody delivers or retries it.")
        .Produces<SignedCheckpointBody>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(503);

    private static async Task<IResult> GetAsync(
        string id, int? logIndex, TransferLookup lookup, DirectoryStore directory, DeliveryQueries deliveries, DeliveryCalls calls, HttpContext context, CancellationToken ct)
    {
        var (view, problem) = await lookup.FindAsync(id, logIndex, context, ct);
        if (view is null) return problem!;
        if (await directory.CurrentSetAsync(view.Lane.Destination, ct) is not { } current)
            return ProblemKind.Unavailable.Result(context, $"The validator set of chain {view.Lane.Destination} has not been read yet.");
        var scene = await lookup.SceneAsync(view, ct);
        if (view.Status is TransferStatus.Observed or TransferStatus.Orphaned || await deliveries.CoveringAsync(view.Lane, view.Sequence, current.Set.Epoch, ct) is not { } signed)
            return ProblemKind.NotSignedYet.Result(context, WaitingReason.Of(scene) ?? "No validator's signature covers it here.");
        var set = signed.Epoch == current.Set.Epoch ? current.Set : await directory.SetAsync(view.Lane.Destination, signed.Epoch, ct) ?? current.Set;
        var (call, after) = await CallAsync(scene, current.Set.Epoch, calls, ct);
        context.Response.Headers.CacheControl = "no-cache";
        return Results.Json(ToBody(scene, signed, set, new Eip712Domain(view.Lane.Destination, current.Bridge), call, after));
    }

    private static async Task<(CallBody? Call, int After)> CallAsync(TransferScene scene, Epoch epoch, DeliveryCalls calls, CancellationToken ct)
    {
        var view = scene.View;
        if (view.Status is TransferStatus.Deferred) return (NextAction.Of(scene, withCalls: true).Call, 0);
        if (!scene.IsUnderway || await calls.NextAsync(view, epoch, ct) is not { } next) return (null, 0);
        var describe = string.Create(CultureInfo.InvariantCulture, $"Delivers messages {next.First} to {next.Last} of lane {view.Lane}; their fees go to whoever sends this.");
        return (new CallBody(Format.Caip2(view.Lane.Destination), view.DestinationBridge!.Value.ToString(), Hex.Format(next.Data), "0", describe), next.After);
    }

    internal static SignedCheckpointBody ToBody(TransferScene scene, SignedCheckpoint signed, ValidatorSet set, Eip712Domain domain, CallBody? call, int after)
    {
        var (view, checkpoint) = (scene.View, signed.Checkpoint);
        return new SignedCheckpointBody(
            view.MessageId.ToString(), $"{view.Lane.Source}-{view.Lane.Destination}", checkpoint.LaneId.ToString(),
            new CheckpointBody(checkpoint.Sequence.ToString(), checkpoint.RollingHash.ToString()), checkpoint.Digest(domain, signed.Epoch).ToString(),
            new TypedCheckpointBody(
                new TypedDomainBody(domain.Name, domain.Version, domain.Chain.ToString(), domain.VerifyingContract.ToString()), "Checkpoint", Types,
                new TypedMessageBody(signed.Epoch.ToString(), checkpoint.LaneId.ToString(), checkpoint.Sequence.ToString(), checkpoint.RollingHash.ToString())),
            signed.Epoch.ToString(), set.Threshold,
            [.. signed.Signatures.Select(s => new ValidatorSignatureBody(s.Validator.ToString(), set.IndexOf(s.Validator), s.Signature.ToString(), Format.Time(s.At)))],
            signed.Certificate is { } certificate
                ? new CertificateBody(certificate.Epoch.ToString(), certificate.Signers.ToString(CultureInfo.InvariantCulture), Hex.Format(certificate.Signatures)) : null,
            call, after, WaitingReason.Of(scene));
    }
}

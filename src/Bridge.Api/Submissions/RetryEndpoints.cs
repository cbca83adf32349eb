using Bridge.Api.Idempotency;
using Bridge.Api.Keys;
using Bridge.Api.Problems;
using Bridge.Api.Transfers;
using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Submissions;

internal static class RetryEndpoints
{
    public static void MapRetries(this IEndpointRouteBuilder app) => app.MapPost("/v1/transfers/{id}/retries", PostAsync).WithName("RetryTransfer").WithTags("Transfers")
        .WithSummary("Has whoever could move a transfer on look at it now.")
        .WithDescription("Needs an Idempotency-Key; once in ten seconds for each transfer. A deferred transfer is retried on its destination, and the answer says how anyone can do that without us. Nothing can be forced: the contracts decide as always.")
        .Produces<RetryBody>(202).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).ProducesProblem(429);

    private static async Task<IResult> PostAsync(
        string id, HttpContext context, Callers callers, Idempotent idempotent, TransferQueries transfers, TransferLookup lookup, ErrandIntake errands, CancellationToken ct)
    {
        var (caller, refusal) = await callers.FindAsync(context, ct);
        if (refusal is not null) return refusal;
        if (!Hash32.TryParse(id, out var hash)) return ProblemKind.ValidationFailed.Result(context, $"'{id}' is not a transfer's id: expected 0x and 64 hex digits.");
        return await idempotent.RunAsync<EmptyBody>(context, caller!, async (_, _) =>
        {
            if (await transfers.ByIdAsync(hash, ct) is not { } transfer) return Reply.Problem(context, ProblemKind.TransferNotIndexed, $"{id} is not known here (yet).");
            if (transfer.Status is TransferStatus.Delivered or TransferStatus.Refunded or TransferStatus.Orphaned) return Reply.Problem(context, WriteProblems.NothingToDo, $"It is {transfer.Status}.");
            return await NudgeAsync(context, caller!, transfer, lookup, errands, ct);
        }, ct);
    }

    private static async Task<Reply> NudgeAsync(
        HttpContext context, Caller caller, TransferView transfer, TransferLookup lookup, ErrandIntake errands, CancellationToken ct)
    {
        if (!await errands.NudgeAsync(transfer.MessageId, caller.Principal, ct)) return Reply.Problem(context, WriteProblems.TooMany, "Somebody asked within the last ten seconds.");
        var reason = WaitingReason.Of(await lookup.SceneAsync(transfer, ct));
        if (transfer.Status is not TransferStatus.Deferred) return new Reply(202, new RetryBody(transfer.MessageId.ToString(), "driven", null, reason, null));
        try
        {
            var errand = await errands.RetryAsync(transfer.Lane.Destination, transfer.MessageId, caller.Principal, ct);
            return new Reply(202, new RetryBody(transfer.MessageId.ToString(), "retrying", errand.ToString(), reason, Call(transfer)), $"/v1/intents/{errand}");
        }
        catch (TooManyErrandsException e)
        {
            return Reply.Problem(context, WriteProblems.TooMany, e.Message);
        }
    }

    private static RetryCallBody? Call(TransferView transfer) => transfer.DestinationBridge is { } bridge
        ? new RetryCallBody(Format.Caip2(transfer.Lane.Destination), bridge.ToString(), Hex.Format(BridgeCalls.Retry(transfer.LaneId, transfer.Sequence, transfer.Wire)))
        : null;
}

using Bridge.Core;

namespace Bridge.Api.Transfers;

/// <summary>Which transfers a published status or stage stands for. A test holds it to how single transfers are named.</summary>
internal static class StatusFilter
{
    /// <summary>Held: whether it must, or must not, be held back; null where that is all the same.</summary>
    public static readonly IReadOnlyDictionary<string, (TransferStatus[] Statuses, bool? Held)> Statuses =
        new Dictionary<string, (TransferStatus[], bool?)>(StringComparer.OrdinalIgnoreCase)
        {
            ["PENDING"] = ([.. PublicStatus.Underway, TransferStatus.Executed], false),
            ["HELD"] = ([.. PublicStatus.Underway, TransferStatus.Deferred], true),
            ["ACTION_REQUIRED"] = ([TransferStatus.Deferred], false),
            ["DONE"] = ([TransferStatus.Delivered], null),
            ["REFUNDED"] = ([TransferStatus.Refunded], null),
            ["FAILED"] = ([TransferStatus.Orphaned], null),
        };

    public static readonly IReadOnlyDictionary<string, (TransferStatus[] Statuses, bool? Held)> Stages =
        Enum.GetValues<TransferStatus>().Where(status => status is not TransferStatus.Deferred).ToDictionary(
            status => PublicStatus.Of(status).Stage, status => ((TransferStatus[])[status], PublicStatus.IsUnderway(status) ? false : (bool?)null),
            StringComparer.OrdinalIgnoreCase);

    public static IReadOnlyList<TransferStatus>? Both(TransferStatus[]? one, TransferStatus[]? other) =>
        one is null || other is null ? one ?? other : [.. one.Intersect(other)];
}

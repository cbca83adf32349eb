using Bridge.Core;
using Bridge.Store;

namespace Bridge.Relayer.Hosting;

internal static class Requests
{
    /// <summary>What is asked about entries of a journal that are open, by the entry; what asks about one that ended is answered.</summary>
    /// <param name="all">What is asked about an account's entries.</param>
    public static async Task<IReadOnlyDictionary<Guid, OperatorRequest>> OfOpenAsync(this RequestStore requests, IReadOnlyList<OperatorRequest> all, IEnumerable<Guid> open, CancellationToken ct)
    {
        var known = open.ToHashSet();
        foreach (var late in all.Where(request => !known.Contains(request.Entry!.Value))) await requests.SettleAsync(late.Id, RequestOutcome.Refused, "it has ended already", ct);
        return all.Where(request => known.Contains(request.Entry!.Value)).ToDictionary(request => request.Entry!.Value);
    }

    /// <summary>What was done, in words.</summary>
    public static string Offered(bool isCancel, ulong? nonce, Hash32 transaction, GasFees fees) =>
        $"{(isCancel ? "cancelled" : "replaced")} at nonce {nonce} by {transaction}, which offers up to {fees.MaxFee} wei a gas";
}

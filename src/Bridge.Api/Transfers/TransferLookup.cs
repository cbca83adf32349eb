using System.Globalization;
using Bridge.Api.Directory;
using Bridge.Api.Problems;
using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Transfers;

/// <summary>Finds the one transfer that a path names, or says why there is not one.</summary>
internal sealed class TransferLookup(TransferQueries queries, DirectoryCache directory, TimeProvider time)
{
    /// <param name="id">A transfer's id, or its transaction on either chain.</param>
    /// <param name="logIndex">Which of the transfers that the source's transaction carries; null for the only one.</param>
    public async Task<(TransferView? View, IResult? Problem)> FindAsync(string id, int? logIndex, HttpContext context, CancellationToken ct)
    {
        if (!Hash32.TryParse(id, out var hash)) return (null, Malformed(context, id));
        if (logIndex < 0) return (null, ProblemKind.ValidationFailed.Result(context, "logIndex counts from 0."));
        IReadOnlyList<TransferView> found = await queries.ByIdAsync(hash, ct) is { } transfer ? [transfer] : await queries.ByTransactionAsync(hash, ct);
        if (logIndex is { } index) found = [.. found.Where(transfer => transfer.Source.LogIndex == index)];
        return found switch
        {
            [] => (null, ProblemKind.TransferNotIndexed.Result(context, $"{id} is not known here (yet).", await IndexedToAsync(ct))),
            [var one] => (one, null),
            _ => (null, ProblemKind.AmbiguousTransaction.Result(
                context, $"It carries {found.Count} transfers.", ("transferIds", found.Select(transfer => transfer.MessageId.ToString())))),
        };
    }

    /// <summary>The same one as it is now.</summary>
    public async Task<TransferView> AgainAsync(TransferView view, CancellationToken ct) => await queries.ByIdAsync(view.MessageId, ct) ?? view;

    public async Task<TransferScene> SceneAsync(TransferView view, CancellationToken ct) =>
        new(view, await directory.ReadAsync(ct), (await directory.TimesAsync(ct)).GetValueOrDefault(view.Lane), time.GetUtcNow());

    public async Task<IReadOnlyList<TransferScene>> ScenesAsync(IReadOnlyList<TransferView> views, CancellationToken ct)
    {
        var (known, times, now) = (await directory.ReadAsync(ct), await directory.TimesAsync(ct), time.GetUtcNow());
        return [.. views.Select(view => new TransferScene(view, known, times.GetValueOrDefault(view.Lane), now))];
    }

    /// <summary>A problem's member that tells how far each chain was read: at or below that, a transfer that is not known does not exist.</summary>
    public async Task<(string Key, object? Value)> IndexedToAsync(CancellationToken ct) =>
        ("indexedTo", (await queries.IndexedToAsync(ct)).ToDictionary(chain => Format.Caip2(chain.Key), chain => chain.Value.ToString(CultureInfo.InvariantCulture)));

    private static IResult Malformed(HttpContext context, string id) => ProblemKind.ValidationFailed.Result(
        context, $"'{(id.Length > 100 ? id[..100] + "…" : id)}' is neither a transfer's id nor a transaction's hash: expected 0x and 64 hex digits.");
}

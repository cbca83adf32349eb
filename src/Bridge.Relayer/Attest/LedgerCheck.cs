using Bridge.Core;
using Bridge.Relayer.Chains;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Attest;

/// <summary>
/// Double entry of each asset on each chain, from this validator's own reading: what messages explain, held against what the chain has at the
/// final block up to which they were read. A quorum of stolen keys can mint out of nothing; it cannot make that come from a message.
/// </summary>
public sealed class LedgerCheck(ChainSet chains, LedgerStore ledger, TimeProvider time, ILogger<LedgerCheck> log)
{
    /// <summary>Summing up all messages is the dearest part of it, and all lanes of a step ask at once.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private volatile Summed? _summed;

    private sealed record Summed(IReadOnlyList<LedgerBook> Books, long At);

    /// <summary>Every account, written down.</summary>
    public async Task<IReadOnlyList<LedgerAccount>> CheckAllAsync(CancellationToken ct)
    {
        var accounts = new List<LedgerAccount>();
        foreach (var book in await SumAsync(ct))
            if (await ReadAsync(book, ct) is { } account) accounts.Add(account);
        return accounts;
    }

    /// <param name="height">Of the source's block that holds the last message to be signed: an account of an earlier block says nothing of it.</param>
    /// <exception cref="NotYetException">Signing messages of these assets would move on what no message explains.</exception>
    public async Task RequireAsync(Lane lane, ulong height, IReadOnlyCollection<AssetId> assets, CancellationToken ct)
    {
        var books = (await BooksAsync(lane.Source, height, ct)).Where(book => assets.Contains(book.Asset)).ToList();
        foreach (var unknown in assets.Where(asset => !books.Exists(book => book.Asset == asset && book.Chain == lane.Source)))
            throw new NotYetException($"lane {lane}: asset {unknown} is not known on chain {lane.Source} yet, so there is no account to hold it against");
        var reasons = new List<string>();
        foreach (var book in books.Where(book => book.Chain == lane.Source || book.Chain == lane.Destination))
        {
            var account = await ReadAsync(book, ct);
            if (account is null && book.Chain == lane.Source) reasons.Add($"asset {book.Asset} left chain {book.Chain}, whose Bridge does not list it at block {book.At}");
            else if (account?.Forbids(lane) == true) reasons.Add(account.ToString());
        }
        if (reasons.Count > 0)
            throw new NotYetException(
                $"lane {lane}: {string.Join("; ", reasons)}. Either this node is behind on another chain, or somebody forged a certificate or holds a key. "
                + "Nothing that would move it on is signed; see 'bridge ledger list'");
    }

    private async Task<IReadOnlyList<LedgerBook>> BooksAsync(ChainId source, ulong height, CancellationToken ct) =>
        _summed is { } known && time.GetElapsedTime(known.At) < Fresh && known.Books.All(book => book.Chain != source || book.At.Height >= height) ? known.Books : await SumAsync(ct);

    private async Task<IReadOnlyList<LedgerBook>> SumAsync(CancellationToken ct)
    {
        var at = time.GetTimestamp();
        var books = await ledger.BooksAsync(ct);
        _summed = new Summed(books, at);
        return books;
    }

    /// <summary>Null where the chain is not served here, or lists the asset no more.</summary>
    private async Task<LedgerAccount?> ReadAsync(LedgerBook book, CancellationToken ct)
    {
        if (chains.Find(book.Chain) is not { } link || await link.Bridge.HoldingAsync(book.Asset, book.At.Height, ct) is not { } holding) return null;
        var account = new LedgerAccount(book.Chain, book.Asset, holding.IsHome, book.Arrived, book.Sent, holding.Counted, book.Accepted);
        if (await ledger.SaveAsync(account, book.At, ct)) log.LogCritical("the ledger does not balance at block {Block}: {Account}", book.At, account);
        return account;
    }
}

using Bridge.Core;
using Bridge.Relayer.Chains;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Attest;

/// <summary>
/// Double entry of each asset on each chain, from this validator's own reading: what messages explain, held against what the chain has at the
/// final block up to which they were read. A quorum of stolen keys can mint out of nothing; it cannot make that come from a message.
/// </summary>
public sealed class LedgerCheck(ChainSet chains, LedgerStore ledger, ILogger<LedgerCheck> log)
{
    /// <summary>Every account, written down.</summary>
    public async Task<IReadOnlyList<LedgerAccount>> CheckAllAsync(CancellationToken ct)
    {
        var accounts = new List<LedgerAccount>();
        foreach (var book in await ledger.BooksAsync(ct))
            if (await ReadAsync(book, ct) is { } account) accounts.Add(account);
        return accounts;
    }

    /// <exception cref="NotYetException">Signing messages of these assets would move on what no message explains.</exception>
    public async Task RequireAsync(Lane lane, IReadOnlyCollection<AssetId> assets, CancellationToken ct)
    {
        var books = (await ledger.BooksAsync(ct)).Where(book => assets.Contains(book.Asset)).ToList();
        foreach (var unknown in assets.Where(asset => !books.Exists(book => book.Asset == asset && book.Chain == lane.Source)))
            throw new NotYetException($"lane {lane}: asset {unknown} is not known on chain {lane.Source} yet, so there is no account to hold it against");
        var reasons = new List<string>();
        foreach (var book in books.Where(book => book.Chain == lane.Source || book.Chain == lane.Destination))
            if (await ReadAsync(book, ct) is { } account && account.Forbids(lane)) reasons.Add(account.ToString());
        if (reasons.Count > 0)
            throw new NotYetException(
                $"lane {lane}: {string.Join("; ", reasons)}. Either this node is behind on another chain, or somebody forged a certificate or holds a key. "
                + "Nothing that would move it on is signed; see 'bridge ledger list'");
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

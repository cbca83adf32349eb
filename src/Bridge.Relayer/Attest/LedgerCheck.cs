using System.Collections.Concurrent;
using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Chains;
using Bridge.Store;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Attest;

/// <summary>
/// Double entry of each asset on each chain, from this validator's own reading: what messages explain, held against what the chain has at the
/// final block up to which they were read. A quorum of stolen keys can mint out of nothing; it cannot make that come from a message.
/// </summary>
public sealed class LedgerCheck(ChainSet chains, LedgerStore ledger, DirectoryStore directory, TimeProvider time, ILogger<LedgerCheck> log)
{
    /// <summary>Only somebody who goes past the database's triggers can make its running totals wrong.</summary>
    private static readonly TimeSpan Recount = TimeSpan.FromDays(1);

    /// <summary>What a chain had of an asset at one block does not change, and every lane to be signed asks for it.</summary>
    private readonly ConcurrentDictionary<(ChainId, AssetId), (BlockRef At, AssetHolding? Holding)> _held = new();

    private long? _counted;

    /// <summary>Every account, written down.</summary>
    /// <exception cref="NotYetException">The running totals are not what the messages sum up to.</exception>
    public async Task<IReadOnlyList<LedgerAccount>> CheckAllAsync(CancellationToken ct)
    {
        var accounts = new List<LedgerAccount>();
        foreach (var book in (await LookAsync(ct)).Books)
            if (await ReadAsync(book, ct) is { } account) accounts.Add(account);
        return accounts;
    }

    /// <summary>No chain has sent out more of an asset than came in, and nothing that no message explains is moved on: both from one look.</summary>
    /// <param name="height">Of the source's block that holds the last message to be signed: an account of an earlier block says nothing of it.</param>
    /// <exception cref="NotYetException">Signing messages of these assets would move on what no message explains, or what the lane's source never had.</exception>
    public async Task RequireAsync(Lane lane, ulong height, IReadOnlyCollection<AssetId> assets, CancellationToken ct)
    {
        var look = await LookAsync(ct);
        await CoveredAsync(lane, look.Carried, ct);
        var books = look.Books.Where(book => assets.Contains(book.Asset)).ToList();
        foreach (var unknown in assets.Where(asset => !books.Exists(book => book.Asset == asset && book.Chain == lane.Source)))
            throw new NotYetException($"lane {lane}: asset {unknown} is not known on chain {lane.Source} yet, so there is no account to hold it against");
        if (books.Find(book => book.Chain == lane.Source && book.At.Height < height) is { } early)
            throw new NotYetException($"lane {lane}: the account of asset {early.Asset} is of block {early.At.Height}, and what is to be signed of block {height}");
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

    private async Task CoveredAsync(Lane lane, IReadOnlyList<LedgerEntry> carried, CancellationToken ct)
    {
        var homes = (await directory.AssetsAsync(ct)).Where(a => a.Mode != "mint").ToLookup(a => a.Asset, a => a.Chain);
        if (homes.FirstOrDefault(asset => asset.Count() > 1) is { } twice)
            throw new NotYetException($"asset {twice.Key} is at home on {string.Join(" and ", twice)}: it must have one home. Check the asset's registration");
        var overdrafts = Ledger.Overdrafts(carried, homes.ToDictionary(asset => asset.Key, asset => asset.Single()));
        if (overdrafts.FirstOrDefault(o => o.Chain == lane.Source) is { Missing: var missing } overdraft && missing > 0)
            throw new NotYetException($"lane {lane}: {overdraft}. Either this node is behind on another chain, or a source is forged");
    }

    /// <summary>Before the first look since the start, and once a day, the running totals are held against all messages.</summary>
    private async Task<LedgerLook> LookAsync(CancellationToken ct)
    {
        if (_counted is not { } at || time.GetElapsedTime(at) >= Recount)
        {
            var now = time.GetTimestamp();
            if (await ledger.MiscountedAsync(ct) is { Count: > 0 } wrong)
                throw new NotYetException(
                    $"the ledger's totals are not what the messages sum up to: {string.Join("; ", wrong)}. Somebody changed the database past its triggers. "
                    + "Nothing is signed; find out who, then stop the nodes on this database and run 'bridge rebuild'");
            _counted = now;
        }
        return await ledger.LookAsync(ct);
    }

    /// <summary>Null where the chain is not served here, or lists the asset no more.</summary>
    private async Task<LedgerAccount?> ReadAsync(LedgerBook book, CancellationToken ct)
    {
        if (chains.Find(book.Chain) is not { } link || await HoldingAsync(link, book, ct) is not { } holding) return null;
        var account = new LedgerAccount(book.Chain, book.Asset, holding.IsHome, book.Arrived, book.Sent, holding.Counted, book.Accepted);
        if (await ledger.SaveAsync(account, book.At, ct)) log.LogCritical("the ledger does not balance at block {Block}: {Account}", book.At, account);
        return account;
    }

    private async Task<AssetHolding?> HoldingAsync(ChainLink link, LedgerBook book, CancellationToken ct)
    {
        if (_held.TryGetValue((book.Chain, book.Asset), out var known) && known.At == book.At) return known.Holding;
        var holding = await link.Bridge.HoldingAsync(book.Asset, book.At.Height, ct);
        _held[(book.Chain, book.Asset)] = (book.At, holding);
        return holding;
    }
}

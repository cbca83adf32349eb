using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <summary>What became of a cosignature that somebody handed in.</summary>
public enum CosignatureVerdict { Taken, NoSuchCheckpoint, NotAWitness }

/// <summary>What is signed of the log, by whom, and where it was posted.</summary>
public sealed class LogStore(NpgsqlDataSource source)
{
    public async Task<(ulong Size, Hash32 Root, DateTimeOffset At)?> NewestAsync(CancellationToken ct) =>
        await source.QueryAsync("SELECT size, root, created_at FROM log_checkpoint ORDER BY size DESC LIMIT 1", row => (row.Number(0), row.Hash(1), row.Time(2)), ct) is [var newest] ? newest : null;

    /// <summary>Of two processes that sign the same size, the first is kept: the tree is the same.</summary>
    public Task SaveAsync(LogCheckpoint checkpoint, NoteSignature signature, CancellationToken ct) => source.ExecuteAsync(
        "INSERT INTO log_checkpoint (size, origin, root, line) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING", ct, checkpoint.Size, checkpoint.Origin, checkpoint.Root, signature.Line());

    /// <summary>Whose cosignatures are taken from now on. Those that were taken stay.</summary>
    public Task SaveWitnessesAsync(IReadOnlyCollection<Address> witnesses, CancellationToken ct) => source.InTransactionAsync(async connection =>
    {
        var accounts = witnesses.Select(witness => witness.ToArray()).ToArray();
        await connection.ExecuteAsync("DELETE FROM log_witness WHERE account <> ALL ($1)", ct, [accounts]);
        return await connection.ExecuteAsync("INSERT INTO log_witness (account) SELECT unnest($1::bytea[]) ON CONFLICT DO NOTHING", ct, [accounts]);
    }, ct);

    /// <summary>A cosignature proves itself; handed in twice it is kept once.</summary>
    public async Task<CosignatureVerdict> TakeAsync(LogCheckpoint checkpoint, NoteSignature cosignature, CancellationToken ct)
    {
        var known = await source.QueryAsync("SELECT EXISTS (SELECT FROM log_witness WHERE account = $1), EXISTS (SELECT FROM log_checkpoint WHERE size = $2 AND root = $3 AND origin = $4)",
            row => (Witness: row.GetBoolean(0), Checkpoint: row.GetBoolean(1)), ct, cosignature.Signer, checkpoint.Size, checkpoint.Root, checkpoint.Origin);
        if (!known[0].Witness) return CosignatureVerdict.NotAWitness;
        if (!known[0].Checkpoint) return CosignatureVerdict.NoSuchCheckpoint;
        await source.ExecuteAsync("INSERT INTO log_cosignature (size, account, line) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", ct, checkpoint.Size, cosignature.Signer, cosignature.Line());
        return CosignatureVerdict.Taken;
    }

    public async Task<LogCheckpoint?> SeenAsync(string origin, CancellationToken ct) =>
        await source.QueryAsync("SELECT size, root FROM log_seen WHERE origin = $1", row => new LogCheckpoint(origin, row.Number(0), row.Hash(1)), ct, origin) is [var seen] ? seen : null;

    /// <summary>Before its cosignature leaves. A process that saw more keeps what it saw.</summary>
    /// <returns>Whether this is now the newest that was seen.</returns>
    public async Task<bool> SaveSeenAsync(SignedNote note, LogCheckpoint? before, CancellationToken ct) => await source.ExecuteAsync(
        """
        INSERT INTO log_seen AS s (origin, size, root, note) VALUES ($1, $2, $3, $4)
        ON CONFLICT (origin) DO UPDATE SET size = $2, root = $3, note = $4, seen_at = now() WHERE s.size = $5 AND s.root = $6
        """, ct, note.Checkpoint.Origin, note.Checkpoint.Size, note.Checkpoint.Root, note.Text(), before?.Size ?? 0, before?.Root ?? default) == 1;

    public async Task<(ulong Size, DateTimeOffset At)?> AnchoredAsync(ChainId chain, CancellationToken ct) =>
        await source.QueryAsync("SELECT size, at FROM log_anchor WHERE chain_id = $1 ORDER BY size DESC LIMIT 1", row => (row.Number(0), row.Time(1)), ct, chain) is [var newest] ? newest : null;

    public Task SaveAnchorAsync(ChainId chain, ulong size, Hash32 transaction, CancellationToken ct) => source.ExecuteAsync(
        "INSERT INTO log_anchor (chain_id, size, transaction_hash) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", ct, chain, size, transaction);
}

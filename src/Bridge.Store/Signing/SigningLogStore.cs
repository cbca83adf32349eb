using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <summary>What this validator has signed, for ever. There is no way around it: the table's key is the rule.</summary>
public sealed class SigningLogStore(NpgsqlDataSource source)
{
    /// <summary>
    /// Durable before it returns, so that no signature can exist without its row. A conflict is kept as evidence, and halts the lane in the
    /// same commit.
    /// </summary>
    public Task<SigningVerdict> RecordAsync(Hash32 laneId, Sequence sequence, Hash32 rollingHash, CancellationToken ct) => source.InTransactionAsync(async connection =>
    {
        // Whatever the server's default is: the row is on disk before the signature leaves.
        await connection.ExecuteAsync("SET LOCAL synchronous_commit = on", ct);
        var inserted = await connection.ExecuteAsync(
            "INSERT INTO signing_log (lane_id, sequence, rolling_hash) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", ct, laneId, sequence, rollingHash);
        var recorded = inserted > 0 ? (Hash32?)null : await RollingHashAsync(connection, laneId, sequence, ct);
        var verdict = SigningGuard.Judge(recorded, rollingHash);
        if (verdict is not SigningVerdict.Conflict) return verdict;
        await connection.ExecuteAsync(
            "INSERT INTO signing_conflict (lane_id, sequence, rolling_hash) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", ct, laneId, sequence, rollingHash);
        foreach (var lane in await connection.QueryAsync("SELECT source_chain, destination_chain FROM lane WHERE lane_id = $1", row => row.Lane(0, 1), ct, laneId))
            await HaltStore.HaltAsync(connection, lane, HaltCodes.ConflictingCheckpoint, $"another rolling hash was already signed at {sequence}: {recorded}, not {rollingHash}; both are kept as evidence", ct);
        return verdict;
    }, ct);

    /// <summary>As above for several sequences of a lane, in one commit; they stop at the first conflict, and what stood before it is recorded.</summary>
    public async Task<SigningVerdict> RecordAsync(Hash32 laneId, IReadOnlyList<Checkpoint> checkpoints, CancellationToken ct)
    {
        var known = await source.InTransactionAsync(async connection =>
        {
            await connection.ExecuteAsync("SET LOCAL synchronous_commit = on", ct);
            var (sequences, hashes) = (checkpoints.Select(c => Sql.Big(c.Sequence.Value)).ToArray(), checkpoints.Select(c => c.RollingHash.ToArray()).ToArray());
            await connection.ExecuteAsync(
                "INSERT INTO signing_log (lane_id, sequence, rolling_hash) SELECT $1, * FROM unnest($2::bigint[], $3::bytea[]) ON CONFLICT DO NOTHING", ct, laneId, sequences, hashes);
            return await KnownAsync(connection, laneId, [.. checkpoints.Select(c => c.Sequence)], ct);
        }, ct);
        var conflict = checkpoints.FirstOrDefault(c => SigningGuard.Judge(known[c.Sequence], c.RollingHash) is SigningVerdict.Conflict);
        return conflict is null ? SigningVerdict.Same : await RecordAsync(laneId, conflict.Sequence, conflict.RollingHash, ct);
    }

    /// <summary>
    /// The highest sequence up to which nothing is left to sign under an epoch; 0 if none. What was signed under another epoch only is
    /// signed again, unless it is delivered. A row without a signature is signed again after a crash.
    /// </summary>
    public async Task<Sequence> AttestedAsync(Hash32 laneId, Epoch epoch, Sequence delivered, CancellationToken ct) => (await source.QueryAsync(
        "SELECT COALESCE(max(sequence), 0) FROM signature WHERE lane_id = $1 AND (epoch = $2 OR sequence <= $3)",
        row => row.Sequence(0), ct, laneId, epoch, delivered)).Single();

    public async Task<Hash32?> RollingHashAsync(Hash32 laneId, Sequence sequence, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        return await RollingHashAsync(connection, laneId, sequence, ct);
    }

    /// <summary>The highest of a lane's entries below a sequence; null if there is none.</summary>
    public async Task<(Sequence Sequence, Hash32 RollingHash)?> BelowAsync(Hash32 laneId, Sequence sequence, CancellationToken ct) => (await source.QueryAsync(
        "SELECT sequence, rolling_hash FROM signing_log WHERE lane_id = $1 AND sequence < $2 ORDER BY sequence DESC LIMIT 1", row => ((Sequence, Hash32)?)(row.Sequence(0), row.Hash(1)), ct, laneId, sequence)).SingleOrDefault();

    /// <summary>Whether a sequence was signed under an epoch.</summary>
    public async Task<bool> IsSignedAsync(Hash32 laneId, Sequence sequence, Epoch epoch, CancellationToken ct) => (await source.QueryAsync(
        "SELECT EXISTS (SELECT FROM signature WHERE lane_id = $1 AND sequence = $2 AND epoch = $3)", row => row.GetBoolean(0), ct, laneId, sequence, epoch)).Single();

    /// <summary>The recorded rolling hashes at some of a lane's sequences.</summary>
    public async Task<IReadOnlyDictionary<Sequence, Hash32>> KnownAsync(Hash32 laneId, IReadOnlyList<Sequence> sequences, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        return await KnownAsync(connection, laneId, sequences, ct);
    }

    /// <summary>Everything that was ever recorded.</summary>
    public async Task<IReadOnlyList<Checkpoint>> AllAsync(CancellationToken ct) => await source.QueryAsync(
        "SELECT lane_id, sequence, rolling_hash FROM signing_log ORDER BY lane_id, sequence", row => new Checkpoint(row.Hash(0), row.Sequence(1), row.Hash(2)), ct);

    public Task SaveSignaturesAsync(Hash32 laneId, Epoch epoch, IReadOnlyList<(Sequence Sequence, CompactSignature Signature)> signatures, CancellationToken ct) => source.ExecuteAsync(
        "INSERT INTO signature (lane_id, sequence, epoch, signature) SELECT $1, s, $2, g FROM unnest($3::bigint[], $4::bytea[]) AS new (s, g) ON CONFLICT DO NOTHING",
        ct, laneId, epoch, signatures.Select(s => Sql.Big(s.Sequence.Value)).ToArray(), signatures.Select(s => s.Signature.ToArray()).ToArray());

    public Task SaveSignatureAsync(Hash32 laneId, Sequence sequence, Epoch epoch, CompactSignature signature, CancellationToken ct) => source.ExecuteAsync(
        "INSERT INTO signature (lane_id, sequence, epoch, signature) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING", ct, laneId, sequence, epoch, signature);

    /// <summary>
    /// What a relayer has not got yet, oldest first, and what it should have got long ago and has not delivered: its broker or its database may
    /// have lost it. Only of the epoch in force, as far as it is known: others count no more, or not yet.
    /// </summary>
    /// <param name="delivered">The last sequence that is final at the destination.</param>
    /// <param name="again">After which time something undelivered is handed over once more.</param>
    public async Task<IReadOnlyList<(Sequence Sequence, Hash32 RollingHash, Epoch Epoch, CompactSignature Signature)>> UnsentAsync(
        Hash32 laneId, string relayer, Sequence delivered, TimeSpan again, int limit, CancellationToken ct) => await source.QueryAsync(
        """
        SELECT s.sequence, l.rolling_hash, s.epoch, s.signature FROM signature s JOIN signing_log l USING (lane_id, sequence)
        LEFT JOIN handover h ON h.lane_id = s.lane_id AND h.sequence = s.sequence AND h.epoch = s.epoch AND h.relayer = $2
        WHERE s.lane_id = $1 AND (h.at IS NULL OR (s.sequence > $4 AND h.at < clock_timestamp() - $5)) AND s.epoch = COALESCE((
            SELECT v.epoch FROM lane JOIN validator_set v ON v.chain_id = lane.destination_chain AND v.is_current WHERE lane.lane_id = $1), s.epoch)
        ORDER BY s.sequence LIMIT $3
        """,
        row => (row.Sequence(0), row.Hash(1), new Epoch(row.Number(2)), new CompactSignature(row.GetFieldValue<byte[]>(3))), ct, laneId, relayer, limit, delivered, again);

    /// <param name="sent">No point twice.</param>
    public Task MarkSentAsync(Hash32 laneId, IReadOnlyList<(Sequence Sequence, Epoch Epoch)> sent, string relayer, CancellationToken ct) => source.ExecuteAsync(
        """
        INSERT INTO handover (lane_id, sequence, epoch, relayer) SELECT $1, s, e, $4 FROM unnest($2::bigint[], $3::bigint[]) AS sent (s, e)
        ON CONFLICT (lane_id, sequence, epoch, relayer) DO UPDATE SET at = clock_timestamp()
        """, ct, laneId, sent.Select(one => Sql.Big(one.Sequence.Value)).ToArray(), sent.Select(one => Sql.Big(one.Epoch.Value)).ToArray(), relayer);

    private static async Task<Hash32?> RollingHashAsync(NpgsqlConnection connection, Hash32 laneId, Sequence sequence, CancellationToken ct)
    {
        var rows = await connection.QueryAsync("SELECT rolling_hash FROM signing_log WHERE lane_id = $1 AND sequence = $2", row => row.Hash(0), ct, laneId, sequence);
        return rows.Count == 0 ? null : rows[0];
    }

    private static async Task<IReadOnlyDictionary<Sequence, Hash32>> KnownAsync(NpgsqlConnection connection, Hash32 laneId, IReadOnlyList<Sequence> sequences, CancellationToken ct) =>
        (await connection.QueryAsync(
            "SELECT sequence, rolling_hash FROM signing_log WHERE lane_id = $1 AND sequence = ANY($2)", row => (Sequence: row.Sequence(0), Hash: row.Hash(1)), ct,
            laneId, sequences.Select(s => Sql.Big(s.Value)).ToArray())).ToDictionary(row => row.Sequence, row => row.Hash);
}

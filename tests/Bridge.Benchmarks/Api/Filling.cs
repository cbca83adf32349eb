using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using Bridge.Core;
using Bridge.Store;
using Npgsql;
using NpgsqlTypes;

namespace Bridge.Benchmarks.Api;

/// <summary>Fills the real schema by COPY with what a relayer has after so many transfers: every lane between some chains, everything delivered but the newest of one lane.</summary>
/// <param name="on">Chains that a node has read before into the same database, and written down; by default three that are made up, with six lanes.</param>
internal sealed class Filling(NpgsqlDataSource source, int transfers, int waiting, DeployedBridges? on = null)
{
    private static readonly DeployedBridges MadeUpBridges = new([new(8453), new(10), new(42161)], MadeUp.Bridge, null);

    /// <summary>What <see cref="SearchIndexes"/> makes: one that is missing here makes it fail.</summary>
    private static readonly string[] Search =
        ["message_newest", "message_lane_newest", "message_sender", "message_recipient", "message_transaction", "message_asset", "message_unfinished", "message_orphaned"];

    private readonly List<MadeUp> _lanes = MakeUp(transfers, waiting, on ?? MadeUpBridges);

    /// <summary>Between the chains that are made up.</summary>
    public const int Lanes = 6;

    public IReadOnlyList<MadeUp> Made => _lanes;

    public IReadOnlyList<Hash32> Ids => [.. _lanes.SelectMany(lane => lane.Ids)];

    /// <summary>Final on their source, and not certified: the next quorum changes all of them.</summary>
    public IReadOnlyList<Hash32> Waiting => [.. _lanes[0].Ids.Skip(_lanes[0].Delivered)];

    /// <param name="database">Where it goes; how large it has become is told on standard error.</param>
    public async Task RunAsync(BenchDatabase database)
    {
        var began = Stopwatch.GetTimestamp();
        if (on is null) await DirectoryAsync();
        await ForgetSearchAsync();
        await Task.WhenAll(
            CopyAsync("message", "message_id, source_chain, destination_chain, sequence, wire, kind, asset_id, recipient, sender, amount, fee, block_height, block_hash, block_time, transaction_hash, log_index, status, observed_at, updated_at", MessagesAsync),
            CopyAsync("transition", "message_id, at, event, from_status, to_status, detail", TransitionsAsync),
            DeliveriesAsync());
        await new SearchIndexes(source).BeginAsync(default);
        await ExecuteAsync("VACUUM ANALYZE");
        await Console.Error.WriteLineAsync($"{transfers} transfers, {await database.SizeAsync()} in the database after {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s");
    }

    /// <summary>As the relayer does when it has found the quorum: one commit.</summary>
    public async Task CertifyWaitingAsync(AttestationStore store)
    {
        var lane = _lanes[0];
        var checkpoint = new Checkpoint(lane.LaneId, new Sequence((ulong)lane.Count), lane.Ids[^1]);
        if ((await store.CertifyAsync(lane.Lane, [(checkpoint, new Certificate(new Epoch(1), 7, new byte[192]))], default)).Count == 0) throw new InvalidOperationException("the checkpoint was certified already");
    }

    private static List<MadeUp> MakeUp(int transfers, int waiting, DeployedBridges bridges)
    {
        var lanes = (from one in bridges.Chains from other in bridges.Chains where one != other select new Lane(one, other)).ToList();
        return [.. lanes.AsParallel().AsOrdered().Select((lane, index) =>
        {
            var count = (transfers / lanes.Count) + (index < transfers % lanes.Count ? 1 : 0);
            return new MadeUp(lane, bridges, count, index == 0 ? count - waiting : count);
        })];
    }

    /// <summary>An index that exists while millions of rows are copied costs many times what making it afterwards does.</summary>
    private async Task ForgetSearchAsync()
    {
        foreach (var name in Search) await ExecuteAsync($"DROP INDEX IF EXISTS {name}");
    }

    private async Task DirectoryAsync()
    {
        var members = string.Join(", ", MadeUp.Validators.Select(Bytes));
        foreach (var chain in MadeUpBridges.Chains)
            await ExecuteAsync(string.Create(CultureInfo.InvariantCulture,
                $"""
                INSERT INTO chain VALUES ({chain}, 'chain-{chain}', {Bytes(MadeUp.Bridge)}, {Bytes(MadeUp.Bridge)}, 'finalized', 'op-stack', 100000000, now(), 99999900, now(), NULL, now());
                INSERT INTO chain_cursor VALUES ({chain}, 100000000, sha256('head'), 99999900, sha256('final'), now());
                INSERT INTO validator_set VALUES ({chain}, 1, {Bytes(MadeUp.Bridge)}, ARRAY[{members}], 3, true);
                INSERT INTO asset VALUES ({chain}, 1, {Bytes(MadeUp.Bridge)}, '{(chain == MadeUpBridges.Chains[0] ? "lock" : "mint")}', 'USDX', 6);
                """));
        foreach (var lane in _lanes)
            await ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"INSERT INTO lane VALUES ({lane.Lane.Source}, {lane.Lane.Destination}, '\\x{lane.LaneId.ToString()[2..]}')"));

        static string Bytes(Address account) => $"'\\x{account.ToString()[2..]}'::bytea";
    }

    private async Task MessagesAsync(NpgsqlBinaryImporter rows)
    {
        foreach (var lane in _lanes)
            for (var n = 1; n <= lane.Count; n++)
            {
                var (message, at) = (MadeUp.Message(n), lane.At(n).ToUniversalTime());
                await rows.StartRowAsync();
                await WriteAsync(rows, lane.Ids[n - 1].ToArray(), (long)lane.Lane.Source.Value, (long)lane.Lane.Destination.Value, (long)n, MadeUp.Wire(n), (short)message.Kind, (long)message.Asset.Value,
                    message.Recipient.ToArray(), message.Sender.ToArray(), (BigInteger)message.Amount, (BigInteger)message.Fee, lane.Height(n), lane.Hash("block", n).ToArray(), at,
                    lane.Hash("sent", n).ToArray(), 0L, n <= lane.Delivered ? "Delivered" : "Finalized", at.AddSeconds(2), at.AddSeconds(60));
            }
    }

    private async Task TransitionsAsync(NpgsqlBinaryImporter rows)
    {
        (string Event, string? From, string To)[] life =
        [
            ("SourceObserved", null, "Observed"), ("SourceFinalized", "Observed", "Finalized"), ("QuorumReached", "Finalized", "Certified"),
            ("DeliverySubmitted", "Certified", "Submitted"), ("DeliveryObserved", "Submitted", "Executed"), ("DeliveryFinalized", "Executed", "Delivered"),
        ];
        foreach (var lane in _lanes)
            for (var n = 1; n <= lane.Count; n++)
                foreach (var (happened, from, to) in n <= lane.Delivered ? life : life[..2])
                {
                    await rows.StartRowAsync();
                    await WriteAsync(rows, lane.Ids[n - 1].ToArray(), lane.At(n).ToUniversalTime(), happened, from, to, null);
                }
    }

    private async Task DeliveriesAsync()
    {
        await CopyAsync("delivery_event", "destination_chain, transaction_hash, log_index, kind, source_chain, first_sequence, last_sequence, rolling_hash, account, block_height, block_hash, block_time", async rows =>
        {
            foreach (var (lane, first, last) in Batches())
            {
                await rows.StartRowAsync();
                await WriteAsync(rows, (long)lane.Lane.Destination.Value, lane.Hash("delivered", last).ToArray(), 0L, "Delivered", (long)lane.Lane.Source.Value, (long)first, (long)last, lane.Ids[last - 1].ToArray(),
                    MadeUp.Validators[0].ToArray(), lane.Height(last), lane.Hash("mined", last).ToArray(), lane.At(last).AddSeconds(50).ToUniversalTime());
            }
        });
        await CopyAsync("certificate", "source_chain, destination_chain, lane_id, sequence, epoch, rolling_hash, signers, signatures, certified_at", async rows =>
        {
            foreach (var (lane, _, last) in Batches())
            {
                await rows.StartRowAsync();
                await WriteAsync(rows, (long)lane.Lane.Source.Value, (long)lane.Lane.Destination.Value, lane.LaneId.ToArray(), (long)last, 1L, lane.Ids[last - 1].ToArray(), Word(7), new byte[192], lane.At(last).AddSeconds(40).ToUniversalTime());
            }
        });
        await CopyAsync("attestation", "source_chain, destination_chain, lane_id, sequence, epoch, signer, rolling_hash, signature, received_at", async rows =>
        {
            foreach (var (lane, _, last) in Batches())
                foreach (var validator in MadeUp.Validators)
                {
                    await rows.StartRowAsync();
                    await WriteAsync(rows, (long)lane.Lane.Source.Value, (long)lane.Lane.Destination.Value, lane.LaneId.ToArray(), (long)last, 1L, validator.ToArray(), lane.Ids[last - 1].ToArray(), new byte[64], lane.At(last).AddSeconds(39).ToUniversalTime());
                }
        });

        static byte[] Word(byte signers) => [.. new byte[31], signers];
    }

    private IEnumerable<(MadeUp Lane, int First, int Last)> Batches() => _lanes.SelectMany(lane => lane.Batches().Select(batch => (lane, batch.First, batch.Last)));

    /// <summary>Foreign keys are not looked up row by row: what is written names only what is written beside it.</summary>
    private async Task CopyAsync(string table, string columns, Func<NpgsqlBinaryImporter, Task> write)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using (var trusting = new NpgsqlCommand("SET session_replication_role = replica", connection)) await trusting.ExecuteNonQueryAsync();
        await using var rows = await connection.BeginBinaryImportAsync($"COPY {table} ({columns}) FROM STDIN (FORMAT BINARY)");
        rows.Timeout = TimeSpan.FromMinutes(30);
        await Task.Run(() => write(rows));
        await rows.CompleteAsync();
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter rows, params object?[] values)
    {
        foreach (var value in values)
            await (value switch
            {
                null => rows.WriteNullAsync(),
                byte[] bytes => rows.WriteAsync(bytes, NpgsqlDbType.Bytea),
                long number => rows.WriteAsync(number, NpgsqlDbType.Bigint),
                short number => rows.WriteAsync(number, NpgsqlDbType.Smallint),
                BigInteger number => rows.WriteAsync(number, NpgsqlDbType.Numeric),
                DateTimeOffset time => rows.WriteAsync(time, NpgsqlDbType.TimestampTz),
                string text => rows.WriteAsync(text, NpgsqlDbType.Text),
                _ => throw new ArgumentException($"{value.GetType()} is no column here", nameof(values)),
            });
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>Bridges at one address on some chains.</summary>
/// <param name="Final">The height up to which all of them are final; null: as high as is needed.</param>
internal sealed record DeployedBridges(IReadOnlyList<ChainId> Chains, Address Contract, ulong? Final);

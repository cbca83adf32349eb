using Bridge.Core;
using Npgsql;

namespace Bridge.Store;

/// <summary>References that integrators attach to transfers. None is ever changed: the newest of a transfer counts.</summary>
public sealed class ComplianceStore(NpgsqlDataSource source)
{
    /// <summary>Of one key to one transfer, corrections counted.</summary>
    public const int MostOfKey = 20;

    private const string Select = "SELECT id, message_id, key_id, attached_at, travel_rule_ref, ivms101_hash, screening FROM compliance_reference";

    /// <param name="request">Attached again under the same one, it stays attached once.</param>
    public Task<(AttachVerdict Verdict, AttachedReference? Attached)> AttachAsync(Guid request, Hash32 messageId, Guid key, ComplianceReference reference, CancellationToken ct) =>
        source.InTransactionAsync<(AttachVerdict, AttachedReference?)>(async connection =>
        {
            // One after the other for each transfer: its rows and the leaves that tell them have one order, and nobody's share is exceeded.
            await connection.ExecuteAsync("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", ct, $"compliance {messageId}");
            if (!await connection.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM message WHERE message_id = $1)", ct, messageId)) return (AttachVerdict.NoSuchTransfer, null);
            await connection.ExecuteAsync(
                $"""
                INSERT INTO compliance_reference (request_id, message_id, key_id, travel_rule_ref, ivms101_hash, screening) SELECT $1, $2, $3, $4::text, $5::bytea, $6
                WHERE (SELECT count(*) FROM compliance_reference WHERE message_id = $2 AND key_id = $3) < {MostOfKey} ON CONFLICT (request_id) DO NOTHING
                """, ct, request, messageId, key, reference.TravelRuleRef, reference.Ivms101Hash, reference.Screenings.Select(screening => screening.Text()).ToArray());
            return await connection.QueryAsync($"{Select} WHERE request_id = $1", Read, ct, request) is [var attached] ? (AttachVerdict.Attached, attached) : (AttachVerdict.TooMany, null);
        }, ct);

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<AttachedReference>> OfTransferAsync(Hash32 messageId, CancellationToken ct) =>
        await source.QueryAsync($"{Select} WHERE message_id = $1 ORDER BY id DESC", Read, ct, messageId);

    private static AttachedReference Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.Hash(1), row.GetGuid(2), row.Time(3),
        new ComplianceReference(row.TextOrNull(4), row.BytesOrNull(5) is { } hash ? new Hash32(hash) : null, [.. row.GetFieldValue<string[]>(6).Select(Screening.Parse)]));
}

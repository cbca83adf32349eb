using System.Globalization;
using System.Numerics;
using Bridge.Core;

namespace Bridge.Store;

/// <summary>The statement that finds a page: only the conditions that are asked for stand in it, so that each has its plan. Every value is a parameter.</summary>
internal sealed class TransferPages
{
    // What stops a message on its way: a halt, or a guardian at its destination. What has arrived waits for nothing.
    internal const string Stopped =
        """
        (m.status IN ('Observed', 'Finalized', 'Certified', 'Submitted') AND (
            EXISTS (SELECT FROM lane_halt i WHERE i.source_chain = m.source_chain AND i.destination_chain = m.destination_chain AND i.resumed_at IS NULL)
            OR EXISTS (SELECT FROM chain i WHERE i.chain_id = m.destination_chain AND i.paused_until > now())
            OR EXISTS (SELECT FROM lane_end i WHERE i.chain_id = m.destination_chain AND i.other_chain = m.source_chain AND i.paused_until > now())))
        """;

    private const string HeldBack =
        """
        (m.status = 'Deferred' AND EXISTS (SELECT FROM delivery_event i WHERE i.source_chain = m.source_chain AND i.destination_chain = m.destination_chain
            AND i.first_sequence = m.sequence AND i.kind = 'Deferred' AND i.kind <> 'Delivered' AND i.retry_at > now()))
        """;

    private const string DeliveredBy =
        """
        (SELECT i.account FROM delivery_event i WHERE i.source_chain = m.source_chain AND i.destination_chain = m.destination_chain
            AND i.last_sequence >= m.sequence AND i.kind = 'Delivered' ORDER BY i.last_sequence LIMIT 1)
        """;

    // Who never delivered anything is found by that alone; who delivered little, by what that was. An array here and below, not a set: with a
    // limit behind it, Postgres walks the whole order of the list to look for members of a set.
    private const string EverDelivered = "EXISTS (SELECT FROM delivery_event i WHERE i.account = {0} AND i.kind = 'Delivered')";

    private const string DeliveredLittle =
        """
        m.message_id = ANY (ARRAY(SELECT o.message_id FROM delivery_event i JOIN message o ON o.source_chain = i.source_chain AND o.destination_chain = i.destination_chain
            AND o.sequence BETWEEN i.first_sequence AND i.last_sequence AND o.status <> 'Orphaned' WHERE i.account = {0} AND i.kind = 'Delivered'))
        """;

    // Whether one ever signed, by the oldest that it signed: asked whether there is any, Postgres expects every fourth to be its own and reads them all for nobody.
    private const string SignedBy =
        """
        (SELECT i.received_at FROM attestation i WHERE i.signer = {0} ORDER BY i.received_at LIMIT 1) IS NOT NULL AND EXISTS (SELECT FROM attestation i WHERE i.source_chain = m.source_chain AND i.destination_chain = m.destination_chain
            AND i.sequence >= m.sequence AND i.sequence < m.sequence + 128 AND i.signer = {0})
        """;

    /// <summary>By the transaction on either chain.</summary>
    internal static string OfTransaction(string parameter) =>
        $"""
        m.message_id = ANY (ARRAY(SELECT i.message_id FROM message i WHERE i.transaction_hash = {parameter}
            UNION SELECT o.message_id FROM delivery_event e JOIN message o ON o.source_chain = e.source_chain AND o.destination_chain = e.destination_chain
                AND o.sequence BETWEEN e.first_sequence AND e.last_sequence AND o.status <> 'Orphaned' WHERE e.transaction_hash = {parameter}))
        """;

    private readonly List<string> _conditions = [];
    private readonly List<object?> _values = [];
    private readonly string _sorted;

    private TransferPages(TransferSort sort) => _sorted = sort switch
    {
        TransferSort.CreatedAt => "m.observed_at",
        TransferSort.UpdatedAt => "m.updated_at",
        TransferSort.Amount => "m.amount",
        _ => throw new ArgumentOutOfRangeException(nameof(sort)),
    };

    /// <summary>Deliveries of an account up to which they are few.</summary>
    public const int FewDeliveries = 500;

    /// <param name="rows">How many rows to read.</param>
    /// <param name="fewDeliveries">Whether the filter's executor delivered at most <see cref="FewDeliveries"/> times.</param>
    public static (string Sql, object?[] Values) Build(TransferFilter filter, PageKey? after, int rows, bool fewDeliveries = false)
    {
        var page = new TransferPages(filter.Sort);
        page.Filter(filter, fewDeliveries);
        if (after is { } key) page.Add($"({page._sorted}, m.message_id) < ({{0}}, {{1}})", page.Column(key.Position), key.MessageId);
        var where = page._conditions.Count == 0 ? "" : $"WHERE {string.Join(" AND ", page._conditions)} ";
        page._values.Add(rows);
        return ($"{TransferSelect.Sql} {where}ORDER BY {page._sorted} DESC, m.message_id DESC LIMIT ${page._values.Count}", [.. page._values]);
    }

    /// <summary>By what a list is sorted, of its last row.</summary>
    public static UInt128 Position(TransferView last, TransferSort sort) => sort switch
    {
        TransferSort.Amount => last.Message.Amount,
        TransferSort.UpdatedAt => Microseconds(last.UpdatedAt),
        _ => Microseconds(last.CreatedAt),
    };

    private void Filter(TransferFilter filter, bool fewDeliveries)
    {
        if (filter.Account is { } account) Add("(m.sender = {0} OR m.recipient = {0})", account);
        if (filter.Sender is { } sender) Add("m.sender = {0}", sender);
        if (filter.Recipient is { } recipient) Add("m.recipient = {0}", recipient);
        if (filter.Source is { } source) Add("m.source_chain = {0}", source);
        if (filter.Destination is { } destination) Add("m.destination_chain = {0} AND EXISTS (SELECT FROM lane i WHERE i.destination_chain = {0})", destination);
        if (filter.Chain is { } chain) Add("(m.source_chain = {0} OR m.destination_chain = {0})", chain);
        if (filter.Asset is { } asset) Add("m.asset_id = {0}", asset);
        if (filter.Statuses is { } statuses) Add($"m.status IN ({string.Join(", ", statuses.Select(status => $"'{status}'"))})"); // Written out: so the planner sees that a partial index has them all.
        if (filter.Transaction is { } transaction) Add(OfTransaction("{0}"), transaction);
        if (filter.Validator is { } validator) Add(SignedBy, validator);
        if (filter.Executor is { } executor) Add(fewDeliveries ? DeliveredLittle : $"{EverDelivered} AND {DeliveredBy} = {{0}}", executor);
        if (filter.MinAmount is { } least) Add("m.amount >= {0}", least);
        if (filter.From is { } from) Add("m.observed_at >= {0}", from.ToUniversalTime());
        if (filter.To is { } to) Add("m.observed_at < {0}", to.ToUniversalTime());
        if (filter.UpdatedSince is { } since) Add("m.updated_at >= {0}", since.ToUniversalTime());
        if (filter.Held is { } held) Add($"{(held ? "" : "NOT ")}({Stopped} OR {HeldBack})");
    }

    private void Add(string condition, params object?[] values)
    {
        var names = values.Select(value =>
        {
            _values.Add(value);
            return (object)string.Create(CultureInfo.InvariantCulture, $"${_values.Count}");
        }).ToArray();
        _conditions.Add(names.Length == 0 ? condition : string.Format(CultureInfo.InvariantCulture, condition, names));
    }

    private object Column(UInt128 position) => _sorted == "m.amount" ? (BigInteger)position : DateTimeOffset.UnixEpoch.AddMicroseconds((double)position);

    private static UInt128 Microseconds(DateTimeOffset time) => (UInt128)((time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
}

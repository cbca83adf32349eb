using System.Globalization;
using Bridge.Core;

namespace Bridge.Store;

/// <summary>One transfer as the log tells it: what its leaves say, and nothing else.</summary>
internal sealed class TransferRow
{
    /// <summary>Its destination holds it until a time.</summary>
    public const string Held = "HELD";

    /// <summary>Its effect failed, and anybody may retry it.</summary>
    public const string EffectFailed = "EFFECT_FAILED";

    private readonly Dictionary<string, string?> _values = [];

    public string? this[string column] => _values.GetValueOrDefault(column);

    /// <summary>Asset id, by which filters ask.</summary>
    public string? Asset { get; private set; }

    /// <param name="own">The leaves that name it, oldest first.</param>
    /// <param name="events">What the destination said of it, oldest first.</param>
    /// <param name="attached">The newest of what integrators attached to it.</param>
    public static TransferRow Of(
        IReadOnlyList<(ulong Index, Hash32 Hash, AuditEntry Entry)> own, IReadOnlyList<AuditEntry> events, AuditEntry? certificate, AuditEntry? attached, ExportDirectory directory)
    {
        var row = new TransferRow();
        var (index, hash, sent) = own.Last(leaf => leaf.Entry.Kind == "message" && leaf.Entry.Change != "delete");
        row.Sent(sent, directory);
        var status = own.LastOrDefault(leaf => leaf.Entry.Kind == "transition").Entry?.Value("toStatus") is { } told ? Enum.Parse<TransferStatus>(told) : TransferStatus.Observed;
        row.Named(status, events, directory);
        if (events.LastOrDefault(e => e.Value("kind") == "Delivered") is { } delivered) row.Delivered(delivered, sent, status);
        row.Waited(events);
        if (certificate is not null) row.Certified(certificate, directory);
        if (attached is not null) row.Attached(attached);
        row.Put("correctionOf", sent.Supersedes?.ToString(CultureInfo.InvariantCulture));
        row.Put("leafIndex", index.ToString(CultureInfo.InvariantCulture));
        row.Put("leafHash", hash.ToString());
        return row;
    }

    private void Sent(AuditEntry sent, ExportDirectory directory)
    {
        foreach (var (column, member) in new[]
        {
            ("transferId", "messageId"), ("sequence", "sequence"), ("sourceChain", "sourceChain"), ("sourceTx", "transactionHash"), ("sourceLogIndex", "logIndex"), ("sourceBlock", "blockHeight"),
            ("sourceBlockHash", "blockHash"), ("sourceTime", "blockTime"), ("sender", "sender"), ("amountIn", "amount"), ("feeOffered", "fee"), ("destinationChain", "destinationChain"), ("recipient", "recipient"), ("observedAt", "observedAt"),
        }) Put(column, sent.Value(member));
        Asset = sent.Value("assetId");
        Put("sourceAsset", directory.Token(this["sourceChain"]!, Asset!));
        Put("destinationAsset", directory.Token(this["destinationChain"]!, Asset!));
    }

    /// <summary>As the API called it at the moment that the export tells of.</summary>
    private void Named(TransferStatus status, IReadOnlyList<AuditEntry> events, ExportDirectory directory)
    {
        var deferred = events.LastOrDefault(e => e.Value("kind") == "Deferred");
        var cause = deferred is null ? null : DeferralCause.Read(Hex.TryParse(deferred.Value("reason"), out var reason) ? reason : []);
        var retryLater = deferred?.Value("retryAt") is { } at && Timestamp.Parse(at) > directory.AsOf;
        var (source, destination) = (this["sourceChain"]!, this["destinationChain"]!);
        var hold = PublicStatus.Hold(status, cause, retryLater, directory.IsHalted(source, destination), directory.IsPaused(source, destination));
        (_values["status"], _values["stage"]) = PublicStatus.Of(status, cause, hold);
    }

    private void Delivered(AuditEntry delivered, AuditEntry sent, TransferStatus status)
    {
        Put("destinationTx", delivered.Value("transactionHash"));
        Put("destinationBlock", delivered.Value("blockHeight"));
        Put("destinationTime", delivered.Value("blockTime"));
        Put("executor", delivered.Value("account"));
        Put("feeExecutor", sent.Value("fee"));
        if (status is not TransferStatus.Deferred and not TransferStatus.Refunded) Put("amountOut", (Number(sent, "amount") - Number(sent, "fee")).ToString(CultureInfo.InvariantCulture));
    }

    private void Waited(IReadOnlyList<AuditEntry> events)
    {
        if (events.LastOrDefault(e => e.Value("kind") == "Deferred") is { } deferred)
        {
            Put("holdReason", deferred.Value("retryAt") is null ? EffectFailed : Held);
            Put("holdFrom", deferred.Value("blockTime"));
            Put("holdTo", deferred.Value("retryAt"));
            Put("failureCode", deferred.Value("reason") is { Length: >= 10 } reason ? reason[..10] : null);
        }
        Put("releasedBy", events.LastOrDefault(e => e.Value("kind") == "Retried")?.Value("account"));
        Put("refundTx", events.LastOrDefault(e => e.Value("kind") == "Refunded")?.Value("transactionHash"));
    }

    private void Certified(AuditEntry certificate, ExportDirectory directory)
    {
        var epoch = certificate.Value("epoch")!;
        Put("setIndex", epoch);
        if (directory.Set(this["destinationChain"]!, epoch) is not { } set) return;
        Put("threshold", set.Threshold.ToString(CultureInfo.InvariantCulture));
        var signers = Hex.Parse(certificate.Value("signers")!);
        Put("signers", string.Join(' ', set.Members.Where((_, i) => ((signers[31 - (i / 8)] >> (i % 8)) & 1) == 1)));
        var checkpoint = new Checkpoint(Hash32.Parse(certificate.Value("laneId")!), new Sequence(Parsed(certificate.Value("sequence")!)), Hash32.Parse(certificate.Value("rollingHash")!));
        Put("digest", checkpoint.Digest(new Eip712Domain(new ChainId(Parsed(this["destinationChain"]!)), set.Bridge), new Epoch(Parsed(epoch))).ToString());
    }

    private void Attached(AuditEntry reference)
    {
        Put("travelRuleRef", reference.Value("travelRuleRef"));
        Put("ivms101Hash", reference.Value("ivms101Hash"));
        var worst = Screening.Worst(reference.Row.GetProperty("screening").EnumerateArray().Select(screening => screening.GetString()!));
        Put("screeningResult", worst is { } result ? CodeWord.Of(result) : null);
    }

    private void Put(string column, string? value) => _values[column] = value;

    private static UInt128 Number(AuditEntry entry, string member) => UInt128.Parse(entry.Value(member)!, CultureInfo.InvariantCulture);

    private static ulong Parsed(string number) => ulong.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture);
}

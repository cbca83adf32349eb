using Bridge.Api.AuditLog;
using Bridge.Core;
using Bridge.Store;

namespace Bridge.Api.Description;

/// <summary>Examples of the audit log, made by the code that answers.</summary>
internal static class AuditLogExamples
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly Dictionary<string, string> Filters = new() { ["source"] = "8453", ["minAmount"] = "1000000" };
    private static readonly string[] Columns = ["transferId", "amountIn"];

    private static readonly AuditEntry Entry = new(
        new DateTimeOffset(2026, 1, 2, 3, 4, 7, TimeSpan.Zero), "transition", "1042", "insert",
        System.Text.Json.JsonSerializer.SerializeToElement(new Dictionary<string, string?> { ["id"] = "1042", ["messageId"] = Sample.Hash("message").ToString(), ["event"] = "SourceObserved", ["fromStatus"] = null, ["toStatus"] = "Observed" }), null);

    private static readonly LogLeaf Leaf = new(17, Entry.Kind, Entry.Text(), AuditEntry.LeafOf(Entry.Text()));

    private static readonly LogCheckpoint Checkpoint = new("bridge.example/log", 18, MerkleHash.Node(Sample.Hash("earlier"), Leaf.Hash));

    private static readonly string Note = Signed(NoteRole.Operator);

    public static readonly IReadOnlyDictionary<string, object> Requests = new Dictionary<string, object> { ["CosignLog"] = new CosignatureBody(Signed(NoteRole.Witness)), ["CreateExport"] = new CreateExportBody("csv", Filters, Columns) };

    public static readonly IReadOnlyDictionary<string, object> Answers = new Dictionary<string, object>
    {
        ["ListLogEntries"] = new LogEntryListBody([LogEndpoints.ToBody(Leaf)], null),
        ["GetLogProof"] = new LogProofBody(Sample.Hash("message").ToString(), Note, [new ProvenLeafBody("17", Leaf.Hash.ToString(), Leaf.Text, [Sample.Hash("earlier").ToString()])]),
        ["CosignLog"] = new CosignedBody(Someone.ToString(), "18"),
        ["CreateExport"] = ExportEndpoints.ToBody(new ExportJob(WriteExamples.QuoteId, Asked, "Asked", null, null, null, Now, null)),
        ["GetExport"] = ExportEndpoints.ToBody(new ExportJob(WriteExamples.QuoteId, Asked, "Done", 1, 64, Manifest(), Now, Now)),
    };

    private static ExportRequest Asked => new("csv", ExportFilter.Read(Filters).Filter!, Columns, 18);

    private static string Manifest() => new ExportManifest("csv", 1, Sample.Hash("file"), Columns, Filters, 18, Checkpoint.Root, Note, Now, "1.0.0")
        .Text(Someone, new CompactSignature([.. Sample.Hash("r").ToArray(), .. Sample.Hash("s").ToArray()]));

    private static Address Someone => Address.Parse("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed");

    private static string Signed(NoteRole role) => new SignedNote(
        Checkpoint, [new NoteSignature("bridge.example", Someone, role, 1_767_323_045, new CompactSignature([.. Sample.Hash("r").ToArray(), .. Sample.Hash("s").ToArray()]))]).Text();
}

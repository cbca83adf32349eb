using System.Text;
using Bridge.Audit;
using Bridge.Core;
using Bridge.Evm;
using Bridge.Store;
using Bridge.SystemTests.Api;
using Bridge.SystemTests.Api.Compliance;
using Bridge.SystemTests.Store;

namespace Bridge.SystemTests.AuditLog;

/// <summary>What is attached to a transfer becomes a leaf, and a row of an export is what the leaves told up to its size.</summary>
public sealed class ComplianceLogTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly string[] Columns = ["transferId", "travelRuleRef", "ivms101Hash", "screeningResult"];

    [Fact]
    public async Task A_reference_is_a_leaf_that_proves_itself_and_names_nobody()
    {
        var (transfer, integrator) = (await TransferAsync(), await Integrator.WithAsync(api, "compliance"));
        await AttachAsync(transfer, integrator, new { travelRuleRef = Integrator.Uuid, screening = new[] { Integrator.Screened("review") } });
        await SignAsync(await AppendAsync());

        var proof = (await integrator.Ask.GetAsync($"/v1/audit/log/proof/{transfer}")).Json;
        SignedNote.TryParse(proof.GetProperty("checkpoint").GetString()!, out var note).ShouldBeTrue();
        var leaf = proof.GetProperty("leaves").EnumerateArray().Single(one => AuditEntry.Parse(one.GetProperty("entry").GetString()!).Kind == "compliance_reference");
        var entry = AuditEntry.Parse(leaf.GetProperty("entry").GetString()!);
        (entry.Change, entry.Value("messageId"), entry.Value("travelRuleRef"), entry.Value("keyId")).ShouldBe(("insert", transfer, Integrator.Uuid, integrator.KeyId.ToString()));
        Screening.Parse(entry.Row.GetProperty("screening")[0].GetString()!).Result.ShouldBe(ScreeningResult.Review);
        entry.Text().ShouldNotContain(Integrator.Holder);
        MerkleProof.ProvesInclusion(
            [.. leaf.GetProperty("proof").EnumerateArray().Select(hash => Hash32.Parse(hash.GetString()!))], ulong.Parse(leaf.GetProperty("leafIndex").GetString()!, System.Globalization.CultureInfo.InvariantCulture),
            note!.Checkpoint.Size, AuditEntry.LeafOf(entry.Text()), note.Checkpoint.Root).ShouldBeTrue();
        (await LogVerifier.VerifyAsync(api.Store.ConnectionString, LogExpectation.None, default)).Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_export_has_the_newest_reference_of_its_leaves_and_the_same_bytes_whatever_is_attached_later()
    {
        var (transfer, bare, integrator) = (await TransferAsync(), await TransferAsync(), await Integrator.WithAsync(api, "compliance"));
        var before = await AppendAsync();
        (await RowAsync(transfer, before)).ShouldBe(",,");

        await AttachAsync(transfer, integrator, new { travelRuleRef = Integrator.Uuid, ivms101Hash = Integrator.Hash, screening = new[] { Integrator.Screened("clear"), Integrator.Screened("review") } });
        var first = await AppendAsync();
        (await RowAsync(transfer, first)).ShouldBe($"{Integrator.Uuid},{Integrator.Hash},review");
        (await RowAsync(bare, first)).ShouldBe(",,");

        // A correction supersedes as a whole, whoever attaches it; taken back, there is none.
        var kept = await ExportAsync(first);
        var other = new string('b', 64);
        await AttachAsync(transfer, await Integrator.WithAsync(api, "compliance"), new { travelRuleRef = other, screening = new[] { Integrator.Screened("blocked"), Integrator.Screened("clear") } });
        var second = await AppendAsync();
        (await RowAsync(transfer, second)).ShouldBe($"{other},,blocked");
        await AttachAsync(transfer, integrator, new { screening = Array.Empty<object>() });
        (await RowAsync(transfer, await AppendAsync())).ShouldBe(",,");
        (await ExportAsync(first)).ShouldBe(kept);
        (await RowAsync(transfer, second)).ShouldBe($"{other},,blocked");
    }

    private async Task<string> RowAsync(string transfer, ulong size) => Encoding.UTF8.GetString(await ExportAsync(size)).Split("\r\n").Single(line => line.StartsWith(transfer, StringComparison.Ordinal))[(transfer.Length + 1)..];

    private async Task<byte[]> ExportAsync(ulong size)
    {
        using var file = new MemoryStream();
        await ExportWriter.WriteAsync(api.Store.Source, new ExportRequest("csv", ExportFilter.Read([]).Filter!, Columns, size), file, default);
        return file.ToArray();
    }

    private static async Task AttachAsync(string transfer, Integrator integrator, object body) =>
        (await integrator.Ask.PostAsync(Integrator.Of(transfer), body)).Status.ShouldBe(System.Net.HttpStatusCode.Created);

    private async Task<string> TransferAsync() => (await Scene.FinalAsync(api.Store, 1)).Sent[0].MessageId.ToString();

    /// <returns>How many leaves there are then.</returns>
    private async Task<ulong> AppendAsync()
    {
        await api.Store.Get<LogSequencer>().BeginAsync(default);
        while (await api.Store.Get<LogSequencer>().AppendAsync(default) > 0) { }
        return await api.Store.Get<LogReader>().SizeAsync(default);
    }

    private async Task SignAsync(ulong size)
    {
        using var signer = LocalSigner.FromPrivateKey(Scene.Hash(78).ToArray());
        var checkpoint = new LogCheckpoint("bridge.example/log", size, await api.Store.Get<LogReader>().RootAsync(size, default));
        await api.Store.Get<LogStore>().SaveAsync(checkpoint, new NoteSignature("bridge.example", signer.Address, NoteRole.Operator, 1, signer.Sign(checkpoint.Digest(NoteRole.Operator, 1))), default);
    }
}

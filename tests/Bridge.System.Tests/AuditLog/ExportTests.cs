using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Bridge.Core;
using Bridge.Store;
using Bridge.SystemTests.Api;
using Bridge.SystemTests.Harness;
using Bridge.SystemTests.Store;

namespace Bridge.SystemTests.AuditLog;

/// <summary>Exports: asked of the API, written and signed by a node, checked without either.</summary>
public sealed class ExportTests : IAsyncLifetime
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly LogFixture _log = new();
    private Asking _auditor = null!;
    private Scene _scene = null!;

    public async Task InitializeAsync()
    {
        await _log.InitializeAsync();
        _auditor = new Asking(_log.Api.Url, await _log.First.Get<ApiKeyStore>().CreateAsync("auditor", ["auditor"], null, default));
        _scene = await Scene.FinalAsync(_log.First, 12);
        await _log.First.Directory.SaveValidatorSetAsync(_scene.Lane.Destination, Scene.Someone(2), new ValidatorSet(new Epoch(1), [.. Enumerable.Range(11, 4).Select(n => Scene.Someone((ulong)n)).Order()], 3), current: true, default);
        await _log.First.Directory.SaveAssetsAsync([new AssetRow(_scene.Lane.Source, new AssetId(1), Scene.Someone(100), "lock", "=cmd()", 18)], default);
        await _scene.CertifyAsync(8);
        await _scene.ReadDestinationAsync(1, [_scene.Delivery(1, 6, 1)], [_scene.Deferral(4, 1, [8, 0xc3, 0x79, 0xa0, 1], DateTimeOffset.UnixEpoch.AddDays(1))]);
        await _scene.FinalizeDestinationAsync(1);
        _log.Keeper.Start();
        await SignedAsync();
    }

    public Task DisposeAsync() => _log.DisposeAsync();

    [Fact]
    public async Task An_export_is_the_same_whatever_comes_after_and_any_change_of_it_is_found()
    {
        var (first, manifest) = await ExportAsync(new { format = "csv" });
        var size = manifest.GetProperty("treeSize").GetString()!;
        manifest.GetProperty("rows").GetString().ShouldBe("12");
        manifest.GetProperty("sha256").GetString().ShouldBe("0x" + Convert.ToHexStringLower(SHA256.HashData(first)));
        ReadsWell(Encoding.UTF8.GetString(first));

        // Transfers arrive and statuses change; the same size still has the same bytes, here and by the verb.
        await _scene.ReadDestinationAsync(2, [_scene.Delivery(7, 8, 2)]);
        await Scene.FinalAsync(_log.First, 40);
        await SignedAsync();
        var (again, _) = await ExportAsync(new { format = "csv", treeSize = size });
        Encoding.UTF8.GetString(again).ShouldBe(Encoding.UTF8.GetString(first));
        var (grown, _) = await ExportAsync(new { format = "csv" });
        grown.ShouldNotBe(first);
        var (code, said) = await _log.BridgeAsync("audit", "export", "--out", _log.PathOf("verb.csv"), "--tree-size", size);
        (code, said).ShouldBe((0, said));
        (await File.ReadAllBytesAsync(_log.PathOf("verb.csv"))).ShouldBe(first);

        await VerifiesAsync(first, manifest);
    }

    [Fact]
    public async Task Filters_and_columns_are_what_was_asked_for_and_anything_else_is_refused_by_name()
    {
        (await IdsAsync(new { executor = Scene.Someone(5).ToString() })).ShouldBe(Sequences(1, 2, 3, 4, 5, 6));
        (await IdsAsync(new { holdReason = "HELD" })).ShouldBe(Sequences(4));
        (await IdsAsync(new { validator = (await SignersAsync())[0] })).ShouldBe(Sequences(1, 2, 3, 4, 5, 6, 7, 8));
        (await IdsAsync(new { status = "ACTION_REQUIRED" })).ShouldBe(Sequences(4));
        (await IdsAsync(new { status = "DONE" })).ShouldBe(Sequences(1, 2, 3, 5, 6));
        (await IdsAsync(new { txHash = _scene.Sent[2].Transaction.ToString() })).ShouldBe(Sequences(3));
        (await IdsAsync(new { minAmount = "1001" })).ShouldBeEmpty();
        (await IdsAsync(new { source = _scene.Lane.Destination.ToString() })).ShouldBeEmpty();

        var wrong = await _auditor.PostAsync("/v1/audit/exports", new { format = "pdf", filters = new { color = "red", sender = "me" }, columns = new[] { "nothing" } });
        wrong.ShouldBeProblem(HttpStatusCode.BadRequest, "VALIDATION_FAILED");
        wrong.Json.GetProperty("errors").EnumerateObject().Select(error => error.Name).Order().ShouldBe(["columns", "filters.color", "filters.sender", "format"]);
        (await _auditor.PostAsync("/v1/audit/exports", new { format = "csv", treeSize = "1" })).ShouldBeProblem(HttpStatusCode.ServiceUnavailable, "UNAVAILABLE");
        (await _log.Ask.PostAsync("/v1/audit/exports", new { format = "csv" })).ShouldBeProblem(HttpStatusCode.Unauthorized, "UNAUTHORIZED");
        (await _auditor.GetAsync($"/v1/audit/exports/{Guid.NewGuid()}")).ShouldBeProblem(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    /// <summary>Each row beside what the API says of the same transfer at the same moment; the bytes stay when what held it back is over.</summary>
    [Fact]
    public async Task Status_and_stage_are_the_API_s_words_also_where_something_holds_a_transfer_back()
    {
        await _scene.ReadDestinationAsync(2, [_scene.Delivery(7, 8, 2)], [_scene.Deferral(8, 2, [], DateTimeOffset.UtcNow.AddDays(1))]);
        await _scene.FinalizeDestinationAsync(2);
        await SignedAsync();
        await SameAsync("HELD RATE_LIMIT", "PENDING ATTESTING", "DONE COMPLETED", "ACTION_REQUIRED CLAIMABLE");

        await _log.First.Halts.HaltAsync(_scene.Lane, "TEST", "a reason", default);
        await SignedAsync();
        var (halted, manifest) = await SameAsync("HELD CHAIN_HALTED", "HELD RATE_LIMIT");

        await _log.First.ExecuteAsync("UPDATE lane_halt SET resumed_at = now(), resumed_by = 'Ada', resumed_why = 'a reason'");
        await SignedAsync();
        await SameAsync("PENDING ATTESTING");
        (await ExportAsync(new { format = "jsonl", columns = new[] { "transferId", "status", "stage" }, treeSize = manifest.GetProperty("treeSize").GetString() })).File.ShouldBe(halted);
    }

    [Fact]
    public async Task A_pause_of_the_destination_or_of_one_lane_into_it_holds_in_an_export_as_it_does_in_the_API_until_it_is_over()
    {
        await PauseAsync(DateTimeOffset.UtcNow.AddHours(1), null);
        await SameAsync("HELD LANE_PAUSED", "DONE COMPLETED");

        await PauseAsync(null, DateTimeOffset.UtcNow.AddHours(1));
        await SameAsync("HELD LANE_PAUSED");

        await PauseAsync(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(-1));
        await SameAsync("PENDING ATTESTING");
    }

    /// <param name="everything">Until when the destination delivers nothing; null: no pause.</param>
    /// <param name="lane">Until when it delivers nothing of this source.</param>
    private async Task PauseAsync(DateTimeOffset? everything, DateTimeOffset? lane)
    {
        var (at, time) = (_scene.Lane.Destination, DateTimeOffset.UtcNow);
        await _log.First.Get<MirrorStore>().SaveAsync(new ChainMirror(
            at, "far", Scene.Someone(2), Scene.Someone(3), "finalized", "eip1559", 1, time, 1, time, everything, [new LaneEnd(_scene.Lane.Source, true, lane)], [], []), default);
        await Task.Delay(1200); // Longer than the API keeps its directory.
        await SignedAsync();
    }

    private async Task<(byte[] File, JsonElement Manifest)> SameAsync(params string[] among)
    {
        var (file, manifest) = await ExportAsync(new { format = "jsonl", columns = new[] { "transferId", "status", "stage" } });
        var names = new HashSet<string>();
        foreach (var line in Encoding.UTF8.GetString(file).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var row = JsonDocument.Parse(line).RootElement;
            var answer = await _log.Ask.GetAsync($"/v1/transfers/{row.GetProperty("transferId").GetString()}");
            (row.GetProperty("status").GetString(), row.GetProperty("stage").GetString()).ShouldBe((answer.At("status"), answer.At("stage")), line);
            names.Add($"{answer.At("status")} {answer.At("stage")}");
        }
        foreach (var name in among) names.ShouldContain(name);
        return (file, manifest);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("-1", "'-1")]
    [InlineData("+1", "'+1")]
    [InlineData("\tx", "'\tx")]
    [InlineData("a,\"b\"\n", "\"a,\"\"b\"\"\n\"")]
    [InlineData("0x12", "0x12")]
    [InlineData(null, "")]
    public void No_cell_is_a_formula(string? value, string cell) => ExportColumns.Csv(value).ShouldBe(cell);

    private void ReadsWell(string csv)
    {
        var lines = csv.Split("\r\n");
        var names = lines[0].Split(',');
        names.ShouldBe(ExportColumns.All);
        var rows = lines[1..^1].Select(line => names.Zip(line.Split(',')).ToDictionary(cell => cell.First, cell => cell.Second)).ToDictionary(row => row["sequence"]);
        rows.Count.ShouldBe(12);
        var (delivered, held, certified, waiting) = (rows["1"], rows["4"], rows["7"], rows["10"]);
        (delivered["status"], delivered["stage"]).ShouldBe(("DONE", "COMPLETED"));
        (delivered["amountIn"], delivered["amountOut"], delivered["feeOffered"], delivered["feeExecutor"], delivered["executor"]).ShouldBe(("1000", "990", "10", "10", Hex.Format(Scene.Someone(5).ToArray())));
        (delivered["transferId"], delivered["sourceTx"], delivered["threshold"], delivered["setIndex"]).ShouldBe((_scene.Sent[0].MessageId.ToString(), _scene.Sent[0].Transaction.ToString(), "3", "1"));
        delivered["signers"].Split(' ').Length.ShouldBe(3, "those of the certificate");
        delivered["digest"].ShouldBe(_scene.Checkpoint(8).Digest(new Eip712Domain(_scene.Lane.Destination, Scene.Someone(2)), new Epoch(1)).ToString());
        (held["status"], held["stage"]).ShouldBe(("ACTION_REQUIRED", "CLAIMABLE"), "it may be retried since 1970");
        (held["holdReason"], held["holdTo"], held["failureCode"], held["amountOut"]).ShouldBe(("HELD", "1970-01-02T00:00:00.000000Z", "0x08c379a0", ""));
        (certified["status"], certified["stage"], certified["executor"], certified["setIndex"]).ShouldBe(("PENDING", "QUORUM_REACHED", "", "1"));
        (waiting["status"], waiting["stage"], waiting["feeOffered"], waiting["feeExecutor"], waiting["setIndex"], waiting["digest"]).ShouldBe(("PENDING", "ATTESTING", "10", "", "", ""));
    }

    private async Task VerifiesAsync(byte[] file, JsonElement manifest)
    {
        var path = _log.PathOf("export.csv");
        await File.WriteAllBytesAsync(path, file);
        await File.WriteAllTextAsync(path + ".manifest.json", JsonSerializer.Serialize(manifest, Indented));
        var (code, said) = await _log.BridgeAsync("audit", "verify", path, "--operator", _log.Operator.ToString());
        code.ShouldBe(0, said);
        (await _log.BridgeAsync("audit", "verify", path, "--operator", _log.Witness.ToString())).ExitCode.ShouldBe(1, "somebody else's name");

        var text = Encoding.UTF8.GetString(file);
        await File.WriteAllTextAsync(path, text.Replace(",990,", ",991,", StringComparison.Ordinal));
        (await _log.BridgeAsync("audit", "verify", path)).Output.ShouldContain("ALTERED the file was altered");
        await File.WriteAllTextAsync(path, text[..(text[..^2].LastIndexOf("\r\n", StringComparison.Ordinal) + 2)]);
        (await _log.BridgeAsync("audit", "verify", path)).Output.ShouldContain("the file has 11 rows, and the manifest says 12");
        await File.WriteAllBytesAsync(path, file);
        await File.WriteAllTextAsync(path + ".manifest.json", manifest.GetRawText().Replace("\"rows\":\"12\"", "\"rows\":\"13\"", StringComparison.Ordinal));
        (await _log.BridgeAsync("audit", "verify", path)).Output.ShouldContain("ALTERED the manifest was altered");
    }

    private async Task<(byte[] File, JsonElement Manifest)> ExportAsync(object body)
    {
        var asked = await _auditor.PostAsync("/v1/audit/exports", body);
        asked.Status.ShouldBe(HttpStatusCode.Accepted, asked.Text);
        var path = $"/v1/audit/exports/{asked.At("id")}";
        var done = await Eventually.NotNullAsync("the export to be written", async () => await _auditor.GetAsync(path) is { } job && job.At("status") == "done" ? job : null, _log.Explain);
        var content = await _auditor.GetAsync(done.At("content")!);
        content.Status.ShouldBe(HttpStatusCode.OK);
        return (Encoding.UTF8.GetBytes(content.Text), done.Json.GetProperty("manifest"));
    }

    private async Task<List<string>> IdsAsync(object filters)
    {
        var (file, _) = await ExportAsync(new { format = "jsonl", filters, columns = new[] { "transferId", "sequence" } });
        return [.. Encoding.UTF8.GetString(file).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("transferId").GetString()!)];
    }

    private async Task<string[]> SignersAsync()
    {
        var (file, _) = await ExportAsync(new { format = "jsonl", columns = new[] { "signers" } });
        return JsonDocument.Parse(Encoding.UTF8.GetString(file).Split('\n')[0]).RootElement.GetProperty("signers").GetString()!.Split(' ');
    }

    private IEnumerable<string> Sequences(params int[] numbers) => numbers.Select(n => _scene.Sent[n - 1].MessageId.ToString());

    private Task SignedAsync() => Eventually.TrueAsync("the whole log to be signed", async () =>
    {
        var log = _log.First.Get<LogReader>();
        await using var pending = _log.First.Source.CreateCommand("SELECT count(*) FROM log_pending");
        return (long)(await pending.ExecuteScalarAsync())! == 0 && await log.CheckpointAsync(default) is { } note && note.Checkpoint.Size == await log.SizeAsync(default);
    }, _log.Explain);
}

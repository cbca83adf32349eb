using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Bridge.Core;
using Bridge.Evm;
using Bridge.Store;
using Bridge.SystemTests.Harness;
using Bridge.SystemTests.Store;

namespace Bridge.SystemTests.AuditLog;

/// <summary>The role log and what the API serves of it: signed, cosigned, posted to a chain, and checked as a stranger would.</summary>
public sealed class LogRoleTests : IAsyncLifetime
{
    private static readonly HttpClient Http = new();
    private static readonly AbiFunction Newest = new("newest(address,bytes32)", "(uint64,uint64,bytes32)");

    private readonly LogFixture _log = new();

    public async Task InitializeAsync()
    {
        await _log.InitializeAsync();
        await Scene.FinalAsync(_log.First, 150);
        _log.Keeper.Start();
        _log.Watcher.Start();
    }

    public Task DisposeAsync() => _log.DisposeAsync();

    [Fact]
    public async Task A_log_is_signed_cosigned_posted_and_checked_by_a_stranger_and_no_other_history_gets_a_signature()
    {
        var note = await CosignedAsync(0);
        await StrangerAsync(note);
        await AnchoredAsync();
        await VerbsAsync(note);
        await CosignaturesOfOthersAsync(note);

        // It grows, and the witness follows.
        await Scene.FinalAsync(_log.First, 30);
        await CosignedAsync(note.Checkpoint.Size);

        // History is rewritten, leaf hashes and all: nothing more is signed over it.
        const string rewrite = "UPDATE log_entry SET entry = replace(entry, '\"SourceObserved\"', '\"SourceObserve\"'); UPDATE log_entry SET leaf_hash = sha256('\\x00'::bytea || convert_to(entry, 'UTF8'))";
        await _log.First.ExecuteAsync($"SET session_replication_role = replica; {rewrite}; DELETE FROM log_node; SET session_replication_role = origin");
        await RefillNodesAsync();
        await Scene.FinalAsync(_log.First, 1);
        await StalledAsync(_log.First, "log", "are not what was signed");

        // Even if its operator signs it as if nothing had been, the witness does not.
        await _log.Keeper.KillAsync();
        await _log.First.ExecuteAsync("SET session_replication_role = replica; DELETE FROM log_cosignature; DELETE FROM log_anchor; DELETE FROM log_checkpoint; SET session_replication_role = origin");
        _log.Keeper.Start();
        await StalledAsync(_log.Second, "log witness first", "did not grow out of");
        (await NoteAsync())!.By(_log.Witness, NoteRole.Witness).ShouldBeNull();
    }

    private Task<SignedNote> CosignedAsync(ulong above) => Eventually.NotNullAsync($"a checkpoint of more than {above} leaves that both signed", async () =>
        await NoteAsync() is { } note && note.Checkpoint.Size > above && note.By(_log.Operator, NoteRole.Operator) is not null && note.By(_log.Witness, NoteRole.Witness) is not null ? note : null, _log.Explain);

    private async Task<SignedNote?> NoteAsync()
    {
        var answer = await _log.Ask.GetAsync("/v1/audit/log/checkpoint");
        return answer.Status is System.Net.HttpStatusCode.OK && SignedNote.TryParse(answer.Text, out var note) ? note : null;
    }

    /// <summary>With nothing but the API: the root from the tiles, the leaves from the entries, a transfer's proof.</summary>
    private async Task StrangerAsync(SignedNote note)
    {
        var (size, leaves) = (note.Checkpoint.Size, new List<Hash32>());
        size.ShouldBeGreaterThan(256UL, "a tile is full");
        for (var tile = 0UL; tile * 256 < size; tile++)
        {
            var path = TilePath.Holding(0, tile * 256, size);
            var (hashes, cached) = await BytesAsync($"v1/audit/log/tile/0/{path.Path()}");
            cached.ShouldBe("public, max-age=31536000, immutable");
            var (bundle, _) = await BytesAsync($"v1/audit/log/tile/entries/{path.Path()}");
            var entries = Entries(bundle);
            entries.Select(entry => MerkleHash.Leaf(entry)).ShouldBe(hashes.Chunk(32).Select(hash => new Hash32(hash)));
            leaves.AddRange(hashes.Chunk(32).Select(hash => new Hash32(hash)));
        }
        MerkleHash.Root(leaves).ShouldBe(note.Checkpoint.Root);
        MerkleHash.Perfect([.. leaves.Take(256)]).ShouldBe(new Hash32((await BytesAsync("v1/audit/log/tile/1/000.p/1")).Bytes));

        var page = await _log.Ask.GetAsync("/v1/audit/log/entries?from=5&limit=2");
        page.Json.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("leafIndex").GetString()).ShouldBe(["5", "6"]);
        page.At("next").ShouldBe("7");

        var id = await TextAsync("SELECT '0x' || encode(message_id, 'hex') FROM message WHERE sequence = 7");
        var proof = (await _log.Ask.GetAsync($"/v1/audit/log/proof/{id}")).Json;
        SignedNote.TryParse(proof.GetProperty("checkpoint").GetString()!, out var over).ShouldBeTrue();
        proof.GetProperty("leaves").GetArrayLength().ShouldBe(3, "it was sent, observed and final");
        foreach (var leaf in proof.GetProperty("leaves").EnumerateArray()) Holds(leaf, over!.Checkpoint).ShouldBeTrue();

        (await _log.Ask.GetAsync("/v1/audit/log/tile/0/999")).ShouldBeProblem(System.Net.HttpStatusCode.NotFound, "NOT_FOUND");
        (await _log.Ask.GetAsync("/v1/audit/log/tile/0/1")).ShouldBeProblem(System.Net.HttpStatusCode.BadRequest, "VALIDATION_FAILED");
        (await _log.Ask.GetAsync($"/v1/audit/log/proof/{Scene.Hash(1, 2, 3)}")).ShouldBeProblem(System.Net.HttpStatusCode.NotFound, "TRANSFER_NOT_INDEXED");
    }

    private async Task AnchoredAsync()
    {
        var origin = Keccak256.Hash(Encoding.UTF8.GetBytes(LogFixture.Origin));
        var posted = await Eventually.NotNullAsync("the root to be posted", async () =>
        {
            var newest = Newest.DecodeResult(await _log.Chain.Client.CallAsync(_log.Anchor, Newest.Encode(_log.Operator, origin), null, default));
            return (System.Numerics.BigInteger)newest[0] > 0 ? newest : null;
        }, _log.Explain);
        var size = (ulong)(System.Numerics.BigInteger)posted[0];
        (await _log.First.Get<LogReader>().RootAsync(size, default)).ShouldBe(AbiHash(posted[2]));
        await Eventually.TrueAsync("the posting to be written down", async () => await TextAsync("SELECT count(*)::text FROM log_anchor") == "1", _log.Explain);
    }

    private async Task VerbsAsync(SignedNote note)
    {
        var (_, kept) = await _log.BridgeAsync("audit", "checkpoint");
        SignedNote.TryParse(kept.Replace("\r", "", StringComparison.Ordinal), out var printed).ShouldBeTrue(kept);
        await File.WriteAllTextAsync(_log.PathOf("kept"), note.Text());
        var (code, said) = await _log.BridgeAsync("audit", "verify", "--log", "--checkpoint", _log.PathOf("kept"), "--operator", _log.Operator.ToString());
        (code, said).ShouldBe((0, said));
        said.ShouldContain(", 0 altered");
        var id = await TextAsync("SELECT '0x' || encode(message_id, 'hex') FROM message WHERE sequence = 7");
        var (proveCode, proof) = await _log.BridgeAsync("audit", "prove", id);
        proveCode.ShouldBe(0, proof);
        var json = JsonDocument.Parse(proof).RootElement;
        SignedNote.TryParse(json.GetProperty("checkpoint").GetString()!, out var over).ShouldBeTrue();
        json.GetProperty("leaves").EnumerateArray().ShouldAllBe(leaf => Holds(leaf, over!.Checkpoint));
        await _log.First.ExecuteAsync("SET session_replication_role = replica; UPDATE message SET amount = amount + 1 WHERE sequence = 7; SET session_replication_role = origin");
        var (altered, named) = await _log.BridgeAsync("audit", "verify", "--log");
        altered.ShouldBe(1);
        named.ShouldContain($"ALTERED message {id}: amount is ");
        await _log.First.ExecuteAsync("SET session_replication_role = replica; UPDATE message SET amount = amount - 1 WHERE sequence = 7; SET session_replication_role = origin");
    }

    private async Task CosignaturesOfOthersAsync(SignedNote note)
    {
        using var stranger = LocalSigner.FromPrivateKey(Scene.Hash(4711).ToArray());
        var line = new NoteSignature("stranger", stranger.Address, NoteRole.Witness, 1, stranger.Sign(note.Checkpoint.Digest(NoteRole.Witness, 1)));
        (await CosignAsync(new SignedNote(note.Checkpoint, [line]))).ShouldBeProblem(System.Net.HttpStatusCode.Forbidden, "NOT_A_WITNESS");
        (await CosignAsync(new SignedNote(note.Checkpoint, [line with { Time = 2 }]))).ShouldBeProblem(System.Net.HttpStatusCode.UnprocessableEntity, "SIGNATURE_INVALID");
        (await CosignAsync(new SignedNote(note.Checkpoint, [note.By(_log.Operator, NoteRole.Operator)!]))).ShouldBeProblem(System.Net.HttpStatusCode.BadRequest, "VALIDATION_FAILED");
    }

    private Task<Api.Answer> CosignAsync(SignedNote note) => _log.Ask.PostAsync("/v1/audit/log/cosignatures", new { note = note.Text() });

    /// <summary>What a node that rewrote everything would have written.</summary>
    private async Task RefillNodesAsync()
    {
        var hashes = (await _log.First.Get<LogReader>().EntriesAsync(0, 100_000, default)).Select(leaf => leaf.Hash).ToList();
        for (var tile = 0; (tile + 1) * 256 <= hashes.Count; tile++)
            await _log.First.ExecuteAsync($"INSERT INTO log_node VALUES (1, {tile}, '\\x{MerkleHash.Perfect([.. hashes.Skip(tile * 256).Take(256)]).ToString()[2..]}')");
    }

    private static Task StalledAsync(StoreFixture store, string component, string with) => Eventually.TrueAsync($"{component} to stall with '{with}'", async () =>
        (await store.Directory.HeartbeatsAsync(default)).Any(beat => beat.Component == component && beat.State == "stalled" && beat.Detail?.Contains(with, StringComparison.Ordinal) == true));

    private static bool Holds(JsonElement leaf, LogCheckpoint over) => MerkleProof.ProvesInclusion(
        [.. leaf.GetProperty("proof").EnumerateArray().Select(hash => Hash32.Parse(hash.GetString()!))], ulong.Parse(leaf.GetProperty("leafIndex").GetString()!, CultureInfo.InvariantCulture), over.Size,
        AuditEntry.LeafOf(leaf.GetProperty("entry").GetString()!), over.Root);

    private static Hash32 AbiHash(object value) => value is Hash32 hash ? hash : new Hash32((byte[])value);

    private async Task<(byte[] Bytes, string? Cached)> BytesAsync(string path)
    {
        using var response = await Http.GetAsync(new Uri(_log.Api.Url, path));
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadAsByteArrayAsync(), response.Headers.CacheControl?.ToString());
    }

    private static List<byte[]> Entries(byte[] bundle)
    {
        var entries = new List<byte[]>();
        for (var at = 0; at < bundle.Length; at += 2 + entries[^1].Length) entries.Add(bundle[(at + 2)..(at + 2 + BinaryPrimitives.ReadUInt16BigEndian(bundle.AsSpan(at)))]);
        return entries;
    }

    private async Task<string> TextAsync(string sql)
    {
        await using var command = _log.First.Source.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}

using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json.Nodes;
using Bridge.Core;
using Bridge.SystemTests.Harness;

namespace Bridge.SystemTests;

/// <summary>A validator whose source lies, forgets or cannot prove. Three others carry on.</summary>
[Collection(InMemoryWorld.Name)]
public class SourceTests(InMemoryWorld running)
{
    private const ulong Fee = 10_000;

    private World World => running.World;

    [Fact]
    public async Task A_Bridge_keeps_its_lanes_where_the_proofs_look()
    {
        await SentAsync();
        var (home, bridge) = (World.Home, World.BridgeOn(World.Home));
        var head = await home.Client.HeadAsync(default);
        var outbound = await bridge.OutboundAsync(World.Far.Id, head.Height, default);
        outbound.Sequence.Value.ShouldBeGreaterThan(0UL);
        (await bridge.ProveOutboundAsync(World.Far.Id, head.Ref, default)).ShouldBe((outbound, null));
        (await World.BridgeOn(World.Far).ProveOutboundAsync(World.Home.Id, (await World.Far.Client.HeadAsync(default)).Ref, default)).State!.RollingHash.IsZero.ShouldBeFalse();
        var nowhere = await bridge.ProveOutboundAsync(new ChainId(77), head.Ref, default);
        (nowhere.State!.Sequence, nowhere.State.RollingHash).ShouldBe((Sequence.None, default));
    }

    [Fact]
    public async Task A_validator_that_must_prove_signs_what_is_proven()
    {
        var (validator, database) = await World.FreshValidatorAsync(proof: "required");
        await using var _ = validator;
        validator.Start();
        await SentAsync();
        await SignedAsync(database, validator);
        await Eventually.TrueAsync("both chains' endpoints to be shown as they are", async () =>
            await database.CountAsync("SELECT count(*) FROM endpoint WHERE state = 'ok' AND height > 0 AND reason IS NULL") == 2, validator.Tail);
    }

    [Fact]
    public async Task A_false_proof_is_not_signed_over_and_its_endpoint_is_shown_as_lying()
    {
        await using var proxy = new LyingProxy(World.Home.Url);
        proxy.Alter = (method, reply) =>
        {
            if (method == "eth_getProof") reply["result"]!["storageProof"]![0]!["proof"]![0] = "0xc0";
        };
        var (validator, database) = await World.FreshValidatorAsync(proxy.Url);
        await using var _ = validator;
        validator.Start();
        await SentAsync();
        await SaysAsync(database, validator, "attest", "does not verify");
        await Eventually.TrueAsync("the endpoint to be shown as lying", async () =>
            await database.CountAsync("SELECT count(*) FROM endpoint WHERE state = 'lying' AND reason LIKE '%proof that does not verify%' AND disagreements > 0") == 1, validator.Tail);
        (await SignaturesAsync(database)).ShouldBe(0);
    }

    [Fact]
    public async Task Without_proofs_a_validator_signs_only_where_that_is_allowed_and_says_why_there_are_none()
    {
        await using var proxy = new LyingProxy(World.Home.Url);
        proxy.Alter = (method, reply) =>
        {
            if (method != "eth_getProof") return;
            reply.Remove("result");
            reply["error"] = new JsonObject { ["code"] = -32601, ["message"] = "the method eth_getProof does not exist/is not available" };
        };
        var (strict, before) = await World.FreshValidatorAsync(proxy.Url, "required");
        await using (strict)
        {
            strict.Start();
            await SentAsync();
            await SaysAsync(before, strict, "attest", "Proof is required");
            (await SignaturesAsync(before)).ShouldBe(0);
        }
        var (lenient, after) = await World.FreshValidatorAsync(proxy.Url);
        await using (lenient)
        {
            lenient.Start();
            await SignedAsync(after, lenient);
            await SaysAsync(after, lenient, "attest", "no storage proof");
        }
    }

    [Fact]
    public async Task Logs_that_were_hidden_are_found_missing_and_read_once_they_are_shown()
    {
        var hides = true;
        await using var proxy = new LyingProxy(World.Home.Url);
        proxy.Alter = (method, reply) =>
        {
            if (hides && method == "eth_getLogs") reply["result"] = new JsonArray();
        };
        var (validator, database) = await World.FreshValidatorAsync(proxy.Url);
        await using var _ = validator;
        validator.Start();
        await SentAsync();
        await SaysAsync(database, validator, $"watch {World.Home.Id}", "lies or has pruned its logs");
        (await SignaturesAsync(database)).ShouldBe(0);
        // The cursor has passed the blocks that hold them.
        hides = false;
        await SignedAsync(database, validator);
    }

    [Fact]
    public async Task A_message_that_was_invented_is_taken_back_when_the_true_one_contradicts_it()
    {
        var lies = false;
        await using var proxy = new LyingProxy(World.Home.Url);
        proxy.Alter = (method, reply) =>
        {
            if (lies && method == "eth_getLogs" && reply["result"] is JsonArray { Count: > 0 } logs) logs.Add(Invented(logs[^1]!));
        };
        var (validator, database) = await World.FreshValidatorAsync(proxy.Url);
        await using var _ = validator;
        // Before anything is final nothing is held against the contract, which would find it out first.
        validator.Save(config => config["Bridge"]!["Chains"]!.AsObject().Single(chain => (ulong)chain.Value!["ChainId"]! == World.Home.Id.Value).Value!["Finality"] = "depth:100000");
        validator.Start();
        var user = await Traveller.AtAsync(World, 7);
        await user.PrepareAsync(2_000_000);
        await ReadAsync(await user.SendAsync(World.Home, World.Far, 1_000_000, Fee));
        lies = true;
        var last = await user.SendAsync(World.Home, World.Far, 500_000, Fee);
        await Eventually.TrueAsync("the invented message to be read", async () => await database.CountAsync($"{Behind(last)} AND i.status = 'Observed'") == 1, validator.Tail);

        lies = false;
        await ReadAsync(await user.SendAsync(World.Home, World.Far, 400_000, Fee));
        (await database.CountAsync($"{Behind(last)} AND i.status = 'Orphaned'")).ShouldBe(1);

        Task ReadAsync(Hash32 id) => Eventually.TrueAsync($"{id} to be read", async () => await database.CountAsync($"SELECT count(*) FROM message WHERE message_id = decode('{id.ToString()[2..]}', 'hex')") == 1, validator.Tail);
        static string Behind(Hash32 id) => "SELECT count(*) FROM message i JOIN message m ON m.block_hash = i.block_hash AND m.source_chain = i.source_chain AND i.sequence = m.sequence + 1 "
            + $"WHERE m.message_id = decode('{id.ToString()[2..]}', 'hex')";
    }

    /// <summary>A message that nobody sent: the last one once more, as the next one of its lane, folded as it must be.</summary>
    private static JsonNode Invented(JsonNode sent)
    {
        var (log, data) = (sent.DeepClone(), Hex.Parse((string)sent["data"]!));
        var wire = data.AsSpan(96, (int)BinaryPrimitives.ReadUInt32BigEndian(data.AsSpan(92)));
        RollingHash.Fold(new Hash32(data.AsSpan(0, 32)), wire).ToArray().CopyTo(data, 0);
        var sequence = ulong.Parse(((string)sent["topics"]![2]!)[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture) + 1;
        (log["data"], log["topics"]![2], log["logIndex"]) = (Hex.Format(data), $"0x{sequence:x64}", "0xfffe");
        return log;
    }

    private async Task SentAsync()
    {
        var user = await Traveller.AtAsync(World, 6);
        await user.PrepareAsync(1_000_000);
        await World.DeliveredAsync(await user.SendAsync(World.Home, World.Far, 1_000_000, Fee));
    }

    private Task SignedAsync(Database database, Node validator) => Eventually.TrueAsync("a signature", async () => await SignaturesAsync(database) > 0, validator.Tail);

    private Task<long> SignaturesAsync(Database database) =>
        database.CountAsync($"SELECT count(*) FROM signature s JOIN lane l USING (lane_id) WHERE l.source_chain = {World.Home.Id}");

    private static Task SaysAsync(Database database, Node validator, string component, string said) => Eventually.TrueAsync(
        $"{component} to say '{said}'", async () => await database.CountAsync($"SELECT count(*) FROM heartbeat WHERE component = '{component}' AND detail LIKE '%{said}%'") == 1, validator.Tail);
}

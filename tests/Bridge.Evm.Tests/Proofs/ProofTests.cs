using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Core;

namespace Bridge.Evm.Tests;

/// <summary>Proofs as a real node serves them, and every way to spoil one.</summary>
[Collection("anvil")]
public sealed class ProofTests(Anvil anvil)
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly Uri Node = new("http://node.test");
    private static readonly Hash32 Held = Slot(7);
    private static readonly Hash32 Bare = Slot(999);

    private static Hash32 Slot(ulong number) => Hash32.Parse($"0x{number:x64}");
    private static Hash32 Word(ulong number) => Keccak256.Hash(Slot(number).ToArray());

    /// <summary>An account with enough slots that its trie has branches, extensions and leaves; returns the block that has them.</summary>
    private async Task<BlockHeader> StoredAsync()
    {
        for (ulong i = 0; i < 40; i++) await anvil.AdminAsync("anvil_setStorageAt", Anvil.Echo.ToString(), Slot(i).ToString(), Word(i).ToString());
        await anvil.AdminAsync("anvil_setStorageAt", Anvil.Echo.ToString(), Slot(50).ToString(), Slot(1).ToString());
        await anvil.MineAsync();
        return await anvil.Client(1, new Middleman()).HeadAsync(None);
    }

    private async Task<(JsonObject Reply, Hash32 StateRoot)> ServedAsync(BlockHeader block, params Hash32[] slots)
    {
        var reply = await anvil.AdminAsync("eth_getProof", Anvil.Echo.ToString(), slots.Select(s => s.ToString()).ToArray(), $"0x{block.Height:x}");
        var header = await anvil.AdminAsync("eth_getBlockByHash", block.Hash.ToString(), false);
        return (JsonNode.Parse(reply.GetRawText())!.AsObject(), Hash32.Parse(header.GetProperty("stateRoot").GetString()!));
    }

    private static IReadOnlyList<Hash32> Verify(JsonNode reply, Hash32 stateRoot, params Hash32[] slots) =>
        AccountProof.Verify(new RpcRead(Node), JsonDocument.Parse(reply.ToJsonString()).RootElement, stateRoot, Anvil.Echo, slots);

    private static bool IsRefused(JsonNode reply, Hash32 stateRoot, params Hash32[] slots)
    {
        try
        {
            Verify(reply, stateRoot, slots);
            return false;
        }
        catch (Exception e) when (e is ProofException or RpcException { Kind: RpcErrorKind.InvalidResponse })
        {
            return true;
        }
    }

    [Fact]
    public async Task A_real_proof_shows_what_the_slots_hold_and_that_others_hold_nothing()
    {
        var block = await StoredAsync();
        var slots = Enumerable.Range(0, 60).Select(i => Slot((ulong)i)).ToArray();
        var (reply, root) = await ServedAsync(block, slots);
        var words = Verify(reply, root, slots);
        for (ulong i = 0; i < 60; i++) words[(int)i].ShouldBe(i < 40 ? Word(i) : i == 50 ? Slot(1) : default);
    }

    [Fact]
    public async Task A_real_block_s_hash_comes_out_of_its_fields_and_not_out_of_others()
    {
        var block = await StoredAsync();
        var header = await anvil.AdminAsync("eth_getBlockByHash", block.Hash.ToString(), false);
        HeaderHash.Of(header).ShouldBe(block.Hash);
        var fields = new[]
        {
            "parentHash", "sha3Uncles", "miner", "stateRoot", "transactionsRoot", "receiptsRoot", "logsBloom", "difficulty", "number", "gasLimit", "gasUsed", "timestamp",
            "extraData", "mixHash", "nonce", "baseFeePerGas", "withdrawalsRoot", "blobGasUsed", "excessBlobGas", "parentBeaconBlockRoot", "requestsHash",
        };
        foreach (var field in fields)
        {
            var changed = JsonNode.Parse(header.GetRawText())!.AsObject();
            changed.ContainsKey(field).ShouldBeTrue($"anvil's header has no {field}: it does not stand for a header of Prague");
            changed[field] = Flipped((string)changed[field]!);
            HeaderHash.Of(JsonDocument.Parse(changed.ToJsonString()).RootElement).ShouldNotBe(block.Hash, field);
            changed.Remove(field);
            HeaderHash.Of(JsonDocument.Parse(changed.ToJsonString()).RootElement).ShouldNotBe(block.Hash, field);
        }
    }

    [Fact]
    public async Task A_field_behind_a_gap_does_not_stand_for_the_one_that_is_missing()
    {
        var block = await StoredAsync();
        var london = JsonNode.Parse((await anvil.AdminAsync("eth_getBlockByHash", block.Hash.ToString(), false)).GetRawText())!.AsObject();
        foreach (var later in new[] { "withdrawalsRoot", "blobGasUsed", "excessBlobGas", "parentBeaconBlockRoot", "requestsHash" }) london.Remove(later);
        london["baseFeePerGas"] = "0x1234";
        var hash = HeaderHash.Of(JsonDocument.Parse(london.ToJsonString()).RootElement);

        london.Remove("baseFeePerGas");
        london["withdrawalsRoot"] = "0x1234";

        HeaderHash.Of(JsonDocument.Parse(london.ToJsonString()).RootElement).ShouldNotBe(hash);
    }

    [Fact]
    public async Task A_good_proof_with_any_byte_of_any_node_changed_is_refused()
    {
        var block = await StoredAsync();
        var (reply, root) = await ServedAsync(block, Held, Bare);
        Verify(reply, root, Held, Bare).ShouldBe([Word(7), default]);
        var changed = 0;
        foreach (var nodes in new[] { reply["accountProof"]!, reply["storageProof"]![0]!["proof"]!, reply["storageProof"]![1]!["proof"]! }.Select(n => n.AsArray()))
            for (var n = 0; n < nodes.Count; n++)
            {
                var good = (string)nodes[n]!;
                var bytes = Hex.Parse(good);
                for (var i = 0; i < bytes.Length; i++)
                {
                    bytes[i] ^= (byte)(1 << (i % 8));
                    nodes[n] = Hex.Format(bytes);
                    IsRefused(reply, root, Held, Bare).ShouldBeTrue($"byte {i} of node {n}");
                    bytes[i] ^= (byte)(1 << (i % 8));
                    changed++;
                }
                nodes[n] = good;
            }
        changed.ShouldBeGreaterThan(1_000);
        IsRefused(reply, root, Held, Bare).ShouldBeFalse();
    }

    [Fact]
    public async Task Nodes_left_out_added_doubled_cut_or_in_another_order_are_refused()
    {
        var block = await StoredAsync();
        var (reply, root) = await ServedAsync(block, Held);
        foreach (var path in new Func<JsonObject, JsonArray>[] { r => r["accountProof"]!.AsArray(), r => r["storageProof"]![0]!["proof"]!.AsArray() })
        {
            path(reply).Count.ShouldBeGreaterThan(1);
            void Refused(Action<JsonArray> spoil)
            {
                var copy = reply.DeepClone().AsObject();
                spoil(path(copy));
                IsRefused(copy, root, Held).ShouldBeTrue();
            }
            Refused(nodes => nodes.RemoveAt(nodes.Count - 1));
            Refused(nodes => nodes.RemoveAt(0));
            Refused(nodes => nodes.Clear());
            Refused(nodes => nodes.Add("0x80"));
            Refused(nodes => nodes.Add(nodes[^1]!.DeepClone()));
            Refused(nodes => nodes.Insert(0, nodes[0]!.DeepClone()));
            Refused(nodes => nodes[0] = ((string)nodes[0]!)[..^2]);
            Refused(nodes => nodes[^1] = (string)nodes[^1]! + "00");
            Refused(nodes =>
            {
                var last = nodes[^1]!.DeepClone();
                nodes.RemoveAt(nodes.Count - 1);
                nodes.Insert(0, last);
            });
        }
    }

    [Theory]
    [InlineData("address")]
    [InlineData("nonce")]
    [InlineData("balance")]
    [InlineData("storageHash")]
    [InlineData("codeHash")]
    public async Task A_claim_about_the_account_that_the_proof_does_not_bear_out_is_refused(string field)
    {
        var block = await StoredAsync();
        var (reply, root) = await ServedAsync(block, Held);
        reply[field] = Flipped((string)reply[field]!);
        IsRefused(reply, root, Held).ShouldBeTrue();
    }

    [Fact]
    public async Task A_claim_about_a_slot_that_the_proof_does_not_bear_out_is_refused()
    {
        var block = await StoredAsync();
        var (reply, root) = await ServedAsync(block, Held, Bare);
        void Refused(Action<JsonNode> spoil)
        {
            var copy = reply.DeepClone();
            spoil(copy["storageProof"]!);
            IsRefused(copy, root, Held, Bare).ShouldBeTrue();
        }
        Refused(slots => slots[0]!["value"] = Flipped((string)slots[0]!["value"]!));
        Refused(slots => slots[0]!["value"] = "0x0");
        Refused(slots => slots[1]!["value"] = "0x1");
        Refused(slots => slots[0]!["key"] = Slot(8).ToString());
        Refused(slots => (slots[0]!["proof"], slots[1]!["proof"]) = (slots[1]!["proof"]!.DeepClone(), slots[0]!["proof"]!.DeepClone()));
        Refused(slots => slots.AsArray().RemoveAt(1));
        IsRefused(reply, root, Bare, Held).ShouldBeTrue();
        IsRefused(reply, Word(1), Held, Bare).ShouldBeTrue();
    }

    private static string Flipped(string hex) => hex[^1] == '1' ? hex[..^1] + "2" : hex[..^1] + "1";
}

using System.Text.Json.Nodes;
using Bridge.Core;

namespace Bridge.Evm.Tests;

/// <summary>What a client makes of endpoints of which some prove, some lie and some do not know how.</summary>
[Collection("anvil")]
public sealed class ProvenStorageTests(Anvil anvil)
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly Hash32 Slot = Hash32.Parse($"0x{3:x64}");
    private static readonly Hash32 Word = Keccak256.Hash("word"u8);

    private static Middleman Liar() => Middleman.Altering("eth_getProof", proof => proof["storageProof"]![0]!["value"] = "0x1234");
    private static Middleman Mute() => Middleman.Failing("eth_getProof", -32601, "the method eth_getProof does not exist/is not available");
    private static Middleman ForeignHeader() => Middleman.Altering("eth_getBlockByHash", block => block["stateRoot"] = $"0x{new string('e', 64)}");

    private async Task<(ProvenStorage Proven, List<Disagreement> Lies)> ProveAsync(params Middleman[] middlemen)
    {
        await anvil.AdminAsync("anvil_setStorageAt", Anvil.Echo.ToString(), Slot.ToString(), Word.ToString());
        await anvil.MineAsync();
        var chain = anvil.Client(Math.Min(2, middlemen.Length), middlemen);
        var lies = new List<Disagreement>();
        chain.Disagreed += lies.Add;
        var head = await chain.HeadAsync(None);
        return (await chain.ProveStorageAsync(head.Ref, Anvil.Echo, [Slot], None), lies);
    }

    [Fact]
    public async Task One_endpoint_that_proves_suffices_whatever_the_others_cannot()
    {
        var (proven, lies) = await ProveAsync(Mute(), new Middleman(), Mute());
        proven.Words.ShouldBe([Word]);
        lies.ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_serves_a_false_proof_beside_a_true_one_is_reported_and_no_longer_counted()
    {
        await anvil.AdminAsync("anvil_setStorageAt", Anvil.Echo.ToString(), Slot.ToString(), Word.ToString());
        await anvil.MineAsync();
        var chain = anvil.Client(2, Liar(), new Middleman { Delay = TimeSpan.FromMilliseconds(100) }, new Middleman { Delay = TimeSpan.FromMilliseconds(100) });
        var lies = new List<Disagreement>();
        chain.Disagreed += lies.Add;
        var head = await chain.HeadAsync(None);
        (await chain.ProveStorageAsync(head.Ref, Anvil.Echo, [Slot], None)).Words.ShouldBe([Word]);
        lies.Single().Said.ShouldContain("does not verify: it claims another word");
        lies[0].Endpoint.Host.ShouldBe("node0.test");
        chain.Health[0].Condition.ShouldBe(EndpointCondition.Lying);
        chain.Health[0].Reason!.ShouldContain("claims another word");
        chain.Health[1].Condition.ShouldBe(EndpointCondition.Ok);
    }

    [Fact]
    public async Task When_nothing_but_false_proofs_is_served_nothing_is_believed()
    {
        var refused = await Should.ThrowAsync<FalseProofException>(() => ProveAsync(Liar(), Mute(), Liar()));
        refused.Message.ShouldContain("http://node0.test:80: a proof that does not verify");
        refused.Message.ShouldNotContain("secret-key");
    }

    [Fact]
    public async Task Without_a_proof_the_reason_is_said()
    {
        var (proven, lies) = await ProveAsync(Mute(), Mute());
        proven.Words.ShouldBeNull();
        proven.WhyNot!.ShouldContain("http://node1.test:80: serves no proof: ");
        proven.WhyNot!.ShouldContain("does not exist/is not available");
        lies.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_header_in_an_unknown_form_proves_nothing()
    {
        var (proven, _) = await ProveAsync(ForeignHeader());
        proven.Words.ShouldBeNull();
        proven.WhyNot!.ShouldContain("a form that is not known, or a lie");
    }

    [Fact]
    public async Task Malformed_proofs_of_every_shape_are_false()
    {
        foreach (var spoil in new Action<JsonNode>[]
        {
            proof => proof["accountProof"] = null, proof => proof["storageProof"] = "0x", proof => proof.AsObject().Remove("balance"),
            proof => proof["accountProof"]![0] = "0xzz", proof => proof["storageProof"]![0]!["key"] = $"0x{new string('f', 65)}",
        })
            await Should.ThrowAsync<FalseProofException>(() => ProveAsync(Middleman.Altering("eth_getProof", spoil)));
    }
}

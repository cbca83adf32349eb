using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Core;

namespace Bridge.Evm.Tests;

public sealed class Eip712Tests
{
    private static JsonObject Checkpoint() => JsonNode.Parse("""
        {
          "types": { "Checkpoint": [
            { "name": "epoch", "type": "uint64" }, { "name": "lane", "type": "bytes32" },
            { "name": "sequence", "type": "uint64" }, { "name": "rollingHash", "type": "bytes32" } ] },
          "primaryType": "Checkpoint",
          "domain": { "name": "Bridge", "version": "1", "chainId": 31338, "verifyingContract": "0x1000000000000000000000000000000000000001" },
          "message": {
            "epoch": "3", "lane": "0x1111111111111111111111111111111111111111111111111111111111111111",
            "sequence": "0x7", "rollingHash": "0x2222222222222222222222222222222222222222222222222222222222222222" }
        }
        """)!.AsObject();

    private static Hash32 Digest(JsonObject typedData) => Eip712.Digest(JsonDocument.Parse(typedData.ToJsonString()).RootElement);

    private static string Refusal(Action<JsonObject> damage)
    {
        var typedData = Checkpoint();
        damage(typedData);
        return Should.Throw<FormatException>(() => Digest(typedData)).Message;
    }

    [Fact]
    public void A_checkpoint_has_the_digest_that_the_core_gives_it()
    {
        static Hash32 Of(char digit) => Hash32.Parse("0x" + new string(digit, 64));
        var domain = new Eip712Domain(new ChainId(31338), Address.Parse("0x1000000000000000000000000000000000000001"));
        Digest(Checkpoint()).ShouldBe(new Checkpoint(Of('1'), new Sequence(7), Of('2')).Digest(domain, new Epoch(3)));
    }

    [Fact]
    public void What_would_be_signed_otherwise_than_shown_is_refused()
    {
        Refusal(t => t["message"]!["amount"] = "5").ShouldContain("no member 'amount'; it would not be signed");
        Refusal(t => t["message"]!.AsObject().Remove("lane")).ShouldContain("'lane' is missing");
        Refusal(t => t["message"]!["epoch"] = "18446744073709551616").ShouldContain("outside the range of uint64");
        Refusal(t => t["message"]!["epoch"] = "-1").ShouldContain("outside the range of uint64");
        Refusal(t => t["message"]!["epoch"] = "1.5").ShouldContain("'1.5' is no uint64");
        Refusal(t => t["message"]!["epoch"] = true).ShouldContain("uint64");
        Refusal(t => t["message"]!["lane"] = "0x11").ShouldContain("32 bytes");
        Refusal(t => t["message"]!["lane"] = null).ShouldContain("bytes32");
        Refusal(t => t["primaryType"] = "Rotation").ShouldContain("'Rotation' is not defined");
        Refusal(t => t.Remove("domain")).ShouldContain("'domain' is missing");
        Refusal(t => t["domain"]!["extra"] = "x").ShouldContain("no member 'extra'");
        Refusal(t => t["types"]!["Checkpoint"]!.AsArray().Add(JsonNode.Parse("""{ "name": "epoch", "type": "uint8" }"""))).ShouldContain("two members named 'epoch'");
        Refusal(t => t["types"]!["Checkpoint"]![0]!["type"] = "uint").ShouldContain("no canonical type name");
        Refusal(t => t["types"]!["Checkpoint"]![0]!["type"] = "Epoch").ShouldContain("no canonical type name");
        Refusal(t => t["types"]!["Checkpoint"]![0]!["type"] = "uint64[2]").ShouldContain("JSON array");
        Refusal(t => (t["types"]!["Checkpoint"]![0]!["type"], t["message"]!["epoch"]) = ("uint64[2]", new JsonArray("1", "2", "3"))).ShouldContain("does not take 3 elements");
    }
}

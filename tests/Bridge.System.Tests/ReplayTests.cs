using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Core;
using Bridge.Evm;
using Bridge.SystemTests.Harness;

namespace Bridge.SystemTests;

/// <summary>The real executable makes the history of real chains again, with nothing but their endpoints. Where it is not true, it says what and where.</summary>
public sealed class ReplayTests(AuditedWorld running) : IClassFixture<AuditedWorld>
{
    private World World => running.World;

    [Fact]
    public async Task A_clean_history_is_made_again_from_endpoints_and_addresses_alone()
    {
        var (exitCode, output) = await ReplayAsync(null, "--json");
        exitCode.ShouldBe(0, output);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.StartsWith('{')).Select(line => JsonDocument.Parse(line).RootElement).ToLookup(line => line.GetProperty("kind").GetString());

        var asset = lines["asset"].ShouldHaveSingleItem();
        (asset.GetProperty("locked").GetString(), asset.GetProperty("existing").GetString(), asset.GetProperty("gap").GetString()).ShouldBe(("3500000", "3500000", "0"));
        lines["lane"].Sum(lane => lane.GetProperty("sent").GetInt32()).ShouldBe(4);
        lines["verdict"].ShouldAllBe(verdict => verdict.GetProperty("state").GetString() == "Ok");
        string[] Amounts(Anvil chain) => [.. lines["supply"].Where(point => point.GetProperty("chain").GetUInt64() == chain.Id.Value).Select(point => point.GetProperty("amount").GetString()!)];
        Amounts(World.Home).ShouldBe(["4000000", "5000000", "5500000", "3500000"]);
        Amounts(World.Far).ShouldBe(["4000000", "5000000", "5500000", "3500000"]);
    }

    [Fact]
    public async Task A_forged_certificate_is_named() => await FalsifiedAsync(World.Far, "L5 quorum: VIOLATED", "the certificate of", (method, reply) =>
    {
        if (method != "eth_getTransactionByHash" || reply["result"] is not JsonObject transaction) return;
        var input = (string)transaction["input"]!;
        transaction["input"] = input[..^1] + (input[^1] == '1' ? '2' : '1');
    });

    [Fact]
    public async Task A_certificate_of_a_set_that_counted_no_longer_is_named() => await FalsifiedAsync(World.Far, "L5 quorum: VIOLATED", "of epoch 1, whose set did not count", (method, reply) =>
    {
        // As if the set had been rotated right after the deployment, and its overlap ended.
        if (method != "eth_getLogs" || Logs(reply, World.Contracts.Bridge).FirstOrDefault() is not { } first) return;
        var logs = (JsonArray)reply["result"]!;
        logs.Add(Forged(first, 9_000, new AbiEvent("ValidatorSetChanged(uint64,address[],uint8)", indexed: 1), 2, $"0x{64:x64}{3:x64}{0:x64}"));
        logs.Add(Forged(first, 9_001, new AbiEvent("OverlapEnded(uint64)", indexed: 1), 1, "0x"));
    });

    [Fact]
    public async Task A_changed_amount_is_named_and_so_is_the_supply_that_it_does_not_lead_to()
    {
        var output = await FalsifiedAsync(World.Far, "L2 at most once: VIOLATED", "and did not pay", (method, reply) =>
        {
            if (method != "eth_getLogs" || Logs(reply, World.Contracts.Tokens[World.Far.Id]).FirstOrDefault(IsMint) is not { } payment) return;
            var data = (string)payment["data"]!;
            payment["data"] = data[..^1] + (data[^1] == '1' ? '2' : '1');
        });
        output.ShouldContain("S supply: VIOLATED");
        output.ShouldContain("in existence, the contract says 3500000");
    }

    [Fact]
    public async Task A_missing_lane_event_is_named() => await FalsifiedAsync(World.Home, "L2 at most once: VIOLATED", "message 2 follows 0", (method, reply) =>
    {
        if (method != "eth_getLogs" || Logs(reply, World.Contracts.Bridge).FirstOrDefault(log => (string)Topics(log)[0]! == BridgeEvents.Sent.Topic.ToString()) is not { } sent) return;
        ((JsonArray)reply["result"]!).Remove(sent);
    });

    [Fact]
    public async Task A_payment_without_a_message_is_named()
    {
        var snapshot = await World.Far.Rpc.CallAsync("evm_snapshot", [], default);
        await World.Far.Rpc.CallAsync("anvil_impersonateAccount", [World.Contracts.Bridge.ToString()], default);
        await World.Far.FundAsync(World.Contracts.Bridge);
        await World.Far.TransactAsync(World.Contracts.Bridge, World.Contracts.Tokens[World.Far.Id], new AbiFunction("crosschainMint(address,uint256)").Encode(World.Executor, 777));
        for (var i = 0; i < 3; i++) await World.Far.MineAsync(); // past finality

        var (exitCode, output) = await ReplayAsync(null);

        await World.Far.Rpc.CallAsync("evm_revert", [snapshot.GetString()], default);
        for (var i = 0; i < 3; i++) await World.Far.MineAsync();
        exitCode.ShouldBe(1, output);
        output.ShouldContain($"paid {World.Executor} 777");
        output.ShouldContain("that no message explains");
    }

    [Fact]
    public async Task A_chain_that_cannot_be_read_leaves_everything_undecided()
    {
        var (exitCode, output) = await ReplayAsync((World.Far, new Uri("http://127.0.0.1:1")));
        exitCode.ShouldBe(3, output);
        output.ShouldContain("Nothing could be decided");
    }

    /// <summary>A node that falsifies one kind of answer, as if the chain said so.</summary>
    private async Task<string> FalsifiedAsync(Anvil chain, string law, string said, Action<string, JsonObject> alter)
    {
        await using var liar = new LyingProxy(chain.Url) { Alter = alter };
        var (exitCode, output) = await ReplayAsync((chain, liar.Url));
        exitCode.ShouldBe(1, output);
        output.ShouldContain(law);
        output.ShouldContain(said);
        return output;
    }

    private Task<(int ExitCode, string Output)> ReplayAsync((Anvil Chain, Uri Url)? otherwise, params string[] more)
    {
        Uri At(Anvil chain) => otherwise is { } other && other.Chain == chain ? other.Url : chain.Url;
        return World.BridgeAloneAsync(["audit", "replay", "--from-chain", "--config", World.ConfigWith("replay", At(World.Home), At(World.Far)), .. more]);
    }

    private static JsonNode Forged(JsonNode log, int index, AbiEvent kind, int epoch, string data)
    {
        var forged = log.DeepClone();
        forged["logIndex"] = $"0x{index:x}";
        forged["data"] = data;
        forged["topics"] = new JsonArray(kind.Topic.ToString(), $"0x{epoch:x64}");
        return forged;
    }

    private static IEnumerable<JsonNode> Logs(JsonObject reply, Address emitter) =>
        (reply["result"] as JsonArray ?? []).Select(log => log!).Where(log => Address.Parse((string)log["address"]!) == emitter).ToList();

    private static bool IsMint(JsonNode log) =>
        (string)Topics(log)[0]! == new AbiEvent("Transfer(address,address,uint256)", indexed: 2).Topic.ToString() && (string)Topics(log)[1]! == $"0x{0:x64}";

    private static JsonArray Topics(JsonNode log) => (JsonArray)log["topics"]!;
}

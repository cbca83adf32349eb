using System.Text.Json.Nodes;
using Bridge.Core;

namespace Bridge.Evm.Tests;

[Collection("anvil")]
public sealed class LogTests(Anvil anvil)
{
    private static readonly CancellationToken None = CancellationToken.None;

    private static Middleman Dropping() => Middleman.Altering("eth_getLogs", logs => logs.AsArray().RemoveAt(0));

    private static Middleman AlteringLogs(Action<JsonObject> alter) =>
        Middleman.Altering("eth_getLogs", logs => alter(logs.AsArray()[0]!.AsObject()));

    /// <summary>Three logs in two blocks; returns the heights.</summary>
    private async Task<(ulong From, ulong To)> ThreeLogsAsync()
    {
        await anvil.LogAsync(Anvil.Logger, [1], [2, 2]);
        await anvil.LogAsync(Anvil.Logger, [3]);
        await anvil.LogAsync(Anvil.Elsewhere, [4]);
        var height = await anvil.HeightAsync();
        return (height - 2, height);
    }

    [Fact]
    public async Task Logs_come_in_the_order_of_the_chain_with_all_their_fields()
    {
        var (from, to) = await ThreeLogsAsync();
        var chain = anvil.Client(1, new Middleman());
        var logs = await chain.LogsAsync(Anvil.Logger, from, to, None);
        logs.Select(log => Hex.Format(log.Data)).ShouldBe(["0x01", "0x0202", "0x03"]);
        logs.Select(log => log.LogIndex).ShouldBe([0u, 1u, 0u]);
        logs.Select(log => log.Block.Height).ShouldBe([from, from, from + 1]);
        logs.ShouldAllBe(log => log.Emitter == Anvil.Logger && log.Topics.Single().IsZero);
        logs[2].Block.ShouldBe((await chain.BlockAsync(from + 1, None)).Ref);
        var receipt = await chain.ReceiptAsync(logs[1].Transaction, None);
        receipt!.Logs.Single().LogIndex.ShouldBe(1u);
    }

    [Fact]
    public async Task Logs_that_one_endpoint_of_three_leaves_out_are_there_all_the_same()
    {
        var (from, to) = await ThreeLogsAsync();
        (await anvil.Client(2, Dropping(), new Middleman(), new Middleman()).LogsAsync(Anvil.Logger, from, to, None)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Missing_logs_without_a_quorum_are_an_error()
    {
        var (from, to) = await ThreeLogsAsync();
        var failure = await Should.ThrowAsync<EndpointQuorumException>(() => anvil.Client(2, Dropping(), new Middleman()).LogsAsync(Anvil.Logger, from, to, None));
        failure.Message.ShouldContain("said 2 logs");
        failure.Message.ShouldContain("said 3 logs");
    }

    [Theory]
    [InlineData("data", "0xff")]
    [InlineData("transactionHash", "0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee")]
    [InlineData("blockHash", "0xeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee")]
    [InlineData("logIndex", "0x7")]
    public async Task A_lie_about_any_field_of_a_log_is_a_disagreement(string field, string value)
    {
        var (from, to) = await ThreeLogsAsync();
        var liar = AlteringLogs(log => log[field] = value);
        await Should.ThrowAsync<EndpointQuorumException>(() => anvil.Client(2, liar, new Middleman()).LogsAsync(Anvil.Logger, from, to, None));
    }

    [Fact]
    public async Task A_lie_about_a_topic_is_a_disagreement()
    {
        var (from, to) = await ThreeLogsAsync();
        var liar = AlteringLogs(log => log["topics"]![0] = $"0x{new string('e', 64)}");
        await Should.ThrowAsync<EndpointQuorumException>(() => anvil.Client(2, liar, new Middleman()).LogsAsync(Anvil.Logger, from, to, None));
    }

    [Fact]
    public async Task Logs_that_cannot_be_of_the_range_are_refused_even_from_a_single_endpoint()
    {
        var (from, to) = await ThreeLogsAsync();
        async Task Refused(Action<JsonObject> alter, string why) => (await Should.ThrowAsync<EndpointQuorumException>(
            () => anvil.Client(1, AlteringLogs(alter)).LogsAsync(Anvil.Logger, from, to, None))).Message.ShouldContain(why);

        await Refused(log => log["removed"] = true, "a log that is not removed");
        await Refused(log => log["address"] = Anvil.Elsewhere.ToString(), "one is by 0x1000000000000000000000000000000000000004");
        await Refused(log => log["blockNumber"] = $"0x{to + 1:x}", $"one is of block {to + 1}");
        await Refused(log => log["blockNumber"] = $"0x{from - 1:x}", $"one is of block {from - 1}");
        await Refused(log => log["blockNumber"] = $"0x{to:x}", $"block {to} has two hashes");
        await Refused(log => log["blockHash"] = $"0x{new string('e', 64)}", $"block {from} has two hashes");
        await Refused(log => log["logIndex"] = "0x1", $"index 1 of block {from} occurs twice");
        await Refused(log => log["topics"] = new JsonArray([.. Enumerable.Repeat((JsonNode)$"0x{new string('0', 64)}", 5).Select(n => n.DeepClone())]), "at most four topics");
    }

    [Fact]
    public async Task A_node_that_has_not_reached_the_end_of_the_range_gives_no_logs_instead_of_few()
    {
        var (from, to) = await ThreeLogsAsync();
        var failure = await Should.ThrowAsync<EndpointQuorumException>(
            () => anvil.Client(1, Middleman.Lagging(to - 1)).LogsAsync(Anvil.Logger, from, to, None));
        failure.Message.ShouldContain($"has no block {to}");
    }

    [Theory]
    [InlineData(-32005, "query returned more than 10000 results")]
    [InlineData(-32602, "query exceeds max block range 2")]
    [InlineData(-32000, "exceed maximum block range: 2")]
    public async Task A_range_that_is_too_large_is_halved_until_the_node_takes_it(int code, string message)
    {
        var (from, to) = await ThreeLogsAsync();
        var spans = new List<ulong>();
        var strict = new Middleman
        {
            Rewrite = call =>
            {
                if ((string)call["method"]! != "eth_getLogs") return;
                var filter = call["params"]![0]!;
                spans.Add(Convert.ToUInt64((string)filter["toBlock"]!, 16) - Convert.ToUInt64((string)filter["fromBlock"]!, 16) + 1);
            },
            Alter = (method, reply) => method == "eth_getLogs" && spans[^1] > 2 ? Middleman.Error(reply, code, message) : reply,
        };
        var logs = await anvil.Client(1, strict).LogsAsync(Anvil.Logger, from - 4, to, None);
        logs.Select(log => Hex.Format(log.Data)).TakeLast(3).ShouldBe(["0x01", "0x0202", "0x03"]);
        spans.ShouldBe([7ul, 4, 2, 2, 3, 2, 1]);
    }

    [Fact]
    public async Task A_range_limit_under_the_code_of_a_rate_limit_halves_the_range_too()
    {
        var (from, to) = await ThreeLogsAsync();
        var span = 0UL;
        var strict = new Middleman
        {
            Rewrite = call =>
            {
                if ((string)call["method"]! == "eth_getLogs") span = Convert.ToUInt64((string)call["params"]![0]!["toBlock"]!, 16) - Convert.ToUInt64((string)call["params"]![0]!["fromBlock"]!, 16) + 1;
            },
            Alter = (method, reply) => method == "eth_getLogs" && span > 2 ? Middleman.Error(reply, -32005, "limit exceeded") : reply,
        };
        (await anvil.Client(1, new RpcOptions { MaxRetries = 0 }, strict).LogsAsync(Anvil.Logger, from - 4, to, None)).Count.ShouldBeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public async Task A_reply_that_is_too_long_halves_the_range_too()
    {
        await anvil.LogAsync(Anvil.Logger, [.. Enumerable.Repeat(new byte[400], 4)]);
        await anvil.LogAsync(Anvil.Logger, [.. Enumerable.Repeat(new byte[400], 4)]);
        var height = await anvil.HeightAsync();
        var options = new RpcOptions { MaxResponseBytes = 9000 };
        (await anvil.Client(1, options, new Middleman()).LogsAsync(Anvil.Logger, height - 1, height, None)).Count.ShouldBe(8);
        var middleman = new Middleman();
        var failure = await Should.ThrowAsync<EndpointQuorumException>(
            () => anvil.Client(1, options with { MaxResponseBytes = 5000 }, middleman).LogsAsync(Anvil.Logger, height - 1, height, None));
        failure.Message.ShouldContain("RangeTooLarge");
        failure.Message.ShouldContain("longer than 5000 bytes");
        middleman.Requests.ShouldBe(3);
    }

    [Fact]
    public async Task A_pruned_node_is_said_to_be_pruned()
    {
        var (from, to) = await ThreeLogsAsync();
        var pruned = Middleman.Failing("eth_getLogs", 4444, "pruned history unavailable");
        (await Should.ThrowAsync<EndpointQuorumException>(() => anvil.Client(1, pruned).LogsAsync(Anvil.Logger, from, to, None))).Message.ShouldContain("Pruned");
        (await anvil.Client(2, pruned, new Middleman(), new Middleman()).LogsAsync(Anvil.Logger, from, to, None)).Count.ShouldBe(3);
    }
}

using System.Globalization;
using Bridge.Core;
using Bridge.SystemTests.Harness;

namespace Bridge.SystemTests;

/// <summary>Balances and blocks are changed by force here, of which anvil gives no proofs.</summary>
public sealed class FaultyWorld() : RunningWorld(Topology.InMemory, proof: "off");

/// <summary>What befalls an executor: dear gas, an empty account, a stolen key, a rival, a reorg, and nodes that lie.</summary>
public class ExecutorFaultTests(FaultyWorld running) : IClassFixture<FaultyWorld>
{
    private const ulong Fee = 10_000;
    private const ulong Amount = 1_000_000;

    private World World => running.World;

    [Fact]
    public async Task Above_the_cap_a_delivery_is_parked_with_the_reason_and_goes_on_when_gas_is_cheap_again()
    {
        var user = await PreparedAsync();
        var id = await user.SendAsync(World.Home, World.Far, Amount, Fee);
        await WhileGasIsDearAsync(async () =>
        {
            await RowAsync(id, "s.status = 'Intent' AND s.nonce IS NULL AND s.detail LIKE '%MaxFeeGwei%'");
            await HeartbeatAsync("detail LIKE '%is parked: gas costs more than%'");
        });
        await World.DeliveredAsync(id);

        (await CountAsync(id)).ShouldBe(1, "one row, however long it was parked");
        (await World.RelayerDatabase.CountAsync("SELECT count(*) FROM submission_attempt WHERE max_fee > 500000000000")).ShouldBe(0);
    }

    [Fact]
    public async Task An_executor_without_coin_says_so_leaves_the_delivery_to_another_one_and_goes_on_when_it_has_coin()
    {
        var user = await PreparedAsync();
        await World.Far.Rpc.CallAsync("anvil_setBalance", [World.Executor.ToString(), "0x1"], default);
        Node? other = null;
        try
        {
            var id = await user.SendAsync(World.Home, World.Far, Amount, Fee);
            await RowAsync(id, $"s.account = {Sql(World.Executor)} AND s.status = 'Intent' AND s.detail LIKE '%send it coin%'");
            await HeartbeatAsync("detail LIKE '%send it coin%'");

            (other, var account) = await World.StartAnotherExecutorAsync(World.Far.Url);
            await World.DeliveredAsync(id);
            await RowAsync(id, $"s.account = {Sql(account)} AND s.status = 'Final'");
            await RowAsync(id, $"s.account = {Sql(World.Executor)} AND s.status = 'Dropped' AND s.detail LIKE '{account} delivered%'");
        }
        finally
        {
            await World.Far.FundAsync(World.Executor);
            if (other is not null) await other.KillAsync();
        }
        var later = await user.SendAsync(World.Home, World.Far, Amount, Fee);
        await World.DeliveredAsync(later);
        await RowAsync(later, $"s.account = {Sql(World.Executor)} AND s.status = 'Final'");
    }

    [Fact]
    public async Task A_stranger_with_the_executor_s_key_puts_the_account_into_quarantine_until_a_person_releases_it()
    {
        var user = await PreparedAsync();
        var first = await user.SendAsync(World.Home, World.Far, Amount, Fee);
        await World.DeliveredAsync(first);
        await World.Far.Rpc.CallAsync("anvil_impersonateAccount", [World.Executor.ToString()], default);
        await World.Far.TransactAsync(World.Executor, World.Executor, []);

        await Eventually.TrueAsync("the quarantine", async () => await World.RelayerDatabase.CountAsync("SELECT count(*) FROM account_quarantine WHERE released_at IS NULL") == 1, World.Explain);
        await HeartbeatAsync("state = 'stalled' AND detail LIKE '%somebody else has the key%bridge accounts release%'");
        var held = await user.SendAsync(World.Home, World.Far, Amount, Fee);
        await Eventually.TrueAsync("it to be certified", async () => await World.RelayerDatabase.CountAsync($"SELECT count(*) FROM message WHERE message_id = {Sql(held)} AND status = 'Certified'") == 1, World.Explain);
        (await World.BridgeAsync("accounts", "list")).Output.ShouldContain(World.Executor.ToString());
        (await CountAsync(held)).ShouldBe(0);

        var (exit, said) = await World.BridgeAsync("accounts", "release", "--chain", World.Far.Id.ToString(), "--account", World.Executor.ToString(), "--by", "a test", "--why", "it was the test itself");
        exit.ShouldBe(0, said);
        await World.DeliveredAsync(held);
        (await World.RelayerDatabase.CountAsync("SELECT count(*) FROM account_quarantine WHERE released_by = 'a test'")).ShouldBe(1);
    }

    [Fact]
    public async Task A_delivery_whose_block_is_replaced_is_sent_again_as_it_was_and_is_final_once()
    {
        var user = await PreparedAsync();
        var before = await user.BalanceAsync(World.Far);
        await World.Far.StopMiningAsync();
        try
        {
            var id = await user.SendAsync(World.Home, World.Far, Amount, Fee);
            await Eventually.TrueAsync("the delivery to be in the pool", World.Far.HasPendingAsync, World.Explain);
            await World.Far.MineAsync();
            await RowAsync(id, "s.status = 'Mined'");
            await Eventually.TrueAsync("the transfer to be executed", async () => await StatusAsync(id, "Executed"), World.Explain);

            await World.Far.Rpc.CallAsync("anvil_reorg", [1, Array.Empty<object>()], default);
            await RowAsync(id, "s.status = 'Broadcast' AND s.detail LIKE 'its block was replaced%'");
            await Eventually.TrueAsync("the transfer to be underway again", async () => await StatusAsync(id, "Executed") is false, World.Explain);
            await Eventually.TrueAsync("the delivery to be in the pool again", World.Far.HasPendingAsync, World.Explain);

            await World.Far.StartMiningAsync();
            await World.DeliveredAsync(id);
            await RowAsync(id, "s.status = 'Final'");
            (await CountAsync(id)).ShouldBe(1);
            (await user.BalanceAsync(World.Far) - before).ShouldBe(Amount - Fee);
        }
        finally
        {
            await World.Far.StartMiningAsync();
        }
    }

    [Fact]
    public async Task Deliveries_of_a_lane_follow_each_other_before_the_first_is_mined()
    {
        var user = await PreparedAsync();
        var before = await user.BalanceAsync(World.Far);
        await World.Far.StopMiningAsync();
        try
        {
            var ids = new List<Hash32>();
            for (var n = 1; n <= 3; n++)
            {
                ids.Add(await user.SendAsync(World.Home, World.Far, Amount, Fee));
                await Eventually.TrueAsync($"{n} deliveries to be underway", async () => await UnderwayAsync() == n, World.Explain);
            }
            await World.Far.MineAsync();
            foreach (var id in ids) await RowAsync(id, "s.status = 'Mined' AND (SELECT count(*) FROM submission_attempt t WHERE t.submission_id = s.id AND NOT t.is_cancel) >= 1");
            await World.Far.StartMiningAsync();
            await World.DeliveredAsync(ids[^1]);
            foreach (var id in ids) (await CountAsync(id)).ShouldBe(1);
            (await user.BalanceAsync(World.Far) - before).ShouldBe(3 * (Amount - Fee));
        }
        finally
        {
            await World.Far.StartMiningAsync();
        }
    }

    [Fact]
    public async Task Somebody_else_s_delivery_is_success_and_the_journal_says_whose_it_was()
    {
        var user = await PreparedAsync();
        var rival = await World.Far.AccountAsync(8);
        await World.Far.StopMiningAsync();
        try
        {
            var id = await user.SendAsync(World.Home, World.Far, Amount, Fee);
            await RowAsync(id, "s.status = 'Broadcast'");
            var ours = await World.RelayerDatabase.TextAsync($"SELECT '0x' || encode(t.transaction_hash, 'hex') FROM submission s JOIN submission_attempt t ON t.submission_id = s.id WHERE {Covers(id)} ORDER BY t.signed_at DESC LIMIT 1");
            var pending = await World.Far.Rpc.CallAsync("eth_getTransactionByHash", [ours], default);
            await World.Far.Rpc.CallAsync("eth_sendTransaction",
                [new { from = rival.ToString(), to = World.Contracts.Bridge.ToString(), data = pending.GetProperty("input").GetString(), gas = "0x7a120", maxFeePerGas = "0x2540be4000", maxPriorityFeePerGas = "0x174876e800" }], default);
            await World.Far.StartMiningAsync();

            await World.DeliveredAsync(id);
            await RowAsync(id, $"s.status = 'Failed' AND s.detail LIKE 'reverted: %{rival} delivered%'");
        }
        finally
        {
            await World.Far.StartMiningAsync();
        }
        var next = await user.SendAsync(World.Home, World.Far, Amount, Fee);
        await World.DeliveredAsync(next);
    }

    [Fact]
    public async Task When_an_older_attempt_is_mined_it_counts()
    {
        var user = await PreparedAsync();
        await World.Far.StopMiningAsync();
        var relayer = World.Relayers.Single();
        try
        {
            var id = await user.SendAsync(World.Home, World.Far, Amount, Fee);
            await Eventually.TrueAsync("a second attempt", async () => await World.RelayerDatabase.CountAsync(
                $"SELECT count(*) FROM submission s JOIN submission_attempt t ON t.submission_id = s.id WHERE {Covers(id)}") >= 2, World.Explain);
            await relayer.KillAsync();
            var oldest = await World.RelayerDatabase.TextAsync(
                $"SELECT '0x' || encode(t.raw_transaction, 'hex') FROM submission s JOIN submission_attempt t ON t.submission_id = s.id WHERE {Covers(id)} ORDER BY t.signed_at LIMIT 1");
            await World.Far.DropPendingAsync();
            var hash = (await World.Far.Rpc.CallAsync("eth_sendRawTransaction", [oldest], default)).GetString();
            await World.Far.MineAsync();
            await World.Far.StartMiningAsync();
            relayer.Start();

            await World.DeliveredAsync(id);
            await RowAsync(id, $"s.status = 'Final' AND s.detail LIKE '{hash}%'");
            (await CountAsync(id)).ShouldBe(1);
        }
        finally
        {
            await World.Far.StartMiningAsync();
            if (relayer.HasExited) relayer.Start();
        }
    }

    [Fact]
    public async Task A_delivery_whose_receipt_never_comes_is_known_by_its_log()
    {
        await using var proxy = new LyingProxy(World.Far.Url);
        proxy.Alter = (method, reply) =>
        {
            if (method == "eth_getTransactionReceipt") reply["result"] = null;
        };
        await ByAnotherExecutorAsync(proxy, async (account, id) =>
        {
            await World.DeliveredAsync(id);
            await RowAsync(id, $"s.account = {Sql(account)} AND s.status = 'Final' AND s.detail LIKE '%by its log%'");
        });
    }

    [Fact]
    public async Task A_simulation_that_lies_costs_few_transactions_each_with_its_reason_and_the_delivery_succeeds_when_it_is_true_again()
    {
        await using var proxy = new LyingProxy(World.Far.Url);
        var lies = true;
        proxy.Alter = (method, reply) =>
        {
            if (!lies || method != "eth_estimateGas") return;
            reply.Remove("error");
            reply["result"] = "0x7530"; // 30,000 gas: enough to be mined, not to deliver.
        };
        await ByAnotherExecutorAsync(proxy, async (account, id) =>
        {
            await RowAsync(id, $"s.account = {Sql(account)} AND s.status IN ('Void', 'Failed') AND s.detail LIKE 'reverted: %'");
            await HeartbeatAsync("detail LIKE '%reverted although their simulation succeeded%'");
            (await World.RelayerDatabase.CountAsync($"SELECT count(*) FROM submission s WHERE {Covers(id)} AND s.account = {Sql(account)} AND s.status NOT IN ('Intent', 'Dropped')")).ShouldBeLessThan(4);

            lies = false;
            await World.DeliveredAsync(id);
            await RowAsync(id, $"s.account = {Sql(account)} AND s.status = 'Final'");
        });
    }

    /// <summary>Leaves the delivery of a new transfer to an executor behind the proxy, by taking the first one's coin.</summary>
    private async Task ByAnotherExecutorAsync(LyingProxy proxy, Func<Address, Hash32, Task> check)
    {
        var user = await PreparedAsync();
        await World.Far.Rpc.CallAsync("anvil_setBalance", [World.Executor.ToString(), "0x1"], default);
        var (other, account) = await World.StartAnotherExecutorAsync(proxy.Url);
        try
        {
            await check(account, await user.SendAsync(World.Home, World.Far, Amount, Fee));
        }
        finally
        {
            await other.KillAsync();
            await World.Far.FundAsync(World.Executor);
        }
    }

    /// <summary>1000 gwei, said again and again, because each empty block lowers the base fee by an eighth.</summary>
    private async Task WhileGasIsDearAsync(Func<Task> check)
    {
        using var done = new CancellationTokenSource();
        var dear = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                await World.Far.Rpc.CallAsync("anvil_setNextBlockBaseFeePerGas", ["0xe8d4a51000"], default);
                await Task.Delay(200);
            }
        });
        try
        {
            await check();
        }
        finally
        {
            await done.CancelAsync();
            await dear;
        }
    }

    private async Task<Traveller> PreparedAsync()
    {
        var user = await Traveller.AtAsync(World, 6);
        await user.PrepareAsync(3 * Amount);
        return user;
    }

    private Task RowAsync(Hash32 id, string state) => Eventually.TrueAsync(
        $"a submission with {state}", async () => await World.RelayerDatabase.CountAsync($"SELECT count(*) FROM submission s WHERE {Covers(id)} AND {state}") >= 1, World.Explain);

    private Task HeartbeatAsync(string state) => Eventually.TrueAsync(
        $"a heartbeat with {state}",
        async () => await World.RelayerDatabase.CountAsync($"SELECT count(*) FROM heartbeat WHERE component = 'execute {World.Far.Id}' AND {state}") == 1, World.Explain);

    private async Task<bool> StatusAsync(Hash32 id, string status) =>
        await World.RelayerDatabase.CountAsync($"SELECT count(*) FROM message WHERE message_id = {Sql(id)} AND status = '{status}'") == 1;

    private Task<long> CountAsync(Hash32 id) => World.RelayerDatabase.CountAsync($"SELECT count(*) FROM submission s WHERE {Covers(id)}");

    private static string Covers(Hash32 id) =>
        $"""
        EXISTS (SELECT FROM message m WHERE m.message_id = {Sql(id)} AND m.source_chain = s.source_chain
            AND m.destination_chain = s.destination_chain AND m.sequence BETWEEN s.first_sequence AND s.last_sequence)
        """;

    private Task<long> UnderwayAsync() => World.RelayerDatabase.CountAsync("SELECT count(*) FROM submission WHERE status = 'Broadcast'");

    private static string Sql(object bytes) => string.Create(CultureInfo.InvariantCulture, $"'\\x{bytes.ToString()![2..].ToLowerInvariant()}'::bytea");
}

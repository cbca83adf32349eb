using System.Text.Json.Nodes;
using Bridge.Audit;
using Bridge.Core;
using Bridge.Evm;
using Bridge.SystemTests.Harness;

namespace Bridge.SystemTests;

/// <summary>What an auditor sees through nodes that show little or late, what it remembers, and what its guardian does.</summary>
public class AuditorTests(AuditedWorld running) : IClassFixture<AuditedWorld>
{
    private static readonly AbiFunction GrantRole = new("grantRole(uint64,address,uint32)");
    private static readonly AbiFunction Unpause = new("unpause()");
    private static readonly AbiFunction Mint = new("crosschainMint(address,uint256)");

    private World World => running.World;

    [Fact]
    public async Task A_power_that_was_granted_since_the_deployment_breaks_authority_until_it_is_approved() => await OnFarAsync(async () =>
    {
        var stranger = await World.Far.AccountAsync(8);
        await GrantAsync(World.Far, stranger);
        var text = $"918002 RoleGranted 0x1 {stranger} 0x0";

        var (verdicts, _) = await JudgeAsync();
        Violated(verdicts).ShouldBe(["L10"], string.Join(Environment.NewLine, verdicts));
        verdicts.Single(v => v.Law == "L10").ToString().ShouldContain($"'{text}'");

        Violated((await JudgeAsync(approved: text)).Verdicts).ShouldBeEmpty();
    });

    [Fact]
    public async Task A_delivery_through_another_contract_is_judged_from_its_trace_and_is_undecided_without_one() => await OnFarAsync(async () =>
    {
        await DeliverThroughForwarderAsync();

        var seen = (await JudgeAsync()).Verdicts.Single(v => v.Law == "L5");
        seen.State.ShouldBe(LawState.Ok, seen.ToString());
        var blind = (await JudgeAsync((_, method, _) => method == "debug_traceTransaction" ? "no such method" : null)).Verdicts.Single(v => v.Law == "L5");
        blind.State.ShouldBe(LawState.Undecided, blind.ToString());
        blind.ToString().ShouldContain("serves no trace");
    });

    [Fact]
    public async Task A_source_that_is_seen_at_an_older_moment_is_undecided_and_never_violated() => await OnFarAsync(async () =>
    {
        var stale = (await World.Home.Client.HeadAsync(default)).Height;
        await World.Far.Rpc.CallAsync("evm_increaseTime", [600], default); // Each test's blocks have moved the two clocks apart.
        await DeliverThroughForwarderAsync();

        var (verdicts, _) = await JudgeAsync((node, method, parameters) =>
        {
            if (node.Port == World.Home.Url.Port && method == "eth_getBlockByNumber" && (string?)parameters[0] == "finalized") parameters[0] = $"0x{stale:x}";
            return null;
        });

        Violated(verdicts).ShouldBeEmpty(string.Join(Environment.NewLine, verdicts));
        verdicts.Where(v => v.State is LawState.Undecided).Select(v => v.Law).ShouldBe(["L1", "L2", "L4", "L6", "L10"]);
        verdicts[0].ToString().ShouldContain("is seen");
    });

    [Fact]
    public async Task An_audit_after_another_reads_only_what_came_since()
    {
        var asked = new List<ulong>();
        var checker = Checker((_, method, parameters) =>
        {
            if (method == "eth_getLogs") asked.Add(Convert.ToUInt64((string)parameters[0]!["fromBlock"]!, 16));
            return null;
        });
        await checker.JudgeAsync(drained: true, default);
        var start = World.Contracts.StartBlocks.Values.Min();
        asked.ShouldContain(start);
        asked.Clear();
        for (var i = 0; i < 2; i++) await Task.WhenAll(World.Home.MineAsync(), World.Far.MineAsync());

        var verdicts = await checker.JudgeAsync(drained: true, default);

        verdicts.ShouldAllBe(v => v.State == LawState.Ok, string.Join(Environment.NewLine, verdicts));
        asked.ShouldNotBeEmpty();
        asked.Min().ShouldBeGreaterThan(World.Contracts.StartBlocks.Values.Max() + 3);
    }

    [Fact]
    public async Task A_final_block_that_vanished_between_two_audits_breaks_finality() => await OnFarAsync(async () =>
    {
        for (var i = 0; i < 12; i++) await World.Far.MineAsync();
        var checker = Checker((_, _, _) => null);
        Violated(await checker.JudgeAsync(drained: true, default)).ShouldBeEmpty();
        // Empty blocks of the same second would be the same blocks.
        await World.Far.Rpc.CallAsync("anvil_setCoinbase", [World.Executor.ToString()], default);
        await World.Far.Rpc.CallAsync("anvil_reorg", [8, Array.Empty<object>()], default);
        for (var i = 0; i < 4; i++) await World.Far.MineAsync();

        var verdicts = await checker.JudgeAsync(drained: true, default);

        Violated(verdicts).ShouldBe(["L6"], string.Join(Environment.NewLine, verdicts));
        Violated(await checker.JudgeAsync(drained: true, default)).ShouldBe(["L6"], "it is not forgotten");
    });

    [Fact]
    public async Task A_guardian_pauses_every_Bridge_once_for_a_violation_and_does_not_overrule_the_person_who_ends_it() => await OnFarAsync(async () =>
    {
        var (auditor, guardian) = World.Auditor();
        await using var owned = auditor;
        foreach (var chain in new[] { World.Home, World.Far })
        {
            await chain.FundAsync(guardian);
            await GrantAsync(chain, guardian);
            await chain.Rpc.CallAsync("anvil_mine", ["0x3"], default); // past finality
        }
        auditor.Start();
        await Eventually.TrueAsync("every law to hold", async () => await CountAsync("SELECT count(*) FROM audit_verdict WHERE state = 'Ok'") == 10, auditor.Tail);
        (await PausedAsync(World.Home) || await PausedAsync(World.Far)).ShouldBeFalse();

        await World.Far.Rpc.CallAsync("anvil_impersonateAccount", [World.Contracts.Bridge.ToString()], default);
        await World.Far.FundAsync(World.Contracts.Bridge);
        await World.Far.TransactAsync(World.Contracts.Bridge, World.Contracts.Tokens[World.Far.Id], Mint.Encode(World.Executor, 777));

        await Eventually.TrueAsync("both Bridges to be paused", async () => await PausedAsync(World.Home) && await PausedAsync(World.Far), auditor.Tail);
        await Eventually.TrueAsync("the pauses to be written down", async () => await CountAsync("SELECT count(DISTINCT chain_id) FROM audit_pause WHERE transaction_hash IS NOT NULL") == 2, auditor.Tail);

        foreach (var chain in new[] { World.Home, World.Far }) (await chain.TransactAsync(await chain.AccountAsync(0), World.Contracts.Bridge, Unpause.Encode())).Succeeded.ShouldBeTrue();
        await World.RelayerDatabase.ExecuteHereAsync("DELETE FROM heartbeat WHERE component = 'audit'");
        for (var audit = 0; audit < 2; audit++)
        {
            await Eventually.TrueAsync("another audit", async () => await CountAsync("SELECT count(*) FROM heartbeat WHERE component = 'audit'") == 1, auditor.Tail);
            await World.RelayerDatabase.ExecuteHereAsync("DELETE FROM heartbeat WHERE component = 'audit'");
        }
        (await PausedAsync(World.Home) || await PausedAsync(World.Far)).ShouldBeFalse("the same violation must not pause again");
        (await CountAsync("SELECT count(*) FROM audit_verdict WHERE law = 'L1' AND state = 'Violated'")).ShouldBe(1);
        (await CountAsync("SELECT count(*) FROM audit_verdict WHERE detail LIKE '%RoleGranted%'")).ShouldBe(0, "its own role is approved");
    });

    [Theory]
    [InlineData("DELETE FROM delivery_event WHERE ctid = (SELECT min(ctid) FROM delivery_event)", "no row says what the chain does")]
    [InlineData("INSERT INTO delivery_event SELECT destination_chain, transaction_hash, log_index + 100, kind, source_chain, first_sequence, last_sequence, rolling_hash, account, reason, block_height, block_hash, block_time, return_sequence FROM delivery_event LIMIT 1", "a row says what the chain does not")]
    [InlineData("UPDATE delivery_event SET block_hash = sha256('another') WHERE ctid = (SELECT min(ctid) FROM delivery_event)", "a row says what the chain does not")]
    public async Task An_event_that_no_row_says_or_that_only_a_row_says_breaks_the_records(string tamper, string said)
    {
        var verdicts = await TamperedAsync(
            $"CREATE SCHEMA IF NOT EXISTS kept; CREATE TABLE kept.events AS SELECT * FROM delivery_event; {tamper}",
            "DELETE FROM delivery_event; INSERT INTO delivery_event SELECT * FROM kept.events; DROP TABLE kept.events",
            async () => (await JudgeAsync()).Verdicts);

        Violated(verdicts).ShouldBe(["L7"], string.Join(Environment.NewLine, verdicts));
        verdicts.Single(v => v.Law == "L7").ToString().ShouldContain(said);
    }

    [Fact]
    public async Task What_waits_too_long_without_a_reason_breaks_at_least_once_and_a_halt_is_a_reason() => await OnFarAsync(async () =>
    {
        await (await Traveller.AtAsync(World, 2)).SendAsync(World.Home, World.Far, 100_000, 10_000);
        foreach (var chain in new[] { World.Home, World.Far }) await chain.Rpc.CallAsync("anvil_mine", ["0x5", "0x3c"], default); // a minute apart
        var checker = new Checker(Chains(), [new AuditedDatabase("the relayer's database", World.RelayerDatabase.ConnectionString)], RpcHttp.CreateClient()) { Overdue = TimeSpan.FromSeconds(1) };
        async Task<LawVerdict> L3Async() => (await checker.JudgeAsync(drained: false, default)).Single(v => v.Law == "L3");

        var late = await L3Async();
        late.State.ShouldBe(LawState.Violated, late.ToString());
        late.ToString().ShouldContain("waits since");

        await World.RelayerDatabase.ExecuteHereAsync($"INSERT INTO lane_halt (source_chain, destination_chain, code, reason) VALUES ({World.Home.Id}, {World.Far.Id}, 'TEST', 'a reason')");
        var halted = await L3Async();
        await World.RelayerDatabase.ExecuteHereAsync("DELETE FROM lane_halt");
        halted.State.ShouldBe(LawState.Ok, halted.ToString());
    });

    [Theory]
    [InlineData("GRANT DELETE ON transition TO bridge_node", "REVOKE DELETE ON transition FROM bridge_node", "bridge_node may DELETE transitions")]
    [InlineData("GRANT UPDATE ON transition TO PUBLIC", "REVOKE UPDATE ON transition FROM PUBLIC", "everybody may UPDATE transitions")]
    [InlineData("ALTER TABLE transition DISABLE TRIGGER append_only", "ALTER TABLE transition ENABLE TRIGGER append_only", "its trigger append_only is off")]
    public async Task A_history_that_could_be_changed_is_none(string tamper, string undo, string said)
    {
        var verdicts = await TamperedAsync(tamper, undo, async () => (await JudgeAsync()).Verdicts);

        Violated(verdicts).ShouldBe(["L9"], string.Join(Environment.NewLine, verdicts));
        verdicts.Single(v => v.Law == "L9").ToString().ShouldContain(said);
    }

    [Theory]
    [InlineData("status = 'Deferred'", "ACTION_REQUIRED, the chain makes it DONE")]
    [InlineData("transaction_hash = sha256('another')", "the source transaction")]
    public async Task What_the_API_tells_is_held_against_the_chain(string change, string said)
    {
        var one = "(SELECT message_id FROM message WHERE status = 'Delivered' ORDER BY source_chain, sequence LIMIT 1)";
        await World.RelayerDatabase.ExecuteHereAsync($"CREATE SCHEMA IF NOT EXISTS kept; CREATE TABLE kept.message AS SELECT * FROM message WHERE message_id = {one}");
        var before = await ApiVerdictAsync();
        var after = await TamperedAsync(
            $"SET session_replication_role = replica; UPDATE message SET {change} WHERE message_id = {one}",
            "SET session_replication_role = replica; DELETE FROM message m USING kept.message k WHERE m.message_id = k.message_id; INSERT INTO message SELECT * FROM kept.message; DROP TABLE kept.message",
            ApiVerdictAsync);

        before.State.ShouldBe(LawState.Ok, before.ToString());
        after.State.ShouldBe(LawState.Violated);
        after.ToString().ShouldContain(said);
    }

    /// <summary>What is said of records that were tampered with; they are put right again, whatever is said.</summary>
    private async Task<T> TamperedAsync<T>(string tamper, string undo, Func<Task<T>> judge)
    {
        await World.RelayerDatabase.ExecuteHereAsync(tamper);
        try
        {
            return await judge();
        }
        finally
        {
            await World.RelayerDatabase.ExecuteHereAsync(undo);
        }
    }

    /// <summary>Of an auditor who has no database, only what everybody has.</summary>
    private async Task<LawVerdict> ApiVerdictAsync()
    {
        using var http = RpcHttp.CreateClient();
        var checker = new Checker(Chains(), [], http) { Api = World.Api.Url };
        return (await checker.JudgeAsync(drained: true, default)).Single(v => v.Name.Contains("API", StringComparison.Ordinal));
    }

    private async Task GrantAsync(Anvil chain, Address account)
    {
        var manager = await World.BridgeOn(chain).AuthorityAsync(null, default);
        (await chain.TransactAsync(await chain.AccountAsync(0), manager, GrantRole.Encode(1, account, 0))).Succeeded.ShouldBeTrue();
    }

    private async Task<bool> PausedAsync(Anvil chain) => (await World.BridgeOn(chain).PausesAsync(chain.Id, new AssetId(0), DateTimeOffset.UtcNow, null, default)).Everything > DateTimeOffset.UtcNow;

    private Task<long> CountAsync(string sql) => World.RelayerDatabase.CountAsync(sql);

    /// <summary>Sends, and delivers by a contract that hands its calldata on to the Bridge.</summary>
    private async Task DeliverThroughForwarderAsync()
    {
        var lane = new Lane(World.Home.Id, World.Far.Id);
        var sender = await Traveller.AtAsync(World, 2);
        await sender.SendAsync(World.Home, World.Far, 100_000, 10_000);
        var (sequence, hash) = await World.BridgeOn(World.Home).OutboundAsync(World.Far.Id, null, default);
        var wire = MessageCodec.Encode(Message.Transfer(new AssetId(Deployment.Asset), sender.Account, sender.Account, 100_000, 10_000));
        var checkpoint = new Checkpoint(RollingHash.LaneId(lane, World.Contracts.Bridge, World.Contracts.Bridge), sequence, hash);
        var set = await World.BridgeOn(World.Far).ValidatorSetAsync(new Epoch(1), null, default);
        var certificate = Certificate.TryAssemble(set, World.ValidatorKeys.Select(k => LocalSigner.FromPrivateKey(k))
            .ToDictionary(s => s.Address, s => s.Sign(checkpoint.Digest(new Eip712Domain(World.Far.Id, World.Contracts.Bridge), set.Epoch))));
        var forwarder = Address.Parse("0x00000000000000000000000000000000000f0f0f");
        // Copies its calldata, calls the Bridge with it, and reverts where that does.
        await World.Far.Rpc.CallAsync("anvil_setCode", [forwarder.ToString(), $"0x365f5f375f5f365f5f73{World.Contracts.Bridge.ToString()[2..]}5af16026575f5ffd5b00"], default);
        (await World.Far.TransactAsync(await World.Far.AccountAsync(5), forwarder, BridgeContract.EncodeDeliver(checkpoint.LaneId, sequence, wire, certificate!))).Succeeded.ShouldBeTrue();
    }

    /// <summary>Does it, and takes both chains back to where they were.</summary>
    private async Task OnFarAsync(Func<Task> act)
    {
        var snapshots = new List<(Anvil Chain, string Id)>();
        foreach (var chain in new[] { World.Home, World.Far }) snapshots.Add((chain, (await chain.Rpc.CallAsync("evm_snapshot", [], default)).GetString()!));
        try
        {
            await act();
        }
        finally
        {
            foreach (var (chain, id) in snapshots)
            {
                await chain.Rpc.CallAsync("evm_revert", [id], default);
                for (var i = 0; i < 3; i++) await chain.MineAsync();
            }
        }
    }

    private async Task<(IReadOnlyList<LawVerdict> Verdicts, Checker Checker)> JudgeAsync(Func<Uri, string, JsonArray, string?>? meddle = null, params string[] approved)
    {
        for (var i = 0; i < 3; i++) await Task.WhenAll(World.Home.MineAsync(), World.Far.MineAsync()); // past finality
        var checker = Checker(meddle ?? ((_, _, _) => null), approved);
        return (await checker.JudgeAsync(drained: true, default), checker);
    }

    private Task<(IReadOnlyList<LawVerdict> Verdicts, Checker Checker)> JudgeAsync(string approved) => JudgeAsync(null, approved);

    private AuditedChain[] Chains() => [.. new[] { World.Home, World.Far }.Select(chain => new AuditedChain(
        chain.Name, chain.Id, World.Contracts.Bridge, World.Contracts.StartBlocks[chain.Id], [chain.Url], 1, new FinalityPolicy(FinalityTag.Finalized)))];

    private Checker Checker(Func<Uri, string, JsonArray, string?> meddle, params string[] approved) => new(
        Chains(), [new AuditedDatabase("the relayer's database", World.RelayerDatabase.ConnectionString)], new HttpClient(new Meddler(meddle))) { Approved = approved };

    private static IEnumerable<string> Violated(IReadOnlyList<LawVerdict> verdicts) => verdicts.Where(v => v.State is LawState.Violated).Select(v => v.Law);
}

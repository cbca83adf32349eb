using System.Globalization;
using Bridge.Audit;
using Bridge.Core;
using Bridge.Evm;
using Bridge.SystemTests.Harness;

namespace Bridge.SystemTests;

/// <summary>A world that is audited once all has arrived and every process is gone.</summary>
public sealed class AuditedWorld() : RunningWorld(Topology.InMemory), IAsyncLifetime
{
    async Task IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        var user = await Traveller.AtAsync(World, 2);
        await user.PrepareAsync(9_000_000);
        foreach (var amount in new ulong[] { 4_000_000, 1_000_000, 500_000 }) await World.DeliveredAsync(await user.SendAsync(World.Home, World.Far, amount, 10_000));
        await World.DeliveredAsync(await user.SendAsync(World.Far, World.Home, 2_000_000, 10_000));
        await Eventually.TrueAsync("the journal to be closed", async () =>
            await World.RelayerDatabase.CountAsync("SELECT count(*) FROM submission WHERE status NOT IN ('Final', 'Dropped', 'Failed')") == 0, World.Explain);
        foreach (var node in World.Nodes) await node.KillAsync();
    }
}

/// <summary>Each law is broken in turn, and the checker says so of it, and of no other that still holds.</summary>
public class AuditTests(AuditedWorld running) : IClassFixture<AuditedWorld>
{
    private World World => running.World;

    private const string OneMessage = "(SELECT message_id FROM message WHERE status = 'Delivered' ORDER BY source_chain, sequence LIMIT 1)";

    [Fact]
    public async Task What_went_well_is_found_to_hold_by_every_law()
    {
        var verdicts = await JudgeAsync();
        verdicts.ShouldAllBe(v => v.State == LawState.Ok, string.Join(Environment.NewLine, verdicts));
        verdicts.Select(v => v.Law).ShouldBe(Enumerable.Range(1, 10).Select(n => $"L{n}"));
    }

    [Fact]
    public async Task Without_a_database_what_needs_one_is_undecided_and_never_ok()
    {
        using var http = RpcHttp.CreateClient();
        var verdicts = await new Checker(Chains(), [], http).JudgeAsync(drained: true, CancellationToken.None);
        verdicts.Where(v => v.State is LawState.Undecided).Select(v => v.Law).ShouldBe(["L6", "L7", "L8", "L9"]);
        verdicts.ShouldNotContain(v => v.State == LawState.Violated);
    }

    [Fact]
    public async Task Tokens_that_no_message_explains_break_conservation_and_authority() => await OnChainAsync(
        World.Far, async () =>
        {
            // As if somebody had got the Bridge's right to mint.
            await World.Far.Rpc.CallAsync("anvil_impersonateAccount", [World.Contracts.Bridge.ToString()], default);
            await World.Far.FundAsync(World.Contracts.Bridge);
            await World.Far.TransactAsync(World.Contracts.Bridge, World.Contracts.Tokens[World.Far.Id], new AbiFunction("crosschainMint(address,uint256)").Encode(World.Executor, 777));
        }, "L1", "L2", "L10");

    [Fact]
    public async Task What_was_sent_and_never_delivered_is_lost_unless_its_lane_is_halted()
    {
        await OnChainAsync(World.Home, SendAsync, "L3");
        await OnChainAsync(World.Home, async () =>
        {
            await SendAsync();
            await World.RelayerDatabase.ExecuteHereAsync($"INSERT INTO lane_halt (source_chain, destination_chain, code, reason) VALUES ({World.Home.Id}, {World.Far.Id}, 'TEST', 'a reason')");
        });
        await World.RelayerDatabase.ExecuteHereAsync("DELETE FROM lane_halt");

        async Task SendAsync() => await (await Traveller.AtAsync(World, 2)).SendAsync(World.Home, World.Far, 100_000, 10_000);
    }

    [Fact]
    public async Task A_message_that_a_quorum_signed_and_nobody_sent_breaks_authenticity() => await OnChainAsync(World.Far, async () =>
    {
        var lane = new Lane(World.Home.Id, World.Far.Id);
        var laneId = RollingHash.LaneId(lane, World.Contracts.Bridge, World.Contracts.Bridge);
        var wire = MessageCodec.Encode(Message.Transfer(new AssetId(Deployment.Asset), World.Executor, World.Executor, 100_000, 1));
        var checkpoint = new Checkpoint(laneId, new Sequence(4), RollingHash.Fold(await World.BridgeOn(World.Far).InboundAsync(lane.Source, null, default), wire));
        var set = await World.BridgeOn(World.Far).ValidatorSetAsync(new Epoch(1), null, default);
        var certificate = Certificate.TryAssemble(set, World.ValidatorKeys.Select(k => LocalSigner.FromPrivateKey(k))
            .ToDictionary(s => s.Address, s => s.Sign(checkpoint.Digest(new Eip712Domain(World.Far.Id, World.Contracts.Bridge), set.Epoch))));
        var data = BridgeContract.EncodeDeliver(laneId, new Sequence(4), wire, certificate!);
        (await World.Far.TransactAsync(await World.Far.AccountAsync(5), World.Contracts.Bridge, data)).Succeeded.ShouldBeTrue();
    }, "L1", "L2", "L4", "L10");

    [Fact]
    public async Task Two_rolling_hashes_by_one_validator_break_the_quorum_and_finality() =>
        await InDatabaseAsync(await AttestAsync(sequence: 1), "DELETE FROM attestation WHERE rolling_hash = sha256('another')", "L5", "L6");

    [Fact]
    public async Task An_attestation_of_what_no_final_block_holds_breaks_finality_alone() =>
        await InDatabaseAsync(await AttestAsync(sequence: 999), "DELETE FROM attestation WHERE sequence = 999", "L6");

    [Fact]
    public async Task A_row_that_says_what_the_chain_does_not_breaks_the_records() => await InDatabaseAsync(
        $"UPDATE message SET transaction_hash = sha256('another') WHERE message_id = {OneMessage}",
        $"UPDATE message SET transaction_hash = '\\x{await TextAsync($"SELECT encode(transaction_hash, 'hex') FROM message WHERE message_id = {OneMessage}")}' WHERE message_id = {OneMessage}", "L7");

    [Fact]
    public async Task A_status_that_its_history_does_not_lead_to_breaks_the_records_and_the_history() => await InDatabaseAsync(
        $"UPDATE message SET status = 'Certified' WHERE message_id = {OneMessage}",
        "UPDATE message SET status = 'Delivered'", "L7", "L9");

    [Fact]
    public async Task A_transaction_that_is_not_in_the_journal_breaks_the_nonces() => await OnChainAsync(World.Far, async () =>
    {
        await World.Far.Rpc.CallAsync("anvil_impersonateAccount", [World.Executor.ToString()], default);
        await World.Far.TransactAsync(World.Executor, World.Executor, []);
    }, "L8");

    private async Task<string> AttestAsync(ulong sequence)
    {
        var lane = new Lane(World.Home.Id, World.Far.Id);
        var laneId = RollingHash.LaneId(lane, World.Contracts.Bridge, World.Contracts.Bridge);
        var another = new Hash32(System.Security.Cryptography.SHA256.HashData("another"u8));
        using var signer = LocalSigner.FromPrivateKey(World.ValidatorKeys[0]);
        var signature = signer.Sign(new Checkpoint(laneId, new Sequence(sequence), another).Digest(new Eip712Domain(lane.Destination, World.Contracts.Bridge), new Epoch(1)));
        return string.Create(CultureInfo.InvariantCulture, $"""
            INSERT INTO attestation (source_chain, destination_chain, lane_id, sequence, epoch, signer, rolling_hash, signature)
            VALUES ({lane.Source}, {lane.Destination}, '\x{laneId.ToString()[2..]}', {sequence}, 1, '\x{signer.Address.ToString()[2..]}', '\x{another.ToString()[2..]}', '\x{signature.ToString()[2..]}')
            """);
    }

    /// <summary>Does it, audits, and takes the chain back to where it was.</summary>
    private async Task OnChainAsync(Anvil chain, Func<Task> act, params string[] broken)
    {
        var snapshot = await chain.Rpc.CallAsync("evm_snapshot", [], default);
        await act();
        for (var i = 0; i < 3; i++) await chain.MineAsync(); // past finality
        var verdicts = await JudgeAsync();
        await chain.Rpc.CallAsync("evm_revert", [snapshot.GetString()], default);
        for (var i = 0; i < 3; i++) await chain.MineAsync();
        ShouldBreak(verdicts, broken);
    }

    /// <summary>Past the triggers that refuse it: whoever could do it there is exactly who is audited.</summary>
    private async Task InDatabaseAsync(string act, string undo, params string[] broken)
    {
        await World.RelayerDatabase.ExecuteHereAsync($"SET session_replication_role = replica; {act}");
        var verdicts = await JudgeAsync();
        await World.RelayerDatabase.ExecuteHereAsync($"SET session_replication_role = replica; {undo}");
        ShouldBreak(verdicts, broken);
    }

    private static void ShouldBreak(IReadOnlyList<LawVerdict> verdicts, string[] broken) =>
        verdicts.Where(v => v.State is LawState.Violated).Select(v => v.Law).ShouldBe(broken, string.Join(Environment.NewLine, verdicts));

    private async Task<IReadOnlyList<LawVerdict>> JudgeAsync()
    {
        using var http = RpcHttp.CreateClient();
        return await new Checker(Chains(), [new AuditedDatabase("the relayer's database", World.RelayerDatabase.ConnectionString)], http).JudgeAsync(drained: true, CancellationToken.None);
    }

    private async Task<string> TextAsync(string sql)
    {
        await using var connection = new Npgsql.NpgsqlConnection(World.RelayerDatabase.ConnectionString);
        await connection.OpenAsync();
        await using var command = new Npgsql.NpgsqlCommand(sql, connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private AuditedChain[] Chains() => [.. new[] { World.Home, World.Far }.Select(chain => new AuditedChain(
        chain.Name, chain.Id, World.Contracts.Bridge, World.Contracts.StartBlocks[chain.Id], [chain.Url], 1, FinalityPolicy.TryParse("finalized", out var policy) ? policy : default!))];
}

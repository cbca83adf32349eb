using Bridge.Core;
using Bridge.Evm;
using Bridge.SystemTests.Harness;

namespace Bridge.SystemTests;

/// <summary>Chains that stand still, forget a transaction, or replace a block.</summary>
[Collection(InMemoryWorld.Name)]
public class StandstillTests(InMemoryWorld running)
{
    private const ulong Fee = 10_000;

    private World World => running.World;

    [Fact]
    public async Task A_delivery_that_is_not_mined_is_replaced_at_the_same_nonce_and_counts_once()
    {
        var user = await Traveller.AtAsync(World, 7);
        await user.PrepareAsync(1_000_000);
        var before = await user.BalanceAsync(World.Far);
        await World.Far.StopMiningAsync();
        try
        {
            var id = await user.SendAsync(World.Home, World.Far, 1_000_000, Fee);
            await Eventually.TrueAsync("a second attempt", async () => await AttemptsAsync(id) >= 2, World.Explain);
            (await World.RelayerDatabase.CountAsync($"SELECT count(DISTINCT s.nonce) FROM submission s WHERE {Covers(id)}")).ShouldBe(1);
            (await World.RelayerDatabase.CountAsync(
                $"""
                SELECT count(*) FROM (SELECT t.max_fee >= 1.1 * lag(t.max_fee) OVER w AND t.priority_fee >= 1.1 * lag(t.priority_fee) OVER w AS higher
                FROM submission s JOIN submission_attempt t ON t.submission_id = s.id WHERE {Covers(id)} WINDOW w AS (ORDER BY t.signed_at)) pairs WHERE NOT higher
                """)).ShouldBe(0);

            await World.Far.DropPendingAsync();
            await World.Far.StartMiningAsync();
            await World.DeliveredAsync(id);
            (await user.BalanceAsync(World.Far) - before).ShouldBe(1_000_000 - Fee);
        }
        finally
        {
            await World.Far.StartMiningAsync();
        }
    }

    [Fact]
    public async Task A_transfer_whose_block_is_replaced_before_it_is_final_is_shown_as_replaced_and_never_signed()
    {
        var user = await Traveller.AtAsync(World, 8);
        await user.PrepareAsync(1_000_000);
        await World.Home.StopMiningAsync();
        try
        {
            var sending = user.SendAsync(World.Home, World.Far, 1_000_000, Fee);
            await Eventually.TrueAsync("the send to be in the pool", World.Home.HasPendingAsync);
            await World.Home.MineAsync();
            var id = await sending;
            await Eventually.TrueAsync("the transfer to be seen", async () => await StatusAsync(id) == "PENDING", World.Explain);

            await World.Home.Rpc.CallAsync("anvil_reorg", [1, Array.Empty<object>()], CancellationToken.None);
            await World.Home.MineAsync();

            await Eventually.TrueAsync("the transfer to be shown as replaced", async () => await StatusAsync(id) == "FAILED", World.Explain);
            (await World.RelayerDatabase.CountAsync($"SELECT count(*) FROM attestation WHERE rolling_hash = '\\x{id.ToString()[2..]}'")).ShouldBe(0);
        }
        finally
        {
            await World.Home.StartMiningAsync();
        }

        var again = await user.SendAsync(World.Home, World.Far, 1_000_000, Fee);
        await World.DeliveredAsync(again);
    }

    [Fact]
    public async Task Another_message_at_the_sequence_of_one_that_a_reorg_took_is_the_only_one_that_is_signed_and_delivered()
    {
        var user = await Traveller.AtAsync(World, 7);
        await user.PrepareAsync(2_000_000);
        await World.Home.StopMiningAsync();
        Hash32 gone, stays;
        try
        {
            gone = await SentAsync(user, 1_000_000);
            await Eventually.TrueAsync("the transfer to be seen", async () => await StatusAsync(gone) == "PENDING", World.Explain);
            await World.Home.Rpc.CallAsync("anvil_reorg", [1, Array.Empty<object>()], CancellationToken.None);
            stays = await SentAsync(user, 1_500_000);
        }
        finally
        {
            await World.Home.StartMiningAsync();
        }

        await World.DeliveredAsync(stays);
        (await StatusAsync(gone)).ShouldBe("FAILED");
        (await World.RelayerDatabase.CountAsync($"SELECT count(DISTINCT sequence) FROM message WHERE message_id IN ('\\x{gone.ToString()[2..]}', '\\x{stays.ToString()[2..]}')")).ShouldBe(1);
        (await World.RelayerDatabase.CountAsync($"SELECT count(*) FROM attestation WHERE rolling_hash = '\\x{gone.ToString()[2..]}'")).ShouldBe(0);
    }

    private async Task<Hash32> SentAsync(Traveller user, UInt128 amount)
    {
        var sending = user.SendAsync(World.Home, World.Far, amount, Fee);
        await Eventually.TrueAsync("the send to be in the pool", World.Home.HasPendingAsync);
        await World.Home.MineAsync();
        return await sending;
    }

    private async Task<string?> StatusAsync(Hash32 id) =>
        await World.Api.GetAsync($"v1/transfers/{id}") is { } transfer ? transfer.GetProperty("status").GetString() : null;

    private Task<long> AttemptsAsync(Hash32 id) => World.RelayerDatabase.CountAsync(
        $"SELECT count(*) FROM submission s JOIN submission_attempt t ON t.submission_id = s.id WHERE {Covers(id)}");

    private static string Covers(Hash32 id) =>
        $"""
        EXISTS (SELECT 1 FROM message m WHERE m.message_id = '\x{id.ToString()[2..]}' AND m.source_chain = s.source_chain
            AND m.destination_chain = s.destination_chain AND m.sequence BETWEEN s.first_sequence AND s.last_sequence)
        """;
}

using Bridge.SystemTests.Harness;

namespace Bridge.SystemTests;

/// <summary>Too few validators: transfers wait, say for whom, and arrive once they are back.</summary>
[Collection(UntouchedWorld.Name)]
public class QuorumTests(UntouchedWorld running)
{
    private World World => running.World;

    [Fact]
    public async Task Without_a_quorum_a_transfer_waits_names_who_is_missing_and_arrives_once_they_are_back()
    {
        var user = await Traveller.AtAsync(World, 3);
        await user.PrepareAsync(1_000_000);
        var away = World.Validators.Take(2).ToList();
        foreach (var validator in away) await validator.KillAsync();
        try
        {
            var id = await user.SendAsync(World.Home, World.Far, 1_000_000, 10_000);
            await Eventually.TrueAsync("the transfer to say who is missing", async () =>
                await World.Api.GetAsync($"v1/transfers/{id}") is { } transfer && transfer.TryGetProperty("reason", out var reason)
                && World.ValidatorAccounts.Take(2).All(account => reason.GetString()!.Contains(account.ToString(), StringComparison.Ordinal))
                && reason.GetString()!.StartsWith("Signatures: 2 of the 3 that are needed; missing: ", StringComparison.Ordinal), World.Explain);
            (await World.RelayerDatabase.CountAsync($"SELECT count(*) FROM certificate WHERE rolling_hash = '\\x{id.ToString()[2..]}'")).ShouldBe(0);

            foreach (var validator in away) validator.Start();
            await World.DeliveredAsync(id);
        }
        finally
        {
            foreach (var validator in away.Where(validator => validator.HasExited)) validator.Start();
        }
    }
}

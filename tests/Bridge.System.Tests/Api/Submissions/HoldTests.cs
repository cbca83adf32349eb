using System.Text;
using Bridge.Core;
using Bridge.Evm;
using Bridge.Store;
using Bridge.SystemTests.Harness;

namespace Bridge.SystemTests.Api.Submissions;

/// <summary>What an operator sees of a hold, and can do about it: the real executable, and a destination that defers.</summary>
[Collection(SubmitWorld.Name)]
public sealed class HoldTests(SubmitFixture world) : IDisposable
{
    private static readonly Address Recipient = Address.Parse("0x00000000000000000000000000000000000B0b01");

    private readonly string _folder = Directory.CreateTempSubdirectory("bridge-hold-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_hold_is_listed_with_its_reason_and_end_and_ends_on_chain_alone()
    {
        var id = await world.DeferredAsync(Recipient);
        var lane = new Lane(world.Home.Id, world.Far.Id);
        await Eventually.TrueAsync("it to be listed", async () => (await BridgeAsync("hold", "list", "--json")).Output.Contains(id.ToString(), StringComparison.Ordinal), world.Explain);

        var (exit, listed) = await BridgeAsync("hold", "list", "--json", "--lane", $"{lane.Source}:{lane.Destination}");
        exit.ShouldBe(1, listed);
        var line = listed.Split('\n').Single(text => text.Contains(id.ToString(), StringComparison.Ordinal));
        line.ShouldContain("LARGE_TRANSFER");
        line.ShouldContain($"{Recipient} can send it back");
        line.ShouldNotContain("\"until\":null");
        (await world.Get<StandingQueries>().ReadAsync(default)).Held.ShouldContain(held => held.Lane == lane && held.Reason == "LARGE_TRANSFER" && held.Count >= 1);
        (await BridgeAsync("hold", "list", "--lane", $"{lane.Destination}:{lane.Source}")).ExitCode.ShouldBe(0);

        foreach (var refused in new[] { "drop", "extend" }) (await BridgeAsync("hold", refused, id.ToString())).ShouldSay(2, "bridge admin pause");
        (await BridgeAsync("hold", "release", "0x" + new string('9', 64), "--yes")).ShouldSay(2, "not known here");
        var person = await PersonAsync();
        (await ReleaseAsync(id, person)).ShouldSay(1, "StillHeld");

        await world.Far.Rpc.CallAsync("evm_increaseTime", [3700], default);
        await world.Far.MineAsync();
        (await ReleaseAsync(id, person)).ShouldSay(0, "Done in transaction");
        (await new TokenContract(world.Far.Client, world.Contracts.Tokens[world.Far.Id]).BalanceOfAsync(Recipient, default)).ShouldBe(49_000_000);
        await Eventually.TrueAsync("it to be done", async () => (await BridgeAsync("query", "transfer", id.ToString(), "--json")).Output.Contains("Delivered", StringComparison.Ordinal), world.Explain);
        (await ReleaseAsync(id, person)).ShouldSay(2, "nothing to release");
    }

    [Fact]
    public async Task The_key_of_a_journal_is_not_used_beside_its_node()
    {
        var id = await world.DeferredAsync(Recipient);
        await Eventually.TrueAsync("it to be deferred", async () => (await BridgeAsync("hold", "list", "--json")).Output.Contains(id.ToString(), StringComparison.Ordinal), world.Explain);
        var person = await PersonAsync();
        using (var signer = Keystore.Open(person, "only for tests"))
            await world.Get<AccountStore>().UnexplainedAsync(world.Far.Id, signer.Address, 0, 0, 0, default);

        (await ReleaseAsync(id, person)).ShouldSay(2, "is an executor's or a submitter's account");
    }

    private async Task<string> PersonAsync()
    {
        var keystore = Path.Combine(_folder, $"{Guid.NewGuid():N}.json");
        Keystore.Create(keystore, "only for tests", Keccak256.Hash(Encoding.ASCII.GetBytes(keystore)).ToArray(), scryptN: 2);
        await File.WriteAllTextAsync(Path.Combine(_folder, "password"), "only for tests");
        using var signer = Keystore.Open(keystore, "only for tests");
        await world.Far.FundAsync(signer.Address);
        return keystore;
    }

    private Task<Said> ReleaseAsync(Hash32 id, string keystore) => BridgeAsync("hold", "release", id.ToString(), "--keystore", keystore, "--password-file", Path.Combine(_folder, "password"), "--yes");

    private Task<Said> BridgeAsync(params string[] arguments) => world.BridgeAsync([.. arguments, .. arguments is ["hold", "release", ..] ? ["--config", world.Relayer.ConfigFile] : Array.Empty<string>()]);
}

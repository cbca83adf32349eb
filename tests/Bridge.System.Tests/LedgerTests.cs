using System.Text.RegularExpressions;
using Bridge.Core;
using Bridge.Evm;
using Bridge.SystemTests.Harness;

namespace Bridge.SystemTests;

/// <summary>A world in which 2,000,000 base units are locked at home and exist on the far chain, rightly.</summary>
public sealed class LedgerWorld() : RunningWorld(Topology.InMemory), IAsyncLifetime
{
    internal Traveller Honest { get; private set; } = null!;

    async Task IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        Honest = await Traveller.AtAsync(World, 2);
        await Honest.PrepareAsync(5_000_000);
        await World.DeliveredAsync(await Honest.SendAsync(World.Home, World.Far, 2_000_000, 10_000));
    }
}

/// <summary>Three of the four validators' keys are stolen. What they forge is delivered; the fourth validator does not let it go any further.</summary>
public sealed partial class LedgerTests(LedgerWorld running) : IClassFixture<LedgerWorld>
{
    private World World => running.World;

    [Fact]
    public async Task What_a_forged_quorum_minted_out_of_nothing_is_not_signed_on_until_a_person_accepts_it()
    {
        await using var honest = await HonestAsync("minted");
        var thief = await Traveller.AtAsync(World, 5);
        await thief.PrepareAsync(1);
        await World.ForgeAsync(World.Home, World.Far, new Sequence(900), Message.Transfer(new AssetId(Deployment.Asset), thief.Account, thief.Account, 700_000, 1));
        await honest.UnexplainedAsync(World.Far, 700_000);

        // Less than rightly exists there: by the messages' sums alone, the chain is not overdrawn.
        var theft = await thief.SendAsync(World.Far, World.Home, 600_000, 10_000);
        await honest.RefusesAsync(theft, "700000 exist that no message brought");
        (await World.Api.GetAsync($"v1/transfers/{theft}"))?.GetProperty("status").GetString().ShouldNotBe("DONE");
        await honest.SaysWhyAsync(World.Far, 700_000);

        await honest.AcceptAsync(World.Far, 700_000);
        await honest.SignsAsync(theft);
    }

    [Fact]
    public async Task Where_a_forged_quorum_emptied_the_vault_nobody_s_claim_on_it_is_signed_until_a_person_accepts_it()
    {
        await using var honest = await HonestAsync("emptied");
        var thief = await World.Home.AccountAsync(6);
        await World.ForgeAsync(World.Far, World.Home, new Sequence(900), Message.Transfer(new AssetId(Deployment.Asset), thief, thief, 500_000, 1));
        await honest.UnexplainedAsync(World.Home, 500_000);

        var claim = await running.Honest.SendAsync(World.Far, World.Home, 300_000, 10_000);
        await honest.RefusesAsync(claim, "500000 are missing");
        await honest.SaysWhyAsync(World.Home, 500_000);

        await honest.AcceptAsync(World.Home, 500_000);
        await honest.SignsAsync(claim);
    }

    [Fact]
    public async Task Where_the_totals_are_not_what_the_messages_sum_up_to_nothing_is_signed()
    {
        await using var honest = await HonestAsync("counted");
        var first = await running.Honest.SendAsync(World.Home, World.Far, 30_000, 10_000);
        await honest.SignsAsync(first);
        await honest.Node.KillAsync();
        await honest.Database.ExecuteHereAsync("UPDATE ledger_total SET sent = sent + 1");
        honest.Node.Start();

        var second = await running.Honest.SendAsync(World.Home, World.Far, 40_000, 10_000);
        await honest.RefusesAsync(second, "are not what the messages sum up to");

        await honest.Database.ExecuteHereAsync("UPDATE ledger_total SET sent = sent - 1");
        await honest.SignsAsync(second);
    }

    private async Task<HonestValidator> HonestAsync(string name)
    {
        var (node, database) = await World.FreshValidatorAsync();
        var honest = new HonestValidator(World, node.Changed(name, bridge => bridge["Metrics"] = new System.Text.Json.Nodes.JsonObject { ["Urls"] = "http://127.0.0.1:0" }), database);
        honest.Node.Start();
        return honest;
    }

    /// <summary>The validator whose key was not stolen, and its own database.</summary>
    private sealed partial record HonestValidator(World World, Node Node, Database Database) : IAsyncDisposable
    {
        public Task UnexplainedAsync(Anvil chain, int amount) => TrueAsync($"{amount} to be unexplained on {chain.Name}",
            async () => await Database.CountAsync($"SELECT count(*) FROM ledger_account WHERE chain_id = {chain.Id} AND unexplained = {amount} AND broken_since IS NOT NULL") == 1);

        public async Task RefusesAsync(Hash32 id, string said)
        {
            await TrueAsync($"'{said}'", async () => await Database.CountAsync($"SELECT count(*) FROM heartbeat WHERE component = 'attest' AND detail LIKE '%{said}%'") == 1);
            (await SignaturesAsync(id)).ShouldBe(0);
        }

        public Task SignsAsync(Hash32 id) => TrueAsync($"a signature over {id}", async () => await SignaturesAsync(id) > 0);

        /// <summary>In database, log, API, metrics and on the command line.</summary>
        public async Task SaysWhyAsync(Anvil chain, int amount)
        {
            await TrueAsync("a finding", async () => await Database.CountAsync($"SELECT count(*) FROM ledger_finding WHERE chain_id = {chain.Id} AND unexplained = {amount}") == 1);
            Node.Output.ShouldContain("the ledger does not balance");
            await using var api = await World.ApiOnAsync(Database);
            var ledger = (await api.GetAsync("v1/audit/ledger"))!.Value;
            var account = ledger.GetProperty("accounts").EnumerateArray().Single(row => row.GetProperty("chain").GetString() == $"eip155:{chain.Id}");
            account.GetProperty("unexplained").GetString().ShouldBe($"{amount}");
            account.TryGetProperty("brokenSince", out _).ShouldBeTrue();
            ledger.GetProperty("findings").EnumerateArray().ShouldContain(finding => finding.GetProperty("chain").GetString() == $"eip155:{chain.Id}");
            (await MetricsAsync()).ShouldContain($"bridge_ledger_broken{{chain=\"{chain.Id}\",asset=\"1\"}} 1");
            var (exitCode, listed) = await World.BridgeOnAsync(Database, "ledger", "list", "--json");
            exitCode.ShouldBe(1, listed);
            listed.ShouldContain($"\"unexplained\":\"{amount}\"");
        }

        /// <summary>What the other test left unexplained on the other chain is accepted beforehand.</summary>
        public async Task AcceptAsync(Anvil chain, int amount)
        {
            await Database.ExecuteHereAsync($"INSERT INTO ledger_amendment (chain_id, asset_id, accepted, decided_by, why) SELECT chain_id, asset_id, unexplained, 'Ada', 'another test' FROM ledger_account WHERE chain_id <> {chain.Id}");
            var (exitCode, said) = await World.BridgeOnAsync(
                Database, "ledger", "accept", "--chain", $"{chain.Id}", "--asset", "1", "--amount", $"{amount}", "--by", "Ada", "--why", "the set was rotated, and the loss is covered");
            exitCode.ShouldBe(0, said);
        }

        public ValueTask DisposeAsync() => Node.DisposeAsync();

        private Task<long> SignaturesAsync(Hash32 id) => Database.CountAsync(
            $"SELECT count(*) FROM signature s JOIN lane l USING (lane_id) JOIN message m USING (source_chain, destination_chain, sequence) WHERE m.message_id = '\\x{id.ToString()[2..]}'");

        private Task TrueAsync(string what, Func<Task<bool>> check) => Eventually.TrueAsync(what, check, Node.Tail);

        private async Task<string> MetricsAsync()
        {
            using var http = new HttpClient();
            return await http.GetStringAsync(new Uri(MetricsUrl().Match(Node.Output).Groups[1].Value));
        }

        [GeneratedRegex("metrics at (http://[0-9.:]+/metrics)")]
        private static partial Regex MetricsUrl();
    }
}

using System.Text.Json;
using Bridge.Core;
using Bridge.Evm;

namespace Bridge.SystemTests.Admin;

/// <summary>Each verb does on a real chain what its summary said.</summary>
public sealed class AdminTests(AdminFixture chains) : IClassFixture<AdminFixture>
{
    private static readonly AssetId Dollar = new(1);
    private static readonly string OtherBridge = Address.Parse("0x00000000000000000000000000000000000000b5").ToString();

    [Fact]
    public async Task What_is_printed_for_a_multisig_is_what_a_key_sends()
    {
        string[] verb = ["lane", "open", "--chain", "home", "--other", "5", "--remote-bridge", OtherBridge];
        var printed = One(await chains.AskAsync([.. verb, "--print", "--json", "--from", chains.Admin.ToString()]));
        printed.GetProperty("transaction").ValueKind.ShouldBe(JsonValueKind.Null);
        (await OutboundAsync(5)).RollingHash.IsZero.ShouldBeTrue("printing must change nothing");

        var sent = One(await chains.AsAdminAsync([.. verb, "--yes", "--json"]));

        var (data, to, from) = await chains.SentAsync(sent.GetProperty("transaction").GetString()!);
        data.ShouldBe(printed.GetProperty("data").GetString());
        Address.Parse(to).ToString().ShouldBe(printed.GetProperty("to").GetString());
        Address.Parse(from).ShouldBe(chains.Admin);
        sent.GetProperty("summary")[0].GetString()!.ShouldContain($"opens the lanes to and from chain 5, whose Bridge is {OtherBridge}");
        (await OutboundAsync(5)).RollingHash.IsZero.ShouldBeFalse();
        (await chains.AsAdminAsync([.. verb, "--yes"])).Output.ShouldContain("Nothing is to be done");
    }

    [Fact]
    public async Task What_the_simulation_finds_to_fail_is_not_sent()
    {
        var before = await chains.Home.Client.NonceAsync(chains.Admin, pending: true, CancellationToken.None);
        var (exit, output) = await chains.AsAdminAsync("fee", "set", "--chain", "home", "--asset", "1", "--to", "far", "--minimum", "900000", "--yes");
        exit.ShouldBe(1, output);
        output.ShouldContain("Nothing was sent: the simulation ends with FeesOutOfBounds");
        (await chains.Home.Client.NonceAsync(chains.Admin, pending: true, CancellationToken.None)).ShouldBe(before);
    }

    [Fact]
    public async Task Nothing_is_sent_where_nobody_can_be_asked()
    {
        var before = await chains.Home.Client.NonceAsync(chains.Admin, pending: true, CancellationToken.None);
        var (exit, output) = await chains.AsAdminAsync("lane", "close", "--chain", "home", "--other", "far");
        exit.ShouldBe(2, output);
        output.ShouldContain("Simulated: it would succeed");
        output.ShouldContain("--yes");
        (await chains.Home.Client.NonceAsync(chains.Admin, pending: true, CancellationToken.None)).ShouldBe(before);
    }

    [Fact]
    public async Task Whoever_may_not_is_told_who_may()
    {
        var (account, options) = await chains.AccountAsync("stranger");
        var (exit, output) = await chains.AskAsync(["pause", "--chain", "home", "--yes", .. options]);
        exit.ShouldBe(2, output);
        output.ShouldContain($"{account} may not do this");
        output.ShouldContain("a GUARDIAN may");
        (await PausesAsync()).Everything.ShouldBeNull();
    }

    [Fact]
    public async Task A_guardian_pauses_and_only_the_admin_ends_it()
    {
        var (account, options) = await chains.AccountAsync("guardian");
        await DoneAsync("role", "grant", "--chain", "home", "--role", "guardian", "--account", account.ToString());
        (await chains.AskAsync(["pause", "--chain", "home", "--asset", "1", "--yes", .. options])).ExitCode.ShouldBe(0);
        (await chains.AskAsync(["lane", "close", "--chain", "home", "--other", "far", "--yes", .. options])).ExitCode.ShouldBe(0);
        (await chains.AskAsync(["pause", "--chain", "home", "--yes", .. options])).ExitCode.ShouldBe(0);
        var paused = await PausesAsync();
        new[] { paused.Everything, paused.Lane, paused.Asset }.ShouldAllBe(until => until != null);

        (await chains.AskAsync(["unpause", "--chain", "home", "--yes", .. options])).Output.ShouldContain("the admin may");
        await DoneAsync("unpause", "--chain", "home");
        await DoneAsync("unpause", "--chain", "home", "--asset", "1");
        await DoneAsync("lane", "reopen", "--chain", "home", "--other", "far");
        await DoneAsync("role", "revoke", "--chain", "home", "--role", "guardian", "--account", account.ToString());

        (await PausesAsync()).ShouldBe(new PauseState(null, null, null));
        (await chains.AskAsync(["pause", "--chain", "home", "--yes", .. options])).ExitCode.ShouldBe(2);
    }

    [Fact]
    public async Task Limits_holds_and_fees_are_what_was_said()
    {
        await DoneAsync("limit", "in", "--chain", "home", "--asset", "1", "--capacity", "1234.5", "--period", "600");
        (await chains.Bridge.InboundLimitAsync(Dollar, null, CancellationToken.None)).ShouldSatisfyAllConditions(
            limit => limit.Capacity.ShouldBe((UInt128)1_234_500_000), limit => limit.Period.ShouldBe(600u));
        await DoneAsync("limit", "out", "--chain", "home", "--asset", "1", "--capacity", "77");
        (await chains.Bridge.OutboundLimitAsync(Dollar, null, CancellationToken.None))!.Capacity.ShouldBe((UInt128)77_000_000);
        (await DoneAsync("limit", "out", "--chain", "home", "--asset", "1", "--capacity", "0")).ShouldContain("now it is 77 in 86400 s");
        (await chains.Bridge.OutboundLimitAsync(Dollar, null, CancellationToken.None)).ShouldBeNull();
        await DoneAsync("limit", "hold", "--chain", "home", "--asset", "1", "--threshold", "8", "--seconds", "30");
        (await chains.Bridge.HoldAsync(Dollar, null, CancellationToken.None)).ShouldBe(new HoldState(8_000_000, 30));

        await DoneAsync("fee", "bound", "--chain", "home", "--asset", "1", "--to", "far", "--lowest", "0.002", "--highest", "3");
        var bounds = await chains.Bridge.FeeBoundsAsync(Dollar, chains.Far.Id, null, CancellationToken.None);
        (bounds.Lowest.Transfer, bounds.Highest.Transfer).ShouldBe(((UInt128)2000, (UInt128)3_000_000));
        await DoneAsync("fee", "set", "--chain", "home", "--asset", "1", "--to", "far", "--minimum", "0.01");
        (await chains.Bridge.MinimumFeesAsync(Dollar, chains.Far.Id, null, CancellationToken.None)).ShouldBe(FeeSetting.AfterTransfer(10_000));
    }

    [Fact]
    public async Task An_asset_is_registered_and_its_handover_announced_and_called_off()
    {
        var token = await chains.TokenAsync("NEW");
        (await DoneAsync("asset", "register", "--chain", "home", "--asset", "9", "--token", token.ToString(), "--mode", "lock", "--capacity", "1000")).ShouldContain("registers NEW");
        (await chains.Bridge.AssetAsync(new AssetId(9), null, CancellationToken.None)).ShouldBe(new BridgeAsset(new AssetId(9), token, "lock", 0));

        var successor = "0x00000000000000000000000000000000000000c5";
        await DoneAsync("handover", "announce", "--chain", "home", "--asset", "9", "--successor", successor);
        ((Address)(await chains.ViewAsync("pendingHandover(uint32)", "(address,uint64)", 9u))[0]).ShouldBe(Address.Parse(successor));
        var (exit, output) = await chains.AsAdminAsync("handover", "execute", "--chain", "home", "--asset", "9", "--yes");
        exit.ShouldBe(1, output);
        output.ShouldContain("HandoverTooEarly");
        await DoneAsync("handover", "cancel", "--chain", "home", "--asset", "9");
        ((Address)(await chains.ViewAsync("pendingHandover(uint32)", "(address,uint64)", 9u))[0]).IsZero.ShouldBeTrue();
    }

    [Fact]
    public async Task What_an_admin_must_wait_for_is_scheduled_then_done_by_the_same_command()
    {
        var (account, options) = await chains.AccountAsync("slow");
        await DoneAsync("role", "grant", "--chain", "home", "--role", "admin", "--account", account.ToString(), "--delay", "3600");
        string[] verb = ["lane", "open", "--chain", "home", "--other", "6", "--remote-bridge", OtherBridge, "--yes", .. options];

        var (exit, output) = await chains.AskAsync(verb);
        exit.ShouldBe(0, output);
        output.ShouldContain("schedules, to be done in 3600 s by the same command: opens the lanes");
        (await OutboundAsync(6)).RollingHash.IsZero.ShouldBeTrue();
        (await chains.AskAsync(verb)).ShouldSatisfyAllConditions(again => again.ExitCode.ShouldBe(2), again => again.Output.ShouldContain("can be done from"));
        await chains.PassAsync(TimeSpan.FromHours(2));
        (await chains.AskAsync(verb)).Output.ShouldContain("does what was scheduled: opens the lanes");
        (await OutboundAsync(6)).RollingHash.IsZero.ShouldBeFalse();
    }

    [Fact]
    public async Task A_validator_set_follows_another_once_a_quorum_signed_and_a_day_passed()
    {
        var (newcomer, _) = await chains.AccountAsync("newcomer");
        string[] next = ["--chain", "home", "--threshold", "3", .. chains.Validators.Take(3).Append(newcomer).SelectMany(member => new[] { "--member", member.ToString() })];
        var before = await chains.Bridge.EpochAsync(null, CancellationToken.None);

        (await chains.AsAdminAsync(["rotation", "propose", .. next, "--yes", .. await SignedAsync(2, next)])).ShouldSatisfyAllConditions(
            few => few.ExitCode.ShouldBe(2), few => few.Output.ShouldContain("2 members of epoch 1 have signed, and 3 must"));
        (await DoneAsync(["rotation", "propose", .. next, .. await SignedAsync(3, next)])).ShouldContain($"{newcomer} joins, {chains.Validators[3]} leaves");
        (await chains.Bridge.PendingRotationAsync(CancellationToken.None))!.Set.Members.ShouldContain(newcomer);
        await DoneAsync("rotation", "cancel", "--chain", "home");
        (await chains.Bridge.PendingRotationAsync(CancellationToken.None)).ShouldBeNull();

        await DoneAsync(["rotation", "propose", .. next, .. await SignedAsync(3, next)]);
        (await chains.AsAdminAsync("rotation", "activate", "--chain", "home", "--yes")).ShouldSatisfyAllConditions(
            early => early.ExitCode.ShouldBe(1), early => early.Output.ShouldContain("RotationTooEarly"));
        await chains.PassAsync(TimeSpan.FromDays(1.1));
        await DoneAsync("rotation", "activate", "--chain", "home");

        var epoch = await chains.Bridge.EpochAsync(null, CancellationToken.None);
        epoch.Value.ShouldBe(before.Value + 2, "the cancelled rotation's number is not used again");
        (await chains.Bridge.ValidatorSetAsync(epoch, null, CancellationToken.None)).Members.ShouldContain(newcomer);
        await DoneAsync("rotation", "end-overlap", "--chain", "home");
    }

    [Fact]
    public async Task A_new_chain_joins_and_the_deploy_script_finds_nothing_left_to_do()
    {
        await chains.AddThirdChainAsync();
        string[] deploy = ["deploy", "--deployment", chains.DeploymentFile, "--artifacts", Path.Combine(Harness.Machine.Contracts, "out"), "--yes", "--chain"];
        foreach (var chain in new[] { "third", "home", "far" }) (await chains.AsAdminAsync([.. deploy, chain])).ShouldSatisfyAllConditions(done => done.ExitCode.ShouldBe(0, done.Output));

        var third = new BridgeContract(chains.Third.Client, chains.Contracts.Bridge);
        (await third.AssetAsync(Dollar, null, CancellationToken.None))!.Mode.ShouldBe("mint");
        (await third.OutboundAsync(chains.Home.Id, null, CancellationToken.None)).RollingHash.IsZero.ShouldBeFalse();
        (await OutboundAsync(chains.Third.Id.Value)).RollingHash.IsZero.ShouldBeFalse();
        (await chains.DeployScriptAsync()).ShouldContain("nothing to do");
        (await chains.AsAdminAsync([.. deploy, "third"])).Output.ShouldContain("Nothing is to be done");
    }

    private async Task<string> DoneAsync(params string[] verb)
    {
        var (exit, output) = await chains.AsAdminAsync([.. verb, "--yes"]);
        exit.ShouldBe(0, output);
        output.ShouldContain("Simulated: it would succeed");
        output.ShouldContain("Done in transaction");
        return output;
    }

    /// <summary>The options with the signatures of the first validators.</summary>
    private async Task<string[]> SignedAsync(int count, string[] next)
    {
        var options = new List<string>();
        for (var i = 1; i <= count; i++)
        {
            var (exit, output) = await chains.AskAsync(["rotation", "sign", .. next, "--yes", "--json", .. chains.ValidatorOptions(i)]);
            exit.ShouldBe(0, output);
            options.AddRange(["--signature", One((exit, output)).GetProperty("signature").GetString()!]);
        }
        return [.. options];
    }

    private async Task<PauseState> PausesAsync() =>
        await chains.Bridge.PausesAsync(chains.Far.Id, Dollar, (await chains.Home.Client.HeadAsync(CancellationToken.None)).Time, null, CancellationToken.None);

    private Task<LaneState> OutboundAsync(ulong to) => chains.Bridge.OutboundAsync(new ChainId(to), null, CancellationToken.None);

    private static JsonElement One((int ExitCode, string Output) answer)
    {
        answer.ExitCode.ShouldBe(0, answer.Output);
        return JsonDocument.Parse(answer.Output.Split('\n').Single(line => line.StartsWith('{'))).RootElement;
    }
}

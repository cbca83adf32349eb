using System.Text.RegularExpressions;
using Bridge.SystemTests.Harness;

namespace Bridge.SystemTests;

/// <summary>What a person at a terminal does.</summary>
[Collection(InMemoryWorld.Name)]
public partial class PersonTests(InMemoryWorld running)
{
    private World World => running.World;

    [Fact]
    public async Task A_person_sends_and_asks_where_the_transfer_is()
    {
        var wallet = await World.WalletAsync(50_000_000);

        var sent = await World.BridgeAsync("send", "--config", wallet.Config, "--from", "home", "--to", "far", "--asset", "1", "--amount", "12.5", "--fee", "0.01",
            "--keystore", wallet.Keystore, "--password-file", wallet.PasswordFile);
        sent.ExitCode.ShouldBe(0, sent.Output);
        var id = TransferId().Match(sent.Output).Value;

        await Eventually.TrueAsync($"{id} to be delivered", async () =>
        {
            var asked = await World.BridgeAsync("status", id, "--api", World.Api.Url.ToString());
            return asked.ExitCode == 0 && asked.Output.Contains("DONE", StringComparison.Ordinal) && asked.Output.Contains("12.49 TUSD", StringComparison.Ordinal);
        }, World.Explain);
        (await World.TokenOn(World.Far).BalanceOfAsync(wallet.Account, CancellationToken.None)).ShouldBe(12_490_000);
        var (exit, story) = await World.BridgeAsync("explain", id, "--api", World.Api.Url.ToString());
        exit.ShouldBe(0, story);
        story.ShouldContain($"takes 12.5 TUSD from {wallet.Account}");
        story.ShouldContain($"by {World.Executor}");
        story.ShouldContain("There is nothing to do.");
        (await World.BridgeAsync("explain", "0x" + new string('7', 64), "--api", World.Api.Url.ToString())).ExitCode.ShouldBe(1);
    }

    [Theory]
    [InlineData("--amount", "0", "--amount: more than zero")]
    [InlineData("--amount", "1.0000001", "--amount: '1.0000001' is not an amount with at most 6 decimals")]
    [InlineData("--amount", "340282366920938463463374607431769", "--amount:")]
    [InlineData("--amount", "9999999", "which is less than the")]
    [InlineData("--fee", "100", "--fee: at most the amount")]
    [InlineData("--fee", "0", "FeeTooLow")]
    [InlineData("--asset", "77", "does not list asset 77")]
    [InlineData("--to", "mars", "There is no chain 'mars'")]
    [InlineData("--to", "home", "source and destination are the same")]
    [InlineData("--recipient", "0x0000000000000000000000000000000000000000", "--recipient:")]
    [InlineData("--recipient", "BRIDGE", "RecipientRefused")]
    [InlineData("--recipient", "TOKEN", "RecipientRefused")]
    [InlineData("--keystore", "/nowhere", "/nowhere")]
    public async Task A_send_that_cannot_work_is_refused_in_words_before_anything_is_paid(string option, string value, string said)
    {
        var wallet = await World.WalletAsync(50_000_000);
        value = value switch { "BRIDGE" => World.Contracts.Bridge.ToString(), "TOKEN" => World.Contracts.Tokens[World.Home.Id].ToString(), _ => value };
        var arguments = new Dictionary<string, string>
        {
            ["--config"] = wallet.Config, ["--from"] = "home", ["--to"] = "far", ["--asset"] = "1", ["--amount"] = "1", ["--fee"] = "0.01",
            ["--keystore"] = wallet.Keystore, ["--password-file"] = wallet.PasswordFile, [option] = value,
        };

        var (exitCode, output) = await World.BridgeAsync(["send", .. arguments.SelectMany(pair => new[] { pair.Key, pair.Value })]);

        exitCode.ShouldNotBe(0);
        output.ShouldContain(said);
        output.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task An_unknown_transfer_is_not_yet_rather_than_never()
    {
        var (exitCode, output) = await World.BridgeAsync("status", "0x" + new string('1', 64), "--api", World.Api.Url.ToString());
        exitCode.ShouldBe(1);
        output.ShouldContain("not known here (yet)");
    }

    [Fact]
    public async Task An_endpoint_of_another_chain_stops_the_check_with_both_ids()
    {
        var config = World.ConfigWith("swapped", World.Far.Url, World.Home.Url);
        var (exitCode, output) = await World.BridgeAsync("config", "check", "--config", config, "--roles", "watch");
        exitCode.ShouldBe(1);
        output.ShouldContain("918001");
        output.ShouldContain("918002");
        new[] { World.Home, World.Far }.ShouldContain(chain => output.Contains(chain.Url.Authority, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_node_does_not_run_on_a_database_without_the_schema()
    {
        await using var empty = await Database.CreateAsync("empty");
        var (exitCode, output) = await World.BridgeOnAsync(empty, "run", "--config", World.ConfigWith("plain", World.Home.Url, World.Far.Url), "--roles", "watch");
        exitCode.ShouldBe(2);
        output.ShouldContain("bridge migrate");
    }

    [GeneratedRegex("0x[0-9a-f]{64}(?=\\s*$)")]
    private static partial Regex TransferId();
}

using System.Numerics;
using System.Text.RegularExpressions;
using Bridge.Client;
using Bridge.Core;
using Bridge.Evm;
using Bridge.SystemTests.Api.Submissions;
using Bridge.SystemTests.Harness;

namespace Bridge.SystemTests.Client;

/// <summary>The examples of README.md, on real chains where nobody delivers: they have to finish the transfer themselves.</summary>
public sealed partial class ReadmeTests(SubmitFixture world) : IClassFixture<SubmitFixture>
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(Machine.Root, "README.md"));

    [Fact]
    public async Task The_example_in_csharp_is_the_one_that_is_compiled_here()
    {
        var compiled = await File.ReadAllTextAsync(Path.Combine(Machine.Root, "tests", "Bridge.System.Tests", "Client", "ReadmeExample.cs"));

        var lines = Between().Match(compiled).Groups[1].Value.Split('\n').Select(line => line.StartsWith("        ", StringComparison.Ordinal) ? line[8..] : line);

        Block("csharp").Trim().ShouldBe(string.Join('\n', lines).Trim());
    }

    [Fact]
    public async Task Each_example_quotes_and_follows_and_the_one_with_a_wallet_finishes_the_transfer_itself()
    {
        var (home, far) = ($"eip155:{world.Home.Id}", $"eip155:{world.Far.Id}");
        var sender = await world.Home.AccountAsync(4);
        await world.Home.TransactAsync(sender, world.Contracts.Tokens[world.Home.Id], new AbiFunction("mint(address,uint256)").Encode(sender, (BigInteger)10_000_000));
        await Eventually.TrueAsync("quotes", async () => (await world.Anybody.PostAsync("/v1/quotes", Quote(sender.ToString(), home, far))).Status is System.Net.HttpStatusCode.OK, world.Explain);
        var wallet = new Wallet(world, sender);

        var signing = SignAsync();
        await ReadmeExample.RunAsync(world.Api.Url.ToString(), home, far, sender.ToString(), wallet);
        await signing;

        var sent = wallet.Sent.Where(transaction => transaction.Chain == home).Select(transaction => transaction.Hash).Last();
        wallet.Sent[^1].Chain.ShouldBe(far, "the last transaction delivered it");
        using var http = new HttpClient { BaseAddress = world.Api.Url };
        var transfer = await new BridgeClient(http).GetTransferAsync(sent);
        (transfer.Status, transfer.Destination.Executor).ShouldBe(("DONE", sender.ToString()));

        foreach (var said in new[]
        {
            await ChildProcess.RunAsync("bash", ["-euo", "pipefail", "-c", Here(Block("sh"), sender.ToString(), home, far, sent)]),
            await ChildProcess.RunAsync("node", ["--input-type=module", "--eval", Here(Block("ts").Replace("body!", "body", StringComparison.Ordinal), sender.ToString(), home, far, sent)]),
        })
        {
            said.ShouldContain(transfer.Stage);
            said.ShouldContain(world.Contracts.Bridge.ToString(), Case.Insensitive);
        }
    }

    private static object Quote(string from, string source, string destination) =>
        new { source = new { chain = source, asset = "1", from }, destination = new { chain = destination }, amount = "2500000" };

    /// <summary>Three of the four validators sign what becomes final, and hand it in as anybody can.</summary>
    private async Task SignAsync()
    {
        using var http = new HttpClient { BaseAddress = world.Api.Url };
        var (client, bridge) = (new BridgeClient(http), world.Contracts.Bridge);
        var lane = new Core.Lane(world.Home.Id, world.Far.Id);
        await Eventually.TrueAsync("the message to be final", async () =>
            await world.Database.CountAsync($"SELECT count(*) FROM message WHERE source_chain = {world.Home.Id} AND status = 'Finalized'") == 1, world.Explain);
        var hash = Hash32.Parse(await world.Database.TextAsync($"SELECT '0x' || encode(message_id, 'hex') FROM message WHERE source_chain = {world.Home.Id}"));
        var checkpoint = new Core.Checkpoint(RollingHash.LaneId(lane, bridge, bridge), new Sequence(1), hash);
        foreach (var validator in world.Validators.Take(3))
        {
            var signature = validator.Sign(checkpoint.Digest(new Eip712Domain(lane.Destination, bridge), new Epoch(1)));
            await client.OfferAttestationAsync(new OfferedAttestation(
                new OfferedLane(lane.Source.Value, lane.Destination.Value), checkpoint.LaneId.ToString(), 1, hash.ToString(), 1, signature.ToString()));
        }
    }

    private static string Block(string language) => Blocks().Matches(Readme).Single(block => block.Groups[1].Value == language).Groups[2].Value;

    /// <summary>The example's chains, account and transfer are made up; here they are this world's.</summary>
    private string Here(string example, string account, string source, string destination, string transfer) => example
        .Replace("http://localhost:8080", world.Api.Url.ToString().TrimEnd('/'), StringComparison.Ordinal).Replace("eip155:8453", source, StringComparison.Ordinal)
        .Replace("eip155:10\"", destination + "\"", StringComparison.Ordinal).Replace("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", account, StringComparison.Ordinal)
        .Replace("0x1c8aff950685c2ed4bc3174f3472287b56d9517b9c948127319a09a7a36deac8", transfer, StringComparison.Ordinal);

    [GeneratedRegex("```(sh|csharp|ts)\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex("// README begins\n(.*)// README ends", RegexOptions.Singleline)]
    private static partial Regex Between();

    private sealed class Wallet(SubmitFixture world, Address account) : IWallet
    {
        public List<(string Chain, string Hash)> Sent { get; } = [];

        public async Task<string> SendAsync(string chain, string to, string data)
        {
            var receipt = await (chain == $"eip155:{world.Home.Id}" ? world.Home : world.Far).TransactAsync(account, Address.Parse(to), Hex.Parse(data));
            receipt.Succeeded.ShouldBeTrue($"{chain} {to} {data}");
            Sent.Add((chain, receipt.Transaction.ToString()));
            return Sent[^1].Hash;
        }
    }
}

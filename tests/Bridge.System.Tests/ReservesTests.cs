using System.Net;
using System.Text.Json.Nodes;
using Bridge.Core;
using Bridge.Evm;
using Bridge.SystemTests.Harness;

namespace Bridge.SystemTests;

/// <summary>What is locked, what exists and what is on its way, from real chains; and proofs of it that are verified without any.</summary>
public sealed class ReservesTests(AuditedWorld running) : IClassFixture<AuditedWorld>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bridge-reserves-").FullName;

    private static readonly byte[] OperatorKey = [.. Enumerable.Repeat((byte)9, 32)];

    private readonly LocalSigner _operator = LocalSigner.FromPrivateKey(OperatorKey);

    private World World => running.World;

    public void Dispose()
    {
        _operator.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task What_is_on_its_way_and_its_fee_close_the_gap() => await OnAsync(World.Home, async () =>
    {
        await (await Traveller.AtAsync(World, 2)).SendAsync(World.Home, World.Far, 100_000, 10_000);
    }, async () =>
    {
        var (exitCode, asset) = await ReconcileAsync();
        exitCode.ShouldBe(0);
        Figures(asset).ShouldBe(("3600000", "3500000", "90000", "0", "10000", "0"));
    });

    [Fact]
    public async Task What_was_minted_out_of_nothing_is_a_gap_to_the_unit() => await OnAsync(World.Far, async () =>
    {
        await World.Far.Rpc.CallAsync("anvil_impersonateAccount", [World.Contracts.Bridge.ToString()], default);
        await World.Far.FundAsync(World.Contracts.Bridge);
        await World.Far.TransactAsync(World.Contracts.Bridge, World.Contracts.Tokens[World.Far.Id], new AbiFunction("crosschainMint(address,uint256)").Encode(World.Executor, 777));
    }, async () =>
    {
        var (exitCode, asset) = await ReconcileAsync();
        exitCode.ShouldBe(1);
        Figures(asset).ShouldBe(("3500000", "3500777", "0", "0", "0", "-777"));
    });

    [Fact]
    public async Task A_proof_of_reserves_is_verified_offline_and_every_change_of_it_is_found()
    {
        var (exitCode, output) = await BridgeAsync("reserves", "--config", Config());
        exitCode.ShouldBe(0, output);
        var proof = JsonNode.Parse(Json(output))!;

        var (sound, said) = await VerifyAsync(proof);
        sound.ShouldBe(0, said);
        foreach (var figure in new[] { "escrow 3500000", "balance 3500000", "supply 3500000" }) said.ShouldContain($"proven   asset 1: {figure}");
        said.ShouldNotContain("FALSE");
        said.ShouldContain("UNSIGNED no operator stands for it");

        await FalseAsync(proof, p => p["assets"]![0]!["escrow"] = "3500001", "the proof proves 3500000");
        await FalseAsync(proof, p => p["assets"]![0]!["minted"]![0]!["supply"] = "3499999", "the proof proves 3500000");
        await FalseAsync(proof, p => p["assets"]![0]!["lockedNotMinted"] = "1", "its figures make a gap of -1");
        await FalseAsync(proof, p => Home(p)["header"]!["gasUsed"] = "0x1", "the header's fields hash to");
        await FalseAsync(proof, p => Home(p)["bridge"] = World.Executor.ToString(), "it is about another account");
        await FalseAsync(proof, p => Storage(p)["value"] = "0x1", "it claims another word");
        await FalseAsync(proof, p => p["proofs"]!.AsArray().Add(p["proofs"]![0]!.DeepClone()), null);
    }

    [Fact]
    public async Task What_the_auditor_wrote_down_is_answered_by_the_API_and_verified_offline()
    {
        var (auditor, _) = World.Auditor();
        await using var process = auditor.Changed("auditor-log", bridge => bridge["Log"] = LogSection()).With("audit,log");
        process.Start();
        var reserves = await Eventually.NotNullAsync("a signed proof of reserves",
            async () => await World.Api.GetAsync("v1/audit/reserves") is { } stated && stated.TryGetProperty("signer", out _) ? stated.GetRawText() : null, process.Tail);

        var (exitCode, said) = await VerifyAsync(JsonNode.Parse(reserves)!, "--operator", _operator.Address.ToString());
        exitCode.ShouldBe(0, said);
        said.ShouldContain($"signed   by {_operator.Address}");
        said.ShouldContain("proven   asset 1: supply 3500000");

        var reconciled = (await World.Api.GetAsync("v1/audit/reconciliation"))!.Value;
        reconciled.GetProperty("assets")[0].GetProperty("gap").GetString().ShouldBe("0");
        reconciled.GetProperty("chains").GetArrayLength().ShouldBe(2);
        (await World.Api.GetAsync("v1/audit/reconciliation?at=2020-01-01T00:00:00Z")).ShouldBeNull();
        (await Should.ThrowAsync<HttpRequestException>(() => World.Api.GetAsync("v1/audit/reconciliation?at=yesterday"))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    /// <summary>A sound statement beside altered copies of it, all of which wait for the signature.</summary>
    [Fact]
    public async Task What_was_altered_in_the_database_is_not_signed_and_the_log_says_why()
    {
        var database = World.RelayerDatabase;
        var (auditor, _) = World.Auditor();
        await using (auditor)
        {
            auditor.Start();
            await Eventually.TrueAsync("a proof of reserves", async () => await database.CountAsync("SELECT count(*) FROM reserve_statement WHERE proven") > 0, auditor.Tail);
        }
        var altered = new[]
        {
            (Document: "jsonb_set(document, '{assets,0,escrow}', '\"3500001\"')", Why: "the proof proves 3500000"),
            (Document: "jsonb_set(document, '{assets,0,lockedNotMinted}', '\"1\"')", Why: "its figures make a gap of -1"),
            (Document: "jsonb_set(document, '{proofs,0,proof,storageProof,0,value}', '\"0x1\"')", Why: "it claims another word"),
            (Document: "'{}'::jsonb", Why: "it is no proof of reserves"),
        };
        var ids = new List<long>();
        // Earlier than the newest, which is what the API answers.
        foreach (var document in altered.Select(one => one.Document).Prepend("document"))
            ids.Add(await database.CountAsync($"INSERT INTO reserve_statement (taken_at, document, proven) SELECT taken_at - interval '1 second', {document}, true FROM (SELECT * FROM reserve_statement WHERE proven ORDER BY id LIMIT 1) sound RETURNING id"));

        await using var signer = auditor.Changed("reserve-signer", bridge => bridge["Log"] = LogSection()).With("log");
        signer.Start();
        await Eventually.TrueAsync("the sound one to be signed", async () => await database.CountAsync($"SELECT count(*) FROM reserve_signature WHERE statement_id = {ids[0]}") == 1, signer.Tail);
        foreach (var (id, why) in ids[1..].Zip(altered.Select(one => one.Why)))
        {
            await signer.SaysAsync($"the proof of reserves {id} of ");
            signer.Output.Split('\n').First(line => line.Contains($"the proof of reserves {id} of ", StringComparison.Ordinal)).ShouldSatisfyAllConditions(
                line => line.ShouldContain("does not verify and is not signed"), line => line.ShouldContain(why));
        }
        (await database.CountAsync($"SELECT count(*) FROM reserve_signature WHERE statement_id = ANY ('{{{string.Join(',', ids[1..])}}}')")).ShouldBe(0);
    }

    [Fact]
    public async Task A_signed_proof_of_reserves_says_whose_it_is_and_any_change_of_it_takes_the_name_away()
    {
        var config = JsonNode.Parse(await File.ReadAllTextAsync(Config()))!;
        config["Bridge"]!["Log"] = LogSection();
        var file = Path.Combine(_folder, "signing.json");
        await File.WriteAllTextAsync(file, config.ToJsonString());
        var (exitCode, output) = await BridgeAsync("reserves", "--config", file);
        exitCode.ShouldBe(0, output);
        var proof = JsonNode.Parse(Json(output))!;

        var (sound, said) = await VerifyAsync(proof, "--operator", _operator.Address.ToString());
        sound.ShouldBe(0, said);
        said.ShouldContain($"signed   by {_operator.Address}");
        (await VerifyAsync(proof, "--operator", World.Executor.ToString())).ShouldSatisfyAllConditions(found => found.ExitCode.ShouldBe(1), found => found.Output.ShouldContain($"it is signed by {_operator.Address}, not by {World.Executor}"));

        // What no storage proof tells: only the signature knows that it was changed.
        await FalseAsync(proof, p => p["takenAt"] = "2030-01-01T00:00:00.000000Z", "one of them was altered");
        await FalseAsync(proof, p => Home(p)["blockTime"] = "2030-01-01T00:00:00.000000Z", "one of them was altered");
        await FalseAsync(proof, p => p["note"] = "audited", "one of them was altered");
        await FalseAsync(proof, p => p["signer"] = World.Executor.ToString(), "one of them was altered");
        await FalseAsync(proof, p => p["signature"] = "0x12", "the signature cannot be read");
        await FalseAsync(proof, p => p.AsObject().Remove("signer"), "the signature cannot be read");

        proof.AsObject().Remove("signer");
        proof.AsObject().Remove("signature");
        (await VerifyAsync(proof)).ShouldSatisfyAllConditions(found => found.ExitCode.ShouldBe(0), found => found.Output.ShouldContain("UNSIGNED no operator stands for it"));
        (await VerifyAsync(proof, "--operator", _operator.Address.ToString())).ShouldSatisfyAllConditions(found => found.ExitCode.ShouldBe(1), found => found.Output.ShouldContain("it is not signed, and has to be by"));
    }

    private JsonObject LogSection()
    {
        var (keystore, password) = (Path.Combine(_folder, "log.keystore"), Path.Combine(_folder, "password"));
        File.WriteAllText(password, "only for tests");
        Keystore.Create(keystore, "only for tests", OperatorKey, scryptN: 2);
        return new JsonObject { ["Origin"] = "reserves.example/log", ["Keystore"] = keystore, ["PasswordFile"] = password, ["CheckpointSeconds"] = 5 };
    }

    /// <summary>A changed proof; without words to be said, one that is merely proven no more.</summary>
    private async Task FalseAsync(JsonNode proof, Action<JsonNode> change, string? why)
    {
        var changed = proof.DeepClone();
        change(changed);
        var (exitCode, said) = await VerifyAsync(changed);
        exitCode.ShouldBe(why is null ? 0 : 1, said);
        said.ShouldContain(why ?? "claimed  asset 1: escrow 3500000");
    }

    private JsonNode Home(JsonNode proof) => proof["chains"]!.AsArray().Single(chain => (string)chain!["chain"]! == $"eip155:{World.Home.Id}")!;

    private static JsonNode Storage(JsonNode proof) => proof["proofs"]!.AsArray().First(p => (string)p!["kind"]! == "escrow")!["proof"]!["storageProof"]![0]!;

    private async Task<(int ExitCode, string Output)> VerifyAsync(JsonNode proof, params string[] more)
    {
        var file = Path.Combine(_folder, "reserves.json");
        await File.WriteAllTextAsync(file, proof.ToJsonString());
        return await BridgeAsync(["reserves", "verify", file, .. more]);
    }

    private async Task<(int ExitCode, JsonNode Asset)> ReconcileAsync()
    {
        var (exitCode, output) = await BridgeAsync("reconcile", "--json", "--config", Config());
        return (exitCode, JsonNode.Parse(Json(output))!["assets"]![0]!);
    }

    private Task<(int ExitCode, string Output)> BridgeAsync(params IReadOnlyList<string> arguments) => World.BridgeAloneAsync(["audit", .. arguments]);

    private string Config() => World.ConfigWith("reserves", World.Home.Url, World.Far.Url);

    private static string Json(string output) => output[output.IndexOf('{', StringComparison.Ordinal)..(output.LastIndexOf('}') + 1)];

    private static (string?, string?, string?, string?, string?, string?) Figures(JsonNode asset) => (
        (string?)asset["escrow"], (string?)asset["minted"]![0]!["supply"], (string?)asset["lockedNotMinted"], (string?)asset["burnedNotReleased"], (string?)asset["feesHeld"], (string?)asset["gap"]);

    /// <summary>Does it, looks once it is final, and takes the chain back to where it was.</summary>
    private static async Task OnAsync(Anvil chain, Func<Task> act, Func<Task> look)
    {
        var snapshot = await chain.Rpc.CallAsync("evm_snapshot", [], default);
        try
        {
            await act();
            for (var i = 0; i < 3; i++) await chain.MineAsync();
            await look();
        }
        finally
        {
            await chain.Rpc.CallAsync("evm_revert", [snapshot.GetString()], default);
            for (var i = 0; i < 3; i++) await chain.MineAsync();
        }
    }
}

using System.CommandLine;
using System.Text.Json;
using Bridge.Audit;
using Bridge.Core;
using Bridge.Evm;
using Bridge.Relayer.Audit;
using Bridge.Relayer.Configuration;
using Bridge.Relayer.Log;

namespace Bridge.Relayer.Cli;

/// <summary>What there is of each asset, from the chains alone, with proofs that anybody verifies without a node.</summary>
internal static class ReservesCommand
{
    private const long LargestFile = 64 * 1024 * 1024;

    public static Command Reconcile()
    {
        var config = Common.Config();
        var json = new Option<bool>("--json") { Description = "Print it as JSON." };
        return new Command("reconcile", "Per asset, each chain at a final block: escrow, supply, what is on its way, fees, and the gap, which must be 0. Exit code 0 if it is, 1 if not, 3 if that could not be decided.")
            { config, json }
            .Does((parsed, ct) => WithSightAsync(parsed.GetValue(config), (_, sight) =>
            {
                var stated = Reserves.State(sight, DateTimeOffset.UtcNow);
                if (parsed.GetValue(json)) Console.WriteLine(stated.ToJson());
                else foreach (var line in Text(stated)) Console.WriteLine(line);
                return Task.FromResult(stated.Assets.All(asset => asset.Gap == "0") ? 0 : Common.Failed);
            }, ct));
    }

    public static Command ReservesOf()
    {
        var config = Common.Config();
        return new Command("reserves", "Prints a proof of reserves: the reconciliation, with storage proofs of every escrow, balance and supply, signed where the configuration has the key of the log (Bridge:Log). Exit codes as reconcile.") { config, Verify() }
            .Does((parsed, ct) => WithSightAsync(parsed.GetValue(config), async (reserves, sight) =>
            {
                var proven = await reserves.ProveAsync(sight, DateTimeOffset.UtcNow, ct);
                Console.WriteLine(await SignedAsync(proven.ToJson(), parsed.GetValue(config), ct));
                return proven.Assets.All(asset => asset.Gap == "0") ? 0 : Common.Failed;
            }, ct));
    }

    private static Command Verify()
    {
        var file = new Argument<FileInfo>("file") { Description = "As 'bridge audit reserves' prints it, or GET /v1/audit/reserves answers." };
        var wanted = new Option<string?>("--operator") { Description = "Address of the key whose signature it must be." };
        return new Command("verify", "Verifies a proof of reserves offline, against the hashes of the blocks that it names, and says who signed it. Exit code 0 if all that it says is so is proven or recomputable, 1 if something is false.") { file, wanted }
            .Does(async (parsed, ct) =>
            {
                var (read, seal) = await ReadAsync(parsed.GetValue(file)!, ct);
                var verdict = ReserveCheck.Verify(read, seal, AuditLogVerbs.Signer(parsed.GetValue(wanted)));
                if (seal.Signer is { } signer) Console.WriteLine($"signed   by {signer}");
                else if (seal.Fault is null) Console.WriteLine("UNSIGNED no operator stands for it: what is only claimed is nobody's word");
                foreach (var chain in read.Chains) Console.WriteLine($"{chain.Chain}: block {chain.Block} must be {chain.BlockHash}; ask a node that you trust");
                foreach (var line in verdict.Proven) Console.WriteLine($"proven   {line}");
                foreach (var line in verdict.Claimed) Console.WriteLine($"claimed  {line}");
                foreach (var line in verdict.Faults) Console.WriteLine($"FALSE    {line}");
                return verdict.Faults.Count == 0 ? 0 : Common.Failed;
            });
    }

    private static async Task<string> SignedAsync(string document, string? config, CancellationToken ct)
    {
        if (ConfigurationLoader.HasLogKey(config)) return (await LogKey.Open(ConfigurationLoader.LogOf(config)).SealAsync(document, ct)).On(document);
        await Console.Error.WriteLineAsync("Nobody signs it: Bridge:Log names no key.");
        return document;
    }

    private static async Task<(ReserveFile File, SealVerdict Seal)> ReadAsync(FileInfo file, CancellationToken ct)
    {
        if (!file.Exists) throw new UserException($"There is no file '{file}'.");
        if (file.Length > LargestFile) throw new UserException($"'{file}' is larger than any proof of reserves.");
        try
        {
            var text = await File.ReadAllTextAsync(file.FullName, ct);
            return (ReserveFile.Parse(text), ReserveSeal.Check(text));
        }
        catch (JsonException e)
        {
            throw new UserException($"'{file}' is no proof of reserves: {e.Message}");
        }
    }

    private static async Task<int> WithSightAsync(string? config, Func<Reserves, Sight, Task<int>> act, CancellationToken ct)
    {
        var options = ConfigurationLoader.LoadChains(ConfigurationLoader.Read(config));
        using var http = RpcHttp.CreateClient();
        try
        {
            var sight = await new ChainSight(Auditors.Chains(options), http).LookAsync(ct);
            if (sight.Behind.Count == 0) return await act(new Reserves(Auditors.Chains(options), http), sight);
            await Console.Error.WriteLineAsync($"Nothing could be decided: {string.Join("; ", sight.Behind)}");
        }
        catch (Exception e) when (e is RpcException or WrongChainException or EndpointQuorumException or AbiException or FalseProofException)
        {
            await Console.Error.WriteLineAsync($"Nothing could be decided: {e.Message}");
        }
        return AuditCommand.Undecided;
    }

    private static IEnumerable<string> Text(ReserveFile stated)
    {
        foreach (var chain in stated.Chains) yield return $"{chain.Chain}: block {chain.Block} ({chain.BlockHash}) of {chain.BlockTime}";
        foreach (var asset in stated.Assets)
        {
            yield return $"asset {asset.AssetId}: escrow {asset.Escrow} on {asset.Home}, of which the Bridge has {asset.Balance}";
            foreach (var minted in asset.Minted) yield return $"asset {asset.AssetId}: {minted.Supply} exist on {minted.Chain}";
            yield return $"asset {asset.AssetId}: {asset.LockedNotMinted} locked and not minted, {asset.BurnedNotReleased} burned and not released, {asset.FeesHeld} of fees held, gap {asset.Gap}";
        }
    }
}

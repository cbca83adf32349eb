using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Bridge.Core;
using Bridge.Evm;
using Bridge.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Relayer.Cli;

/// <summary>Looks at one transaction again: whether what it did with the Bridge is stored here, and if not, stores it.</summary>
internal static class ReobserveCommand
{
    private sealed record Seen(Hash32 Transaction, ulong Block, int BridgeLogs, string State, IReadOnlyList<string> Missing);

    public static Command Create()
    {
        var (config, json) = (Common.Config(), Common.Json());
        var chain = new Option<string>("--chain") { Required = true, Description = "A chain's name in the configuration, or its id." };
        var tx = new Option<string>("--tx") { Required = true, Description = "The transaction's hash." };
        var rpc = new Option<string?>("--rpc") { Description = "Find its block through this endpoint. What is stored is believed of the configured ones alone." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say whether something is missing." };
        return new Command("reobserve", "Reads the block of a transaction again and stores what is missing of it, beside running nodes. Exit code 0 if all it did with the Bridge is stored then, 1 if not.") { config, chain, tx, rpc, dryRun, json }
            .Does((parsed, ct) => FinalBlocks.OpenAsync(parsed.GetValue(config), parsed.GetValue(chain)!, async (blocks, services) =>
            {
                if (!Hash32.TryParse(parsed.GetValue(tx), out var hash)) throw new UserException($"--tx: '{parsed.GetValue(tx)}' is not a transaction's hash: 0x and 64 hex digits.");
                var seen = await LookAsync(blocks, hash, parsed.GetValue(rpc), parsed.GetValue(dryRun), ct);
                if (seen.Missing.Count > 0 && !parsed.GetValue(dryRun)) await services.GetRequiredService<ErrandIntake>().RingAsync(ct);
                if (parsed.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(new { transaction = hash.ToString(), block = seen.Block, bridgeLogs = seen.BridgeLogs, state = seen.State, missing = seen.Missing }));
                else Tell(seen);
                return seen.State is "stored" or "written" ? 0 : Common.Failed;
            }, ct));
    }

    private static async Task<Seen> LookAsync(FinalBlocks blocks, Hash32 hash, string? rpc, bool dryRun, CancellationToken ct)
    {
        var height = await HeightAsync(blocks, hash, rpc, ct) ?? throw new UserException($"No {(rpc is null ? "configured endpoint" : "such endpoint")} knows a mined transaction {hash} on chain {blocks.Link.Id}.");
        if (height > blocks.Final) return new Seen(hash, height, 0, height > blocks.ReadTo ? "unread" : "unfinal", []);
        var logs = (await blocks.Link.Client.LogsAsync(blocks.Link.BridgeAddress, height, height, ct)).Count(log => log.Transaction == hash);
        if (logs == 0) return new Seen(hash, height, 0, "nothing", []);
        var found = await blocks.ReadAsync(height, height, dryRun, ct);
        return new Seen(hash, height, logs, found.Missing.Count == 0 ? "stored" : dryRun ? "missing" : "written", found.Missing);
    }

    private static async Task<ulong?> HeightAsync(FinalBlocks blocks, Hash32 hash, string? rpc, CancellationToken ct)
    {
        if (rpc is null) return (await blocks.Link.Client.ReceiptAsync(hash, ct))?.Block.Height;
        if (!Uri.TryCreate(rpc, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")) throw new UserException("--rpc: an absolute http or https address.");
        using var http = RpcHttp.CreateClient();
        var receipt = await new RpcEndpoint(url, http, new RpcOptions()).CallAsync("eth_getTransactionReceipt", [hash.ToString()], ct);
        return receipt.ValueKind is JsonValueKind.Object && receipt.TryGetProperty("blockNumber", out var number) && number.GetString() is { } text
            && ulong.TryParse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var height) ? height : null;
    }

    private static void Tell(Seen seen)
    {
        foreach (var missing in seen.Missing) Console.WriteLine(missing);
        Console.WriteLine($"Transaction {seen.Transaction}, block {seen.Block}: " + seen.State switch
        {
            "unread" => "the watcher has not come there yet.",
            "unfinal" => "read, and not final here yet. If an endpoint hid something of it, the watcher reads it again when it is.",
            "nothing" => "the configured endpoints agree that the Bridge logged nothing in it.",
            "stored" => $"{seen.BridgeLogs} logs of the Bridge, and its block is stored as it is.",
            "missing" => $"{seen.Missing.Count} facts of its block are missing. Nothing was changed.",
            _ => $"{seen.Missing.Count} facts of its block were missing and are stored now.",
        });
    }
}

using System.CommandLine;
using System.Text.Json;
using Bridge.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Relayer.Cli;

/// <summary>Reads a range of final blocks again, and stores what is missing of it. Cursors stay where they are: nothing is skipped by it.</summary>
internal static class BackfillCommand
{
    public static Command Create()
    {
        var (config, json) = (Common.Config(), Common.Json());
        var chain = new Option<string>("--chain") { Required = true, Description = "A chain's name in the configuration, or its id." };
        var from = new Option<ulong>("--from") { Required = true, Description = "The first block, at least 1." };
        var to = new Option<ulong>("--to") { Required = true, Description = "The last block; it must be final here." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say what is missing. Exit code 1 if anything is." };
        return new Command("backfill", "Reads final blocks again and stores what is missing, beside running nodes. Exit code 0 if all is stored then, 1 if endpoints do not agree or contradict what is stored.") { config, chain, from, to, dryRun, json }
            .Does((parsed, ct) => FinalBlocks.OpenAsync(parsed.GetValue(config), parsed.GetValue(chain)!, async (blocks, services) =>
            {
                var (first, last) = (parsed.GetValue(from), parsed.GetValue(to));
                if (first is 0 || first > last) throw new UserException("--from: at least 1, and not above --to.");
                if (last > blocks.Final) throw new UserException($"--to: {blocks.Final} is the last block of chain {blocks.Link.Id} that is final here. Above it the watcher, which has read {blocks.ReadTo}, reads again by itself what does not fit.");
                var found = await blocks.ReadAsync(first, last, parsed.GetValue(dryRun), ct);
                Tell(found, parsed.GetValue(dryRun), parsed.GetValue(json));
                if (found.Missing.Count == 0) return 0;
                if (parsed.GetValue(dryRun)) return Common.Failed;
                await services.GetRequiredService<ErrandIntake>().RingAsync(ct);
                return 0;
            }, ct));
    }

    private static void Tell(Backfilled found, bool dryRun, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new { facts = found.Facts, missing = found.Missing, written = dryRun ? 0 : found.Missing.Count }));
            return;
        }
        foreach (var missing in found.Missing) Console.WriteLine(missing);
        Console.WriteLine($"{found.Facts} facts read, {found.Missing.Count} were missing{(found.Missing.Count == 0 ? "" : dryRun ? ". Nothing was changed" : " and are stored now")}.");
    }
}

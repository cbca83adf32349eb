using System.CommandLine;
using System.Text.Json;
using Spectre.Console;

namespace Bridge.Relayer.Cli;

/// <summary>Asks an API where a transfer is, and why it waits.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var (api, json) = (AskApi.Url(), AskApi.Json());
        var id = new Argument<string?>("id") { Description = "The transfer's id, or its transaction on either chain. Without it: how the whole stands.", Arity = ArgumentArity.ZeroOrOne };
        var watch = new Option<bool>("--watch") { Description = "Ask again every two seconds, until the transfer has arrived, was refunded or failed; the whole until it is interrupted." };
        return new Command("status", "Says where a transfer is, and why it waits; or how chains, lanes and parts of the relayer stand. Exit code 0 if it is known, or all is well; else 1.") { id, api, json, watch }
            .Does(async (parsed, ct) =>
            {
                if (parsed.GetValue(id) is null) return await Overview.ShowAsync(parsed.GetValue(api)!, parsed.GetValue(json), parsed.GetValue(watch), ct);
                while (true)
                {
                    var ended = false;
                    var exit = await AskApi.ShowAsync(parsed.GetValue(api)!, parsed.GetValue(id)!, parsed.GetValue(json), Show, ct, transfer => ended = transfer.Text("status") is { } status && Ends.Contains(status));
                    if (exit != 0 || ended || !parsed.GetValue(watch)) return exit;
                    await Task.Delay(Every, ct);
                }
            });
    }

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);
    private static readonly string[] Ends = ["DONE", "REFUNDED", "FAILED"];

    private static readonly (string Label, string Path)[] Rows =
    [
        ("transfer", "transferId"), ("status", "status"), ("stage", "stage"), ("because", "reason"),
        ("from", "source.chain"), ("sender", "source.sender"), ("amount", "source.amount"), ("fee", "fee"), ("sent in", "source.txHash"),
        ("sent at", "source.timestamp"), ("confirmations", "source.confirmations"), ("signatures", "attestation.have"), ("needed", "attestation.need"),
        ("to", "destination.chain"), ("recipient", "destination.recipient"), ("receives", "destination.amount"),
        ("delivered in", "destination.txHash"), ("delivered at", "destination.timestamp"),
    ];

    private static void Show(JsonElement transfer)
    {
        var table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumns("", "");
        foreach (var (label, path) in Rows)
            if (transfer.Text(path) is { Length: > 0 } value) table.AddRow(label, Markup.Escape(value));
        AnsiConsole.Write(table);
    }
}

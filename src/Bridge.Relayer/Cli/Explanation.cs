using System.Text.Json;

namespace Bridge.Relayer.Cli;

/// <summary>A transfer, as the API shows it, in sentences.</summary>
internal static class Explanation
{
    public static string Of(JsonElement transfer) => string.Join(' ', Sentences(transfer));

    private static IEnumerable<string> Sentences(JsonElement transfer)
    {
        yield return $"Transfer {transfer.Text("transferId")} takes {transfer.Text("source.amount")} from {transfer.Text("source.sender")} on {transfer.Text("source.chain")}"
            + $" to {transfer.Text("destination.recipient")} on {transfer.Text("destination.chain")}, who gets {transfer.Text("destination.amount")};"
            + $" it was sent at {transfer.Text("source.timestamp")} in transaction {transfer.Text("source.txHash")}.";
        yield return $"It is {transfer.Text("status")}, stage {transfer.Text("stage")}.";
        if (transfer.Text("destination.txHash") is { } delivered)
            yield return $"It was delivered in transaction {delivered}{(transfer.Text("destination.executor") is { } who ? $" by {who}" : "")}.";
        else if (transfer.Text("attestation.need") is { } need)
            yield return $"It has {transfer.Text("attestation.have")} of the {need} signatures that it needs.";
        if (transfer.Text("reason") is { } reason) yield return reason;
        if (transfer.TryGetProperty("nextAction", out var action)) foreach (var sentence in Acts(action)) yield return sentence;
        if (transfer.Text("eta.at") is { } at) yield return $"If it goes as the lane's last ones did, it arrives at {at}, and by {transfer.Text("eta.p95")} at the latest but for one in twenty.";
    }

    private static IEnumerable<string> Acts(JsonElement action)
    {
        var (from, by) = (action.Text("from"), action.Text("by"));
        var sentence = action.Text("kind") switch
        {
            "none" => "There is nothing to do.",
            "wait" when by is not null => $"Only {(by == "operator" ? "the operators" : by)} can move it on.",
            "wait" => from is null ? "Nobody needs to do anything." : $"Nobody needs to do anything before {from}.",
            "claim" => $"{Who(by)} can retry it{Since(from)}{Call(action)}.",
            "refund" => $"{Who(by)} can send it back{Since(from)}{Call(action)}.",
            var other => $"What can be done: {other}.",
        };
        yield return sentence;
        if (action.TryGetProperty("alternative", out var alternative) && alternative.ValueKind is JsonValueKind.Object)
            foreach (var more in Acts(alternative)) yield return more;
    }

    private static string Who(string? by) => by is null or "anyone" ? "Anyone" : by;

    private static string Since(string? from) => from is null ? "" : $" from {from} on";

    private static string Call(JsonElement action) => action.Text("call.to") is { } to ? $", by calling {to} on {action.Text("call.chain")} with the data that --json shows" : "";
}

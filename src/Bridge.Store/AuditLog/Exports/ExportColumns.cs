namespace Bridge.Store;

/// <summary>What a row of an export of transfers can say: one row each, and every value a text that means the same in both formats.</summary>
public static class ExportColumns
{
    /// <summary>In the order in which they are written when nobody chooses.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        "transferId", "sequence", "status", "stage", "sourceChain", "sourceTx", "sourceLogIndex", "sourceBlock", "sourceBlockHash", "sourceTime", "sender", "sourceAsset", "amountIn",
        "destinationChain", "destinationTx", "destinationBlock", "destinationTime", "recipient", "destinationAsset", "amountOut", "feeOffered", "feeExecutor", "setIndex", "threshold", "signers", "digest",
        "executor", "holdReason", "holdFrom", "holdTo", "releasedBy", "refundTx", "failureCode", "observedAt", "travelRuleRef", "ivms101Hash", "screeningResult", "correctionOf",
        "leafIndex", "leafHash",
    ];

    /// <summary>What auditors may look for and no row says, each with the reason: what the log does not tell cannot be the same for ever.</summary>
    public static readonly IReadOnlyDictionary<string, string> LeftOut = new Dictionary<string, string>
    {
        ["feeProtocol"] = "the protocol takes no fee of its own", ["feeDestinationGas"] = "gas is the executor's own cost and no part of a transfer", ["feePayer"] = "it is always the sender, out of amountIn",
        ["quoteId"] = "a transfer on the chain names no quote", ["assetDti"] = "no registry of DTIs is kept; sourceAsset is the token", ["amountUsd, priceSource"] = "prices are no part of the log",
        ["originator, beneficiary"] = "names and what else belongs to people are with those who answer for it: travelRuleRef and ivms101Hash lead there",
    };

    /// <summary>A cell that a spreadsheet would run as a formula is one no more, and a cell with a quote or a line break stays one cell.</summary>
    public static string Csv(string? value)
    {
        if (string.IsNullOrEmpty(value)) return "";
        var safe = value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + value : value;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}

namespace Bridge.Store;

/// <summary>What a row of an export of transfers can say: one row each, and every value a text that means the same in both formats.</summary>
public static class ExportColumns
{
    /// <summary>In the order in which they are written when nobody chooses.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        "transferId", "sequence", "status", "sourceChain", "sourceTx", "sourceLogIndex", "sourceBlock", "sourceBlockHash", "sourceTime", "sender", "sourceAsset", "amountIn",
        "destinationChain", "destinationTx", "destinationBlock", "destinationTime", "recipient", "destinationAsset", "amountOut", "feeExecutor", "setIndex", "threshold", "signers", "digest",
        "executor", "holdReason", "holdFrom", "holdTo", "releasedBy", "refundTx", "failureCode", "observedAt", "correctionOf", "leafIndex", "leafHash",
    ];

    /// <summary>A cell that a spreadsheet would run as a formula is one no more, and a cell with a quote or a line break stays one cell.</summary>
    public static string Csv(string? value)
    {
        if (string.IsNullOrEmpty(value)) return "";
        var safe = value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + value : value;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}

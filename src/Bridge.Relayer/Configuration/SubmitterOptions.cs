namespace Bridge.Relayer.Configuration;

/// <summary>The account that sends what others signed, for its fee: another one than the executor's.</summary>
public sealed record SubmitterOptions : KeyOptions
{
    /// <summary>Gwei per gas that a transaction may offer at most, replacements included. 1 to 100,000.</summary>
    public ulong MaxFeeGwei { get; init; } = 500;

    /// <summary>Seconds before an unmined transaction is replaced at the same nonce. 1 to 3600.</summary>
    public int ResubmitSeconds { get; init; } = 15;

    /// <summary>Seconds for which one process holds the account's nonces. 5 to 600.</summary>
    public int LeaseSeconds { get; init; } = 15;

    /// <summary>Transactions underway at most on one chain. 1 to 64.</summary>
    public int MaxInFlight { get; init; } = 8;

    /// <summary>When it sets least fees, if its account may.</summary>
    public FeeOptions Fees { get; init; } = new();

    internal IEnumerable<string> Faults(ExecutorOptions executor)
    {
        if (MaxFeeGwei is < 1 or > 100_000) yield return "MaxFeeGwei: 1 to 100000.";
        if (ResubmitSeconds is < 1 or > 3600) yield return "ResubmitSeconds: 1 to 3600.";
        if (LeaseSeconds is < 5 or > 600) yield return "LeaseSeconds: 5 to 600.";
        if (MaxInFlight is < 1 or > 64) yield return "MaxInFlight: 1 to 64.";
        foreach (var fault in Fees.Faults()) yield return fault;
        if (Signer.Use.Length > 0 && executor.Signer.Address.Equals(Signer.Address, StringComparison.OrdinalIgnoreCase)) yield return "Signer:Address: it is the executor's. Two journals for one account's nonces explain neither; use another key.";
        if (Keystore.Length > 0 && executor.Keystore == Keystore) yield return "Keystore: it is the executor's. Two journals for one account's nonces explain neither; make another key.";
    }
}

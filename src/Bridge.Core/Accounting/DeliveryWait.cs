namespace Bridge.Core;

/// <summary>Whether a delivery waits for more messages, or for cheaper gas.</summary>
public static class DeliveryWait
{
    /// <param name="earns">Wei that its fees are worth; null where nobody says what.</param>
    /// <param name="costs">Wei that it costs now.</param>
    /// <param name="waited">Since the oldest of its messages could have been delivered.</param>
    /// <param name="longest">After that it is delivered at a loss: no message starves.</param>
    /// <returns>What it waits for, in words; null when it goes.</returns>
    public static string? Reason(UInt128? earns, UInt128 costs, TimeSpan waited, TimeSpan longest) => earns is { } fees && fees < costs && waited < longest
        ? $"its fees are worth {fees} wei and gas costs {costs}: it waits for more messages or cheaper gas, at most {longest.TotalSeconds:0} s"
        : null;
}

namespace Bridge.Core;

/// <summary>What holds a transfer on its way; what holds a delivered one, <see cref="DeferralCause"/> reads from its effect.</summary>
public static class HoldReasons
{
    /// <summary>Its lane stands still here until an operator acts.</summary>
    public const string ChainHalted = "CHAIN_HALTED";

    /// <summary>A guardian has paused deliveries at its destination.</summary>
    public const string LanePaused = "LANE_PAUSED";
}

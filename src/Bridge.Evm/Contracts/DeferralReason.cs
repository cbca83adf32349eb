using System.Numerics;
using Bridge.Core;

namespace Bridge.Evm;

/// <summary>When a deferred message can be retried at the earliest, as the Bridge said when it deferred it.</summary>
public static class DeferralReason
{
    /// <summary>The Bridge's own errors that end with a time, in seconds since 1970, before which a retry reverts.</summary>
    private static readonly AbiFunction[] Timed =
        [new("InboundLimitExceeded(uint32,uint256,uint64)"), new("MintLimitExceeded(address,uint256,uint64)"), new("AssetIsPaused(uint32,uint64)")];

    /// <param name="heldUntil">Of the event; 0 where the message is not held for its size.</param>
    /// <param name="reason">Of the event.</param>
    /// <returns>Null where the Bridge named no time: whether a retry works then only its simulation tells.</returns>
    public static DateTimeOffset? RetryAt(ulong heldUntil, byte[] reason) =>
        heldUntil > 0 ? Time(heldUntil) : Timed.FirstOrDefault(error => reason.AsSpan().StartsWith(error.Selector)) is { } timed ? Time(Last(timed, reason)) : null;

    private static ulong? Last(AbiFunction error, byte[] reason)
    {
        try
        {
            return (ulong)(BigInteger)error.DecodeCall(reason)[^1];
        }
        catch (AbiException)
        {
            // A token may answer with any bytes, also with these four and less than belongs behind them.
            return null;
        }
    }

    /// <summary>Never, the greatest uint64, is no time.</summary>
    private static DateTimeOffset? Time(ulong? seconds) =>
        seconds is { } given && given <= (ulong)DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds((long)given) : null;
}

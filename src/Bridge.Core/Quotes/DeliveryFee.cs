using System.Numerics;

namespace Bridge.Core;

/// <summary>The least fees of a route, in base units of its asset, as its source's Bridge asks them.</summary>
/// <param name="Transfer">Sender and recipient are one.</param>
/// <param name="TransferTo">They are not.</param>
public sealed record MinimumFees(UInt128 Transfer, UInt128 TransferTo, UInt128 CallBase, UInt128 CallPerGas, UInt128 CallPerByte)
{
    /// <exception cref="OverflowException">Above 2^128 - 1, which no message can pay.</exception>
    public UInt128 Of(bool direct, CallData? call) => call is null
        ? direct ? Transfer : TransferTo
        : checked(CallBase + (CallPerGas * call.GasLimit) + (CallPerByte * (ulong)call.Payload.Length));
}

/// <summary>What delivering is worth.</summary>
public static class DeliveryFee
{
    /// <summary>Gas of delivering one message alone to an account that never held the token, and a tenth: contracts/snapshots/GasTest.json, "release, 1, fresh".</summary>
    public const ulong GasAlone = 113_000;

    /// <summary>Wei for delivering one message in a transaction of its own.</summary>
    public static UInt128 CostAlone(UInt128 gasPrice, UInt128 dataFee, CallData? call) => checked(((GasAlone + (call?.GasLimit ?? 0)) * gasPrice) + dataFee);

    /// <summary>Rounded up.</summary>
    /// <param name="unitsPerCoin">Base units that 10^18 wei are worth.</param>
    /// <exception cref="OverflowException">Above 2^128 - 1.</exception>
    public static UInt128 InAsset(UInt128 wei, UInt128 unitsPerCoin)
    {
        var coin = BigInteger.Pow(10, 18);
        return checked((UInt128)((((BigInteger)wei * unitsPerCoin) + coin - 1) / coin));
    }

    /// <summary>Base units to offer: what is asked and a margin, rounded up, and always more than what is asked unless that is nothing.</summary>
    /// <param name="percent">0 to 100.</param>
    public static UInt128 WithMargin(UInt128 asked, int percent) => checked(asked + (((asked * (UInt128)percent) + 99) / 100));
}

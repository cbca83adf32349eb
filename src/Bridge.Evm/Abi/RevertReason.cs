using System.Numerics;
using Bridge.Core;

namespace Bridge.Evm;

/// <summary>Says in words why a call reverted.</summary>
public static class RevertReason
{
    private static readonly AbiFunction Error = new("Error(string)");
    private static readonly AbiFunction Panic = new("Panic(uint256)");

    /// <summary>Source: Solidity documentation, "Panic via assert and Error via require".</summary>
    private static readonly Dictionary<int, string> Panics = new()
    {
        [0x00] = "generic panic", [0x01] = "assertion failed", [0x11] = "arithmetic overflow", [0x12] = "division by zero",
        [0x21] = "invalid enum value", [0x22] = "invalid storage byte array", [0x31] = "pop on an empty array",
        [0x32] = "array index out of bounds", [0x41] = "out of memory", [0x51] = "call of an uninitialized function",
    };

    /// <param name="data">0x-prefixed revert data as the node sent it.</param>
    public static string Describe(string data) => Hex.TryParse(data, out var bytes) ? Describe(bytes) : "revert data that is not hex";

    public static string Describe(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty) return "no reason given";
        if (data.Length < 4) return $"unknown error {Hex.Format(data)}";
        try
        {
            if (data.StartsWith(Error.Selector)) return RpcErrors.Shorten((string)Error.DecodeCall(data)[0]);
            if (data.StartsWith(Panic.Selector)) return DescribePanic((BigInteger)Panic.DecodeCall(data)[0]);
            return BridgeErrors.TryDescribe(data) ?? $"unknown error {Hex.Format(data[..4])}";
        }
        catch (AbiException e)
        {
            return $"malformed error {Hex.Format(data[..4])}: {e.Message}";
        }
    }

    private static string DescribePanic(BigInteger code) =>
        code <= 0xff && Panics.TryGetValue((int)code, out var words) ? $"panic 0x{(int)code:x2}, {words}" : $"panic {code}";
}

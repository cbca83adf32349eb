using Bridge.Core;

namespace Bridge.Evm;

/// <summary>The custom errors that a call to a Bridge can end with.</summary>
public static class BridgeErrors
{
    /// <summary>Canonical signatures.</summary>
    public static IReadOnlyList<string> Signatures { get; } =
    [
        // OpenZeppelin, through tokens and AccessManager.
        "AccessManagedUnauthorized(address)", "ERC20InsufficientBalance(address,uint256,uint256)",
        "ERC20InsufficientAllowance(address,address,uint256)", "ERC20InvalidReceiver(address)", "SafeERC20FailedOperation(address)",
    ];

    private static readonly Dictionary<string, AbiFunction> BySelector =
        Signatures.Select(signature => new AbiFunction(signature)).ToDictionary(f => Hex.Format(f.Selector));

    /// <summary>The error's name if these are the data of a known custom error, such as "WrongEpoch".</summary>
    public static string? TryName(ReadOnlySpan<byte> data) => Find(data) is { } error ? Name(error) : null;

    /// <exception cref="AbiException">The selector is known, but not what follows it.</exception>
    internal static string? TryDescribe(ReadOnlySpan<byte> data) =>
        Find(data) is { } error ? $"{Name(error)}({string.Join(", ", error.DecodeCall(data).Select(Show))})" : null;

    private static AbiFunction? Find(ReadOnlySpan<byte> data) =>
        data.Length >= 4 && BySelector.TryGetValue(Hex.Format(data[..4]), out var error) ? error : null;

    private static string Name(AbiFunction error) => error.Signature[..error.Signature.IndexOf('(', StringComparison.Ordinal)];

    private static string Show(object value) => value switch
    {
        byte[] bytes => Hex.Format(bytes),
        string text => RpcErrors.Shorten(text),
        _ => value.ToString()!,
    };
}

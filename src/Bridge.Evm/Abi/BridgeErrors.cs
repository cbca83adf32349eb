using Bridge.Core;

namespace Bridge.Evm;

/// <summary>The custom errors that a call to a Bridge can end with.</summary>
public static class BridgeErrors
{
    /// <summary>Canonical signatures.</summary>
    public static IReadOnlyList<string> Signatures { get; } =
    [
        "NoMessages()", "UnknownKind(uint256,uint256)", "MessageTruncated(uint256,uint256,uint256)", "FeeAboveAmount(uint256,uint256)",
        "SignatureLengthWrong(uint256)", "TooFewSignatures(uint256,uint256)", "TooManySignatures(uint256,uint256)",
        "SignerOutsideSet(uint256,uint256)", "SignerCountWrong(uint256,uint256)", "HighS(uint256)", "SignatureInvalid(uint256)",
        "SignerRepeated(uint256,address)", "SignaturesUnsorted(uint256,address,address)", "SignerNotMarked(uint256,address,address)",
        "NotAMember(uint256,address)", "NoMembers()", "TooManyMembers(uint256,uint256)", "MembersNotAscending(address,address)",
        "ThresholdTooLow(uint256,uint256)", "ThresholdTooHigh(uint256,uint256)", "UnknownLane(uint256)", "UnknownAsset(uint32)",
        "UnknownEpoch(uint64,uint64)", "AmountZero()", "AmountTooLarge(uint128,uint128)", "MinimumFeeNotSet(uint32,uint256)",
        "FeeTooLow(uint128,uint128)", "RecipientRefused(address)", "AmountNotReceived(uint256,uint128)",
        "AmountNotBurned(uint256,uint128)", "SequenceNotNext(uint64,uint64)", "WrongEpoch(uint64,uint64)",
        "InsufficientGas(uint256,uint256)", "NotDeferred(uint256,uint64)", "WrongMessage(bytes32,bytes32)",
        "InsufficientLocked(uint32,uint128,uint256)", "OnlySelf(address)", "ChainIdRefused(uint256)", "RemoteBridgeZero()",
        "LaneAlreadyOpen(uint256)", "AssetIdZero()", "ModeNone()", "TokenRefused(address)", "AssetAlreadyRegistered(uint32,address)",
        "TokenAlreadyRegistered(address,uint32)", "BridgeRefused(address)", "RunLengthsDiffer(uint256,uint256)", "MintToZero()",
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

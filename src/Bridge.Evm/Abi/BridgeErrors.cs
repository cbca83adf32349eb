using Bridge.Core;

namespace Bridge.Evm;

/// <summary>The custom errors that a call to a Bridge can end with.</summary>
public static class BridgeErrors
{
    /// <summary>Canonical signatures of all that contracts/src declares, sorted.</summary>
    public static IReadOnlyList<string> Own { get; } =
    [
        "AmountNotBurned(uint256,uint128)", "AmountNotReceived(uint256,uint128)", "AmountTooLarge(uint256)",
        "AmountTooLarge(uint256,uint256)", "AmountZero()", "AssetAlreadyRegistered(uint32,address)", "AssetIdZero()",
        "BridgeRefused(address)", "CertificateRefused()", "ChainIdRefused(uint256)", "FeeAboveAmount(uint256,uint256)",
        "FeeTooLow(uint256,uint256)",
        "HighS(uint256)", "InsufficientGas(uint256,uint256)", "InsufficientLocked(uint32,uint256,uint256)", "LaneAlreadyOpen(uint256)",
        "MembersNotAscending(address,address)", "MessageTruncated(uint256,uint256,uint256)", "MinimumFeeNotExact(uint128,uint256)",
        "MinimumFeeNotSet(uint32,uint256)", "MintRefused(address)", "ModeNone()", "NoMembers()", "NoMessages()",
        "NotAMember(uint256,address)", "NotDeferred(uint256,uint64)", "OnlySelf(address)", "PayoutsCut(uint256)",
        "RecipientRefused(address)", "RemoteBridgeZero()", "RetryFailed(bytes)", "SequenceNotNext(uint64,uint64)",
        "SignatureInvalid(uint256)", "SignatureLengthWrong(uint256)", "SignaturesUnsorted(uint256,address,address)",
        "SignerCountWrong(uint256,uint256)", "SignerNotMarked(uint256,address,address)", "SignerOutsideSet(uint256,uint256)",
        "SignerRepeated(uint256,address)", "ThresholdTooHigh(uint256,uint256)", "ThresholdTooLow(uint256,uint256)",
        "TokenAlreadyRegistered(address,uint32)", "TokenRefused(address)", "TooFewSignatures(uint256,uint256)",
        "TooManyMembers(uint256,uint256)", "TooManySignatures(uint256,uint256)", "UnknownAsset(uint32)", "UnknownEpoch(uint64,uint64)",
        "UnknownKind(uint256,uint256)", "UnknownLane(uint256)", "WrongEpoch(uint64,uint64)", "WrongMessage(bytes32,bytes32)",
    ];

    /// <summary>OpenZeppelin's, which come through tokens and AccessManager.</summary>
    private static readonly string[] Foreign =
    [
        "AccessManagedUnauthorized(address)", "ERC20InsufficientBalance(address,uint256,uint256)",
        "ERC20InsufficientAllowance(address,address,uint256)", "ERC20InvalidReceiver(address)", "SafeERC20FailedOperation(address)",
    ];

    private static readonly Dictionary<string, AbiFunction> BySelector =
        Own.Concat(Foreign).Select(signature => new AbiFunction(signature)).ToDictionary(f => Hex.Format(f.Selector));

    /// <summary>The error's name if these are the data of a known custom error, such as "WrongEpoch".</summary>
    public static string? TryName(ReadOnlySpan<byte> data) => Find(data) is { } error ? Name(error) : null;

    /// <summary>Whether the contracts themselves refused, and not a token.</summary>
    public static bool IsOwn(ReadOnlySpan<byte> data) => Find(data) is { } error && Own.Contains(error.Signature);

    /// <exception cref="AbiException">The selector is known, but not what follows it.</exception>
    internal static string? TryDescribe(ReadOnlySpan<byte> data) =>
        Find(data) is { } error ? $"{Name(error)}({string.Join(", ", error.DecodeCall(data).Select(Show))})" : null;

    private static AbiFunction? Find(ReadOnlySpan<byte> data) =>
        data.Length >= 4 && BySelector.TryGetValue(Hex.Format(data[..4]), out var error) ? error : null;

    private static string Name(AbiFunction error) => error.Signature[..error.Signature.IndexOf('(', StringComparison.Ordinal)];

    private static string Show(object value) => value switch
    {
        // An error may carry the one that caused it.
        byte[] bytes => RpcErrors.Shorten(TryName(bytes) is null ? Hex.Format(bytes) : RevertReason.Describe(bytes)),
        string text => RpcErrors.Shorten(text),
        _ => value.ToString()!,
    };
}

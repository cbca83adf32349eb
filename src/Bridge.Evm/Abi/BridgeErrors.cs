using Bridge.Core;

namespace Bridge.Evm;

/// <summary>The custom errors that a call to a Bridge can end with.</summary>
public static class BridgeErrors
{
    /// <summary>Canonical signatures of all that contracts/src declares, sorted.</summary>
    public static IReadOnlyList<string> Own { get; } =
    [
        "AlreadyHandedOver(uint32,address)", "AmountNotReceived(uint256,uint128)", "AmountNotReceived(uint256,uint256)",
        "AmountTooLarge(uint256,uint256)", "AmountZero()", "AnnouncedTooLate(uint64)", "AnsweredWrongly(address)",
        "AssetAlreadyRegistered(uint32,address)", "AssetIdZero()", "AssetIsPaused(uint32,uint64)", "AssetNotPaused(uint32)",
        "AttributeRepeated(bytes4)", "BridgeRefused(address)", "CertificateRefused()", "ChainIdRefused(uint256)",
        "CoinRefused(address)", "CountWrong(uint256,uint256)", "DelivererRefused(address,uint256)",
        "EverythingIsPaused(uint64)", "FeeAboveAmount(uint256,uint256)", "FeeTooLarge(uint256)", "FeeTooLow(uint256,uint256)",
        "FeesOutOfBounds(uint32,uint256)", "GasLimitTooHigh(uint256,uint256)", "HandoverNotAnnounced(uint32)",
        "HandoverNotExpected(uint32,address)", "HandoverNotTaken(uint32,uint256,uint256)", "HandoverTooEarly(uint64)",
        "HighS(uint256)", "HistoryWrong(bytes32,bytes32)", "InboundLimitExceeded(uint32,uint256,uint64)",
        "InsufficientGas(uint256,uint256)", "InsufficientLocked(uint32,uint256,uint256)", "IntentExpired(uint256)",
        "LaneAlreadyOpen(uint256)", "LaneIsPaused(uint256,uint64)", "LargerThanThreshold(uint256,uint256)", "LogDidNotGrow(uint64,uint64)",
        "LimitNotHere(uint32)", "MembersNotAscending(address,address)", "MessageTruncated(uint256,uint256,uint256)",
        "MinimumFeeNotSet(uint32,uint256)", "MintLimitExceeded(address,uint256,uint64)", "MintRefused(address)", "ModeNone()",
        "ModeWrong(uint32)", "NoMembers()", "NoMessages()", "NoOverlap()", "NoRotationPending()",
        "NonceUsed(address,uint256)", "NotALane(bytes32,bytes32)", "NotAMember(uint256,address)", "NotAnnounced(address)",
        "NotDeferred(bytes32,uint64)", "NotExact(uint256,uint256)", "NotFromHere(uint256)", "NotLower(address)",
        "NothingToRefund()", "OnlyBridge(address)", "OnlyOwner(address,address)", "OnlySelf(address)",
        "OutboundLimitExceeded(uint32,uint256,uint64)", "PayloadTooLong(uint256,uint256)", "PeriodZero()",
        "RecipientRefused(address)", "RecipientRefusedCall(address,bytes)", "RecipientWithoutCode(address)",
        "RefundTooEarly(uint64)", "RemoteBridgeZero()", "RetryFailed(bytes)", "RotationAlreadyPending(uint64)",
        "RotationTooEarly(uint64)", "SameHash(bytes32)", "SenderNotCaller(address,address)", "SequencesDiffer(uint64,uint64)",
        "SettingsWithoutCode(address)", "SignatureInvalid(uint256)", "SignatureLengthWrong(uint256)",
        "SignatureNotRecovered()", "SignatureRefused(address)", "SignaturesUnsorted(uint256,address,address)",
        "SignerCountWrong(uint256,uint256)", "SignerNotMarked(uint256,address,address)", "SignerOutsideSet(uint256,uint256)",
        "SignerRepeated(uint256,address)", "SignersDiffer(address,address)", "StillHeld(uint64)",
        "ThresholdTooHigh(uint256,uint256)", "ThresholdTooLow(uint256,uint256)", "TokenAlreadyRegistered(address,uint32)",
        "TokenRefused(address)", "TokenUnknown(uint32)", "TooFewSignatures(uint256,uint256)",
        "TooManyMembers(uint256,uint256)", "TooManySignatures(uint256,uint256)", "TransfersCut(uint256)",
        "UnknownAsset(uint32)", "UnknownEpoch(uint64,uint64)", "UnknownKind(uint256,uint256)", "UnknownLane(uint256)",
        "UnknownLaneId(bytes32)", "ValueWrong(uint256,uint256)", "WasSent(uint64,uint64)", "WrongEpoch(uint64,uint64)",
        "WrongMessage(bytes32,bytes32)",
    ];

    /// <summary>OpenZeppelin's, which come through tokens and AccessManager.</summary>
    private static readonly string[] Foreign =
    [
        "AccessManagedUnauthorized(address)", "AccessManagerAlreadyScheduled(bytes32)", "AccessManagerExpired(bytes32)",
        "AccessManagerNotReady(bytes32)", "AccessManagerNotScheduled(bytes32)", "AccessManagerUnauthorizedAccount(address,uint64)",
        "AccessManagerUnauthorizedCall(address,address,bytes4)", "ERC20InsufficientBalance(address,uint256,uint256)",
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

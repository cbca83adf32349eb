using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Bridge.Core;

/// <summary>Why a delivered message had no effect, read from what the effect returned. Whoever wrote the recipient or the token chose those bytes.</summary>
/// <param name="Code">The error's name, or UNKNOWN.</param>
/// <param name="Text">In words, printable.</param>
public sealed record DeferralCause(string Code, string Text)
{
    /// <summary>REFUND_DELAY of the Bridge: so long after it was deferred anyone may give a message up.</summary>
    public static readonly TimeSpan RefundDelay = TimeSpan.FromDays(7);

    private const int LongestText = 200;

    private static readonly Dictionary<string, Func<byte[], DeferralCause>> Known = new(new (string Signature, Func<byte[], string> Say)[]
    {
        ("InboundLimitExceeded(uint32,uint256,uint64)", data => $"the limit of asset {Number(data, 0)} has no room for {Number(data, 1)} base units now"),
        ("MintLimitExceeded(address,uint256,uint64)", data => $"the token's limit has no room for {Number(data, 1)} base units now"),
        ("AssetIsPaused(uint32,uint64)", data => $"asset {Number(data, 0)} is paused"),
        ("LargerThanThreshold(uint256,uint256)", data => $"{Number(data, 0)} base units are more than {Number(data, 1)}, above which transfers are held for a while"),
        ("InsufficientLocked(uint32,uint256,uint256)", data => $"only {Number(data, 1)} base units are locked there and {Number(data, 2)} are asked for"),
        ("AmountTooLarge(uint256,uint256)", data => $"{Number(data, 0)} base units are more than the {Number(data, 1)} that still fit"),
        ("UnknownAsset(uint32)", data => $"asset {Number(data, 0)} is not registered there"),
        ("RecipientRefused(address)", data => $"{Account(data, 0)} cannot be a recipient"),
        ("MintRefused(address)", data => $"nothing is minted to {Account(data, 0)}"),
        ("RecipientRefusedCall(address,bytes)", data => $"the recipient {Account(data, 0)} reverted"),
        ("RecipientWithoutCode(address)", data => $"the recipient {Account(data, 0)} is no contract, so it cannot be called"),
        ("AnsweredWrongly(address)", data => $"the recipient {Account(data, 0)} did not answer as ERC-7786 asks"),
        ("SafeERC20FailedOperation(address)", data => $"the token {Account(data, 0)} refused the payment"),
        ("ERC20InvalidReceiver(address)", data => $"the token does not pay to {Account(data, 0)}"),
        ("Panic(uint256)", data => $"panic {Number(data, 0)}"),
        ("Error(string)", Message),
    }.ToDictionary(
        error => Hex.Format(AbiWords.Selector(error.Signature)),
        error => (Func<byte[], DeferralCause>)(data => new DeferralCause(error.Signature[..error.Signature.IndexOf('(', StringComparison.Ordinal)], error.Say(data)))));

    private static readonly string[] Recipients = ["RecipientRefusedCall", "RecipientWithoutCode", "AnsweredWrongly"];

    /// <summary>The recipient is to blame, and not a limit or the token.</summary>
    public bool IsRecipient => Recipients.Contains(Code);

    /// <summary>What holds it back for a time; null where only another try can tell.</summary>
    public string? Hold => Code switch
    {
        "InboundLimitExceeded" or "MintLimitExceeded" => "RATE_LIMIT",
        "LargerThanThreshold" => "LARGE_TRANSFER",
        "AssetIsPaused" => "ASSET_PAUSED",
        _ => null,
    };

    public static DeferralCause Read(byte[] reason) =>
        reason.Length >= 4 && Known.TryGetValue(Hex.Format(reason.AsSpan(0, 4)), out var read) ? read(reason) : new DeferralCause("UNKNOWN", Unknown(reason));

    private static string Unknown(byte[] reason) => reason.Length == 0 ? "it gave no reason" : $"it answered {Hex.Format(reason.AsSpan(0, Math.Min(reason.Length, 36)))}{(reason.Length > 36 ? "…" : "")}";

    /// <summary>The word at a position; words that are missing count as zero, as the contract keeps only 256 bytes.</summary>
    private static ReadOnlySpan<byte> Word(byte[] data, int at)
    {
        var start = 4 + (at * Hash32.Length);
        return data.Length >= start + Hash32.Length ? data.AsSpan(start, Hash32.Length) : new byte[Hash32.Length];
    }

    private static string Number(byte[] data, int at) => new BigInteger(Word(data, at), isUnsigned: true, isBigEndian: true).ToString(CultureInfo.InvariantCulture);

    private static string Account(byte[] data, int at) => new Address(Word(data, at)[12..]).ToString();

    private static string Message(byte[] data)
    {
        var claimed = BinaryPrimitives.ReadUInt32BigEndian(Word(data, 1)[28..]);
        var text = data.Length > 68 ? Encoding.UTF8.GetString(data, 68, (int)Math.Min(claimed, Math.Min(LongestText, data.Length - 68))) : "";
        return $"it said '{new string([.. text.Where(c => c is >= ' ' and <= '~')])}'";
    }
}

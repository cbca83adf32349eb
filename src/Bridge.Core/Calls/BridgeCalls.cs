using System.Numerics;

namespace Bridge.Core;

/// <summary>
/// Calldata of the Bridge's functions by which anybody finishes a transfer, for a program that can reach neither a key nor a node. A test
/// holds these bytes to the general encoder's.
/// </summary>
public static class BridgeCalls
{
    private static readonly byte[] DeliverSelector = Selector("deliver(bytes32,uint64,bytes,(uint64,uint256,bytes))");
    private static readonly byte[] RetrySelector = Selector("retry(bytes32,uint64,bytes)");
    private static readonly byte[] RefundSelector = Selector("refund(bytes32,uint64,bytes)");

    /// <param name="messages">The wire bytes of the messages from <paramref name="first"/> on, one behind the other.</param>
    public static byte[] Deliver(Hash32 laneId, Sequence first, byte[] messages, Certificate certificate) =>
    [
        .. DeliverSelector, .. laneId.ToArray(), .. Word(first.Value), .. Word(4 * Hash32.Length), .. Word(4 * Hash32.Length + Tail(messages).Length),
        .. Tail(messages),
        .. Word(certificate.Epoch.Value), .. Word(certificate.Signers), .. Word(3 * Hash32.Length), .. Tail(certificate.Signatures),
    ];

    /// <summary>Takes the effect of a deferred message, with the fee for the caller.</summary>
    public static byte[] Retry(Hash32 laneId, Sequence sequence, byte[] message) => [.. RetrySelector, .. OfMessage(laneId, sequence, message)];

    /// <summary>Gives a deferred message up; its amount travels back to its sender.</summary>
    public static byte[] Refund(Hash32 laneId, Sequence sequence, byte[] message) => [.. RefundSelector, .. OfMessage(laneId, sequence, message)];

    private static byte[] OfMessage(Hash32 laneId, Sequence sequence, byte[] message) =>
        [.. laneId.ToArray(), .. Word(sequence.Value), .. Word(3 * Hash32.Length), .. Tail(message)];

    /// <summary>Length and bytes, filled up to whole words.</summary>
    private static byte[] Tail(byte[] bytes) => [.. Word(bytes.Length), .. bytes, .. new byte[(Hash32.Length - (bytes.Length % Hash32.Length)) % Hash32.Length]];

    private static byte[] Word(BigInteger number)
    {
        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[Hash32.Length - bytes.Length], .. bytes];
    }

    private static byte[] Selector(string signature) => AbiWords.TypeHash(signature).ToArray()[..4];
}

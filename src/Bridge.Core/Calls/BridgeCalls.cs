namespace Bridge.Core;

/// <summary>
/// Calldata of the Bridge's functions by which anybody finishes a transfer, for a program that can reach neither a key nor a node. A test
/// holds these bytes to the general encoder's.
/// </summary>
public static class BridgeCalls
{
    /// <param name="messages">The wire bytes of the messages from <paramref name="first"/> on, one behind the other.</param>
    public static byte[] Deliver(Hash32 laneId, Sequence first, byte[] messages, Certificate certificate) => new AbiWords()
        .Add(laneId).Add(first.Value)
        .Add(4 * (ulong)Hash32.Length) // where the messages begin
        .Add(5 * (ulong)Hash32.Length + AbiWords.Padded(messages.Length)) // where the certificate begins, behind the messages' length and bytes
        .AddTail(messages)
        .Add(certificate.Epoch.Value).Add(certificate.Signers).Add(3 * (ulong)Hash32.Length).AddTail(certificate.Signatures)
        .Call("deliver(bytes32,uint64,bytes,(uint64,uint256,bytes))");

    /// <summary>Takes the effect of a deferred message, with the fee for the caller.</summary>
    public static byte[] Retry(Hash32 laneId, Sequence sequence, byte[] message) => OfMessage(laneId, sequence, message).Call("retry(bytes32,uint64,bytes)");

    /// <summary>Gives a deferred message up; its amount travels back to its sender.</summary>
    public static byte[] Refund(Hash32 laneId, Sequence sequence, byte[] message) => OfMessage(laneId, sequence, message).Call("refund(bytes32,uint64,bytes)");

    private static AbiWords OfMessage(Hash32 laneId, Sequence sequence, byte[] message) =>
        new AbiWords().Add(laneId).Add(sequence.Value).Add(3 * (ulong)Hash32.Length).AddTail(message);
}

namespace Bridge.Core;

/// <summary>What a sender's account calls. For those who may hold no key and no endpoint; the code that sends encodes with its own.</summary>
public static class SenderCalls
{
    private const string IntentTuple = "(address,uint256,uint32,address,uint128,uint128,uint128,uint256,uint256)";

    /// <summary>ERC-20.</summary>
    public static byte[] Approve(Address spender, UInt128 amount) => new AbiWords().Add(spender).Add(amount).Call("approve(address,uint256)");

    /// <param name="amount">Base units, fee included.</param>
    public static byte[] Send(ChainId destination, AssetId asset, Address recipient, UInt128 amount, UInt128 fee) => new AbiWords()
        .Add(destination.Value).Add(asset.Value).Add(recipient).Add(amount).Add(fee)
        .Call("send(uint256,uint32,address,uint128,uint128)");

    /// <summary>A message of kind 3, in the sender's own name.</summary>
    public static byte[] SendCall(ChainId destination, Message message)
    {
        var call = message.Call ?? throw new ArgumentException("Only a message of kind 3 is a call.", nameof(message));
        return new AbiWords(12)
            .Add(32ul) // where the tuple begins
            .Add(destination.Value).Add(message.Asset.Value).Add(message.Sender).Add(message.Recipient).Add(message.Amount).Add(message.Fee)
            .Add(call.GasLimit).Add(256ul) // where, in the tuple, the payload begins
            .AddTail(call.Payload)
            .Call("sendCall((uint256,uint32,address,address,uint128,uint128,uint32,bytes))");
    }

    /// <summary>All but its last three words, v, r and s of an ERC-2612 permit for the Intents contract, which the sender appends.</summary>
    public static byte[] SendWithPermitPrefix(TransferIntent intent, ulong permitDeadline) =>
        Words(intent).Add(permitDeadline).Call($"sendWithPermit({IntentTuple},uint256,uint8,bytes32,bytes32)");

    private static AbiWords Words(TransferIntent intent) => new AbiWords(13)
        .Add(intent.Owner).Add(intent.Destination.Value).Add(intent.Asset.Value).Add(intent.Recipient)
        .Add(intent.Amount).Add(intent.Fee).Add(intent.RelayerFee).Add(intent.Deadline).Add(intent.Nonce);
}

namespace Bridge.Core;

/// <summary>First byte of the wire form.</summary>
public enum MessageKind : byte
{
    /// <summary>Sender and recipient are the same account, so the sender is not written.</summary>
    Transfer = 1,
    TransferTo = 2,

    /// <summary>Tokens, a call, or both; the Gateway runs the call.</summary>
    Call = 3,
}

/// <summary>What travels through a lane.</summary>
/// <param name="Amount">Base units of the asset, fee included.</param>
/// <param name="Fee">Base units, at most <paramref name="Amount"/>; goes to whoever delivers.</param>
/// <param name="Call">Of kind 3 only.</param>
public sealed record Message(
    MessageKind Kind, AssetId Asset, Address Recipient, UInt128 Amount, UInt128 Fee, Address Sender, CallData? Call = null)
{
    /// <summary>A transfer, in the shorter of its two kinds, as the contract's <c>send</c> picks it.</summary>
    public static Message Transfer(AssetId asset, Address sender, Address recipient, UInt128 amount, UInt128 fee) =>
        new(sender == recipient ? MessageKind.Transfer : MessageKind.TransferTo, asset, recipient, amount, fee, sender);

    /// <summary>What the recipient gets, in base units.</summary>
    public UInt128 Net => Amount - Fee;
}

/// <summary>What kind 3 asks of the recipient.</summary>
/// <param name="GasLimit">Gas that the call must be given.</param>
/// <param name="Payload">At most 2^24 - 1 bytes.</param>
public sealed record CallData(uint GasLimit, byte[] Payload);

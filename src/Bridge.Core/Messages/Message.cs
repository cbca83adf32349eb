namespace Bridge.Core;

/// <summary>First byte of the wire form.</summary>
public enum MessageKind : byte
{
    /// <summary>Sender and recipient are the same account, so the sender is not written.</summary>
    Transfer = 1,
    TransferTo = 2,
}

/// <summary>What travels through a lane.</summary>
/// <param name="Amount">Base units of the asset, fee included.</param>
/// <param name="Fee">Base units, at most <paramref name="Amount"/>; goes to whoever delivers.</param>
public sealed record Message(MessageKind Kind, AssetId Asset, Address Recipient, UInt128 Amount, UInt128 Fee, Address Sender)
{
    /// <summary>Picks the shorter kind, as the contract's <c>send</c> does.</summary>
    public static Message Create(AssetId asset, Address sender, Address recipient, UInt128 amount, UInt128 fee) =>
        new(sender == recipient ? MessageKind.Transfer : MessageKind.TransferTo, asset, recipient, amount, fee, sender);

    /// <summary>What the recipient gets, in base units.</summary>
    public UInt128 Net => Amount - Fee;
}

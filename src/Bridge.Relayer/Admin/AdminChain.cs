using Bridge.Core;
using Bridge.Evm;

namespace Bridge.Relayer.Admin;

/// <summary>A chain as whoever administers its Bridge sees it.</summary>
/// <param name="Poll">Between two looks for a receipt.</param>
internal sealed record AdminChain(string Name, ChainClient Client, Address BridgeAddress, TimeSpan Poll)
{
    public ChainId Id => Client.Chain;
    public BridgeContract Bridge => new(Client, BridgeAddress);

    public override string ToString() => $"{Name} ({Id})";
}

/// <summary>One call that changes something.</summary>
/// <param name="What">In plain words, what is otherwise afterwards.</param>
/// <param name="Restricted">Whether the AccessManager says who may; anybody may make the others.</param>
internal sealed record AdminCall(Address Target, byte[] Data, string What, bool Restricted = true);

/// <summary>A transaction that is ready to be simulated, and what it does in plain words, in its order.</summary>
internal sealed record AdminTransaction(Address To, byte[] Data, IReadOnlyList<string> Summary);

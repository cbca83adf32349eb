using Bridge.Core;
using Bridge.Evm;

namespace Bridge.Relayer.Attest;

/// <summary>The validator's key. A type of its own, so that no other worker can be handed it by accident.</summary>
public sealed record AttesterKey(ISigner Signer)
{
    public Address Address => Signer.Address;

    public override string ToString() => Address.ToString();
}

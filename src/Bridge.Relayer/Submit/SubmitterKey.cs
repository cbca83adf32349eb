using Bridge.Core;
using Bridge.Evm;

namespace Bridge.Relayer.Submit;

/// <summary>The key of the account that sends what others signed.</summary>
public sealed record SubmitterKey(ISigner Signer)
{
    public Address Address => Signer.Address;

    public override string ToString() => Address.ToString();
}

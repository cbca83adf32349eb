using Bridge.Core;
using Bridge.Evm;

namespace Bridge.Relayer.Execute;

/// <summary>The key of the account that pays for deliveries and earns the fees.</summary>
public sealed record ExecutorKey(ISigner Signer)
{
    public Address Address => Signer.Address;

    public override string ToString() => Address.ToString();
}

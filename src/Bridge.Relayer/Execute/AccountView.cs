using Bridge.Core;
using Bridge.Relayer.Chains;
using Bridge.Store;

namespace Bridge.Relayer.Execute;

/// <summary>The executor's account on a chain, as one step finds it.</summary>
/// <param name="Lease">Proves to the journal that this process may use the account.</param>
/// <param name="Nonce">The account's transaction count at the latest block.</param>
/// <param name="FinalNonce">The same at the final block.</param>
public sealed record AccountView(ChainLink Chain, Address Account, Lease Lease, ulong FinalHeight, ulong Nonce, ulong FinalNonce, Quarantine? Quarantine);

using Bridge.Core;
using Bridge.Relayer.Chains;
using Bridge.Relayer.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Relayer.Doctor;

/// <summary>What is looked at for a node of the given roles.</summary>
public static class Examinations
{
    public static IEnumerable<IExamination> Of(BridgeOptions options, ChainSet chains, HttpClient http, IServiceProvider store, Address? attester)
    {
        yield return ActivatorUtilities.CreateInstance<DatabaseExamination>(store, TimeProvider.System);
        yield return new BusExamination(options.Bus);
        foreach (var (name, chain) in options.Chains) yield return new EndpointExamination(name, chain, http, TimeProvider.System);
        foreach (var link in chains.All) yield return new ContractExamination(link, chains, attester);
        foreach (var (role, key) in Keys.Of(options)) yield return new KeyExamination(role, key);
        if (options.Roles.Contains(Roles.Attest)) yield return ActivatorUtilities.CreateInstance<JournalExamination>(store, options.Attester);
        if (options.Roles.Contains(Roles.Execute))
            foreach (var link in chains.All) yield return new FundsExamination(link, options.Executor);
    }

    /// <summary>Null where this node is no validator, or its key cannot be opened, which its own examination says.</summary>
    public static Address? Attester(BridgeOptions options)
    {
        if (!options.Roles.Contains(Roles.Attest)) return null;
        try
        {
            using var signer = Keys.Open(options.Attester);
            return signer.Address;
        }
        catch (Exception e) when (e is Evm.KeystoreException or Evm.SignerException)
        {
            return null;
        }
    }
}

using Bridge.Audit;
using Bridge.Core;
using Bridge.Relayer.Configuration;

namespace Bridge.Relayer.Audit;

/// <summary>The checker of Bridge.Audit, as the configuration wants it.</summary>
internal static class Auditors
{
    /// <param name="databases">Npgsql connection strings, of one organisation each.</param>
    /// <param name="api">Base URL of an API to judge, too.</param>
    public static Checker Create(BridgeOptions options, HttpClient http, IReadOnlyList<string> databases, Uri? api = null) =>
        new(Chains(options), [.. databases.Select((database, i) => new AuditedDatabase(databases.Count == 1 ? "the database" : $"database {i + 1}", database))], http)
        {
            Approved = options.Audit.Approved,
            Overdue = TimeSpan.FromSeconds(options.Audit.OverdueSeconds),
            Api = api is null || api.AbsolutePath.EndsWith('/') ? api : new Uri(api + "/"),
        };

    public static IReadOnlyList<AuditedChain> Chains(BridgeOptions options) => [.. options.Chains.Select(chain => Chain(options.Audit, chain.Key, chain.Value))];

    /// <summary>Chains that are looked at through the pipeline's own endpoints: what these hide, the audit cannot see.</summary>
    public static IReadOnlyList<string> SharedEndpoints(BridgeOptions options) => [.. options.Chains.Keys.Where(name => !options.Audit.Endpoints.ContainsKey(name))];

    private static AuditedChain Chain(AuditOptions audit, string name, ChainOptions chain)
    {
        var own = audit.Endpoints.GetValueOrDefault(name);
        var finality = FinalityPolicy.TryParse(chain.Finality, out var policy) ? policy : throw new FormatException($"'{chain.Finality}' is no finality policy.");
        return new AuditedChain(
            name, new ChainId(chain.ChainId), Address.Parse(chain.Bridge), chain.StartBlock, [.. (own ?? chain.Endpoints).Select(url => new Uri(url))],
            own is null ? chain.EffectiveQuorum : (own.Length / 2) + 1, finality);
    }
}

using Bridge.Core;
using Npgsql;

namespace Bridge.Relayer.Configuration;

/// <summary>What is wrong with the options: one sentence a fault, beginning with the key's name.</summary>
internal static class OptionsCheck
{
    public static IEnumerable<string> Faults(BridgeOptions options)
    {
        if (options.Database.Length == 0) yield return "Bridge:Database: missing. Give a Npgsql connection string, by the environment as Bridge__Database if it has a password.";
        foreach (var fault in DatabaseFaults(options.Database)) yield return "Bridge:Database: " + fault;
        foreach (var role in options.Roles.Where(role => !Roles.Known.Contains(role)))
            yield return $"Bridge:Roles: there is no role '{role}'. The roles are {string.Join(", ", Roles.Known)}.";
        foreach (var fault in ChainFaults(options)) yield return fault;
        foreach (var fault in RoleFaults(options)) yield return fault;
        foreach (var fault in AuditFaults(options)) yield return fault;
        foreach (var fault in options.Oracle.Faults(options.Chains.Keys)) yield return "Bridge:Oracle:" + fault;
        if (OutOf(options.Sweeper.IntervalSeconds, 1, 3600)) yield return "Bridge:Sweeper:IntervalSeconds: 1 to 3600.";
        foreach (var url in options.Metrics.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries).Where(url => !IsHttp(url)))
            yield return $"Bridge:Metrics:Urls: '{url}' is not an http URL such as http://127.0.0.1:9464.";
        if (OutOf(options.Metrics.StaleSeconds, 5, 3600)) yield return "Bridge:Metrics:StaleSeconds: 5 to 3600.";
        if (options.Tracing.Endpoint.Length > 0 && !IsHttp(options.Tracing.Endpoint)) yield return $"Bridge:Tracing:Endpoint: '{options.Tracing.Endpoint}' is not an http URL such as http://127.0.0.1:4318.";
    }

    private static IEnumerable<string> DatabaseFaults(string connectionString)
    {
        var fault = "";
        NpgsqlConnectionStringBuilder? database = null;
        try
        {
            database = new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (ArgumentException e)
        {
            fault = $"not a Npgsql connection string. {e.Message}";
        }
        if (fault.Length > 0) yield return fault;
        // Without it a node would write to whichever server answers first, and a standby refuses.
        if (database?.Host?.Contains(',', StringComparison.Ordinal) == true && database.TargetSessionAttributes is not "read-write" and not "primary")
            yield return "it names several hosts. Add 'Target Session Attributes=read-write', so that a node finds the one that may be written.";
    }

    public static IEnumerable<string> ChainFaults(BridgeOptions options)
    {
        if (options.Environment is not ("production" or "local")) yield return $"Bridge:Environment: 'production' or 'local', not '{options.Environment}'.";
        if (options.Chains.Count < 2) yield return $"Bridge:Chains: a bridge needs at least two chains, here are {options.Chains.Count}.";
        foreach (var twin in options.Chains.GroupBy(c => c.Value.ChainId).Where(g => g.Count() > 1))
            yield return $"Bridge:Chains: {string.Join(" and ", twin.Select(c => c.Key))} have the same ChainId {twin.Key}.";
        foreach (var (name, chain) in options.Chains)
            foreach (var fault in ChainFaults(chain, options.Environment == "production"))
                yield return $"Bridge:Chains:{name}:{fault}";
    }

    private static IEnumerable<string> ChainFaults(ChainOptions chain, bool production)
    {
        if (chain.ChainId == 0) yield return "ChainId: missing.";
        if (!Address.TryParse(chain.Bridge, out var bridge) || bridge.IsZero) yield return $"Bridge: '{chain.Bridge}' is not a contract's address.";
        if (chain.Endpoints.Count == 0) yield return "Endpoints: missing. Give at least one JSON-RPC URL.";
        foreach (var url in chain.Endpoints.Where(url => !IsHttp(url))) yield return $"Endpoints: '{url}' is not an http or https URL.";
        foreach (var twin in chain.Endpoints.GroupBy(url => url.TrimEnd('/')).Where(g => g.Count() > 1))
            yield return $"Endpoints: '{twin.Key}' stands there {twin.Count()} times; agreeing with itself proves nothing.";
        if (chain.Heads.Length > 0 && !(Uri.TryCreate(chain.Heads, UriKind.Absolute, out var heads) && heads.Scheme is "ws" or "wss")) yield return $"Heads: '{chain.Heads}' is not a ws or wss URL.";
        if (production && chain.Endpoints.Count == 1 && !chain.AllowSingleEndpoint)
            yield return "Endpoints: a single endpoint can lie unnoticed. Give at least two, or set AllowSingleEndpoint to true to accept that.";
        if (chain.Quorum < 0 || chain.Quorum > chain.Endpoints.Count) yield return $"Quorum: 0 to {chain.Endpoints.Count}, the number of endpoints.";
        if (production && chain.Endpoints.Count > 1 && chain.EffectiveQuorum < 2 && !chain.AllowSingleEndpoint)
            yield return "Quorum: 1 lets a single endpoint lie unnoticed. Use at least 2, or set AllowSingleEndpoint to true to accept that.";
        if (!FinalityPolicy.TryParse(chain.Finality, out _)) yield return $"Finality: 'finalized', 'safe' or 'depth:N' with N from 1 to {FinalityPolicy.MaxDepth}, not '{chain.Finality}'.";
        if (chain.Intents.Length > 0 && (!Address.TryParse(chain.Intents, out var intents) || intents.IsZero)) yield return $"Intents: '{chain.Intents}' is not a contract's address.";
        if (!Address.TryParse(chain.Permit2, out _)) yield return $"Permit2: '{chain.Permit2}' is not an address.";
        if (!ProofModes.All.Contains(chain.Proof)) yield return $"Proof: '{string.Join("', '", ProofModes.All)}', not '{chain.Proof}'.";
        if (Evm.FeeModels.Find(chain.FeeModel) is null) yield return $"FeeModel: one of {string.Join(", ", Evm.FeeModels.Names)}, not '{chain.FeeModel}'.";
        if (OutOf(chain.PollMilliseconds, 50, 60_000)) yield return "PollMilliseconds: 50 to 60000.";
        if (OutOf(chain.MaxLogRange, 1, (int)Evm.ChainClient.MaxBlocks)) yield return $"MaxLogRange: 1 to {Evm.ChainClient.MaxBlocks}.";
        if (OutOf(chain.TimeoutSeconds, 1, 120)) yield return "TimeoutSeconds: 1 to 120.";
        if (OutOf(chain.StallSeconds, 1, 86_400)) yield return "StallSeconds: 1 to 86400.";
    }

    private static IEnumerable<string> RoleFaults(BridgeOptions options)
    {
        if (options.Bus.Node.Length == 0) yield return "Bridge:Bus:Node: missing.";
        if (options.Bus.RabbitMq.Length > 0 && !(Uri.TryCreate(options.Bus.RabbitMq, UriKind.Absolute, out var bus) && bus.Scheme is "amqp" or "amqps"))
            yield return "Bridge:Bus:RabbitMq: not an amqp:// or amqps:// URL.";
        if (options.Roles.Contains(Roles.Attest))
        {
            foreach (var fault in KeyCheck.Faults(options, options.Attester)) yield return "Bridge:Attester:" + fault;
            if (options.Attester is { Keystore: "", Journal: "", Signer.Use.Length: > 0 }) yield return "Bridge:Attester:Journal: missing. Without a keystore, give the path of the signing journal.";
            foreach (var url in options.Attester.Relayers.Where(url => !IsHttp(url))) yield return $"Bridge:Attester:Relayers: '{url}' is not an http or https URL.";
            if (options.Attester is { OverBus: false, Relayers.Count: 0 }) yield return "Bridge:Attester:Relayers: with OverBus false, nobody would get the attestations.";
        }
        if (options.Roles.Contains(Roles.Submit))
            foreach (var fault in KeyCheck.Faults(options, options.Submitter).Concat(options.Submitter.Faults(options.Executor))) yield return "Bridge:Submitter:" + fault;
        if (options.Roles.Contains(Roles.Sponsor))
            foreach (var fault in KeyCheck.Faults(options, options.Sponsor).Concat(options.Sponsor.Faults(options.Chains.Keys))) yield return "Bridge:Sponsor:" + fault;
        if (options.Roles.Contains(Roles.Log))
            foreach (var fault in LogFaults(options)) yield return fault;
        if (!options.Roles.Contains(Roles.Execute)) yield break;
        foreach (var fault in KeyCheck.Faults(options, options.Executor)) yield return "Bridge:Executor:" + fault;
        if (OutOf(options.Executor.MaxBatch, (int)CheckpointSchedule.Stride, 2000)) yield return "Bridge:Executor:MaxBatch: 128 to 2000.";
        if (OutOf(options.Executor.MaxInFlight, 1, 64)) yield return "Bridge:Executor:MaxInFlight: 1 to 64.";
        if (options.Executor.MaxGas is < 200_000 or > 16_777_216) yield return "Bridge:Executor:MaxGas: 200000 to 16777216.";
        if (options.Executor.MaxFeeGwei is < 1 or > 100_000) yield return "Bridge:Executor:MaxFeeGwei: 1 to 100000.";
        if (options.Executor.MaxCostGwei is < 1 or > 1_000_000_000_000) yield return "Bridge:Executor:MaxCostGwei: 1 to 1000000000000.";
        if (OutOf(options.Executor.LowWaterDeliveries, 0, 1_000_000)) yield return "Bridge:Executor:LowWaterDeliveries: 0 to 1000000.";
        if (OutOf(options.Executor.MaxWaitSeconds, 0, 86_400)) yield return "Bridge:Executor:MaxWaitSeconds: 0 to 86400.";
        if (OutOf(options.Executor.ResubmitSeconds, 1, 3600)) yield return "Bridge:Executor:ResubmitSeconds: 1 to 3600.";
        if (OutOf(options.Executor.LeaseSeconds, 5, 600)) yield return "Bridge:Executor:LeaseSeconds: 5 to 600.";
    }

    public static IEnumerable<string> LogFaults(BridgeOptions options) => KeyCheck.Faults(options, options.Log).Concat(options.Log.Faults(options.Chains.Keys)).Select(fault => "Bridge:Log:" + fault);

    public static IEnumerable<string> AuditFaults(BridgeOptions options)
    {
        foreach (var name in options.Audit.Endpoints.Keys.Where(name => !options.Chains.ContainsKey(name)))
            yield return $"Bridge:Audit:Endpoints:{name}: Bridge:Chains has no chain of that name.";
        foreach (var url in options.Audit.Endpoints.Values.SelectMany(urls => urls).Where(url => !IsHttp(url))) yield return $"Bridge:Audit:Endpoints: '{url}' is not an http or https URL.";
        if (options.Audit.IsGiven)
            foreach (var fault in KeyCheck.Faults(options, options.Audit)) yield return "Bridge:Audit:" + fault;
        if (OutOf(options.Audit.OverdueSeconds, 60, 604_800)) yield return "Bridge:Audit:OverdueSeconds: 60 to 604800.";
        if (OutOf(options.Audit.IntervalSeconds, 5, 86_400)) yield return "Bridge:Audit:IntervalSeconds: 5 to 86400.";
        if (OutOf(options.Audit.ReservesSeconds, 5, 86_400)) yield return "Bridge:Audit:ReservesSeconds: 5 to 86400.";
    }

    private static bool IsHttp(string url) => Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https";

    private static bool OutOf(int value, int least, int most) => value < least || value > most;
}

using System.Net;

namespace Bridge.Client;

/// <summary>
/// The Bridge API, a method for each of its operations. Safe for use by several threads. Every method throws <see cref="BridgeApiException"/> where
/// the API refuses, and <see cref="HttpRequestException"/> where it cannot be reached, after as many tries as the options allow.
/// </summary>
public sealed partial class BridgeClient
{
    private readonly ApiConnection _api;

    /// <param name="http">Its BaseAddress is the URL of the API. It stays the caller's, who disposes of it.</param>
    /// <exception cref="ArgumentException">The base address is missing, or an option out of its range.</exception>
    public BridgeClient(HttpClient http, BridgeClientOptions? options = null) => _api = new ApiConnection(http, options ?? new BridgeClientOptions());

    /// <summary>The chains that are served, their heads and their state.</summary>
    public Task<ChainList> ListChainsAsync(CancellationToken ct = default) => _api.GetAsync("v1/chains", ApiJson.Default.ChainList, ct);

    /// <param name="chain">CAIP-2, a number, or the name by which the operator calls it.</param>
    public Task<Chain> GetChainAsync(string chain, CancellationToken ct = default) => _api.GetAsync($"v1/chains/{Uri.EscapeDataString(chain)}", ApiJson.Default.Chain, ct);

    public Task<AssetList> ListAssetsAsync(CancellationToken ct = default) => _api.GetAsync("v1/assets", ApiJson.Default.AssetList, ct);

    /// <summary>The assets as a token list (tokenlists.org).</summary>
    public Task<TokenList> GetTokenListAsync(CancellationToken ct = default) => _api.GetAsync("v1/tokenlist.json", ApiJson.Default.TokenList, ct);

    /// <summary>Every lane: state, time to arrive, and limits, headroom and fees of each asset.</summary>
    public Task<LaneList> ListLanesAsync(CancellationToken ct = default) => _api.GetAsync("v1/lanes", ApiJson.Default.LaneList, ct);

    /// <param name="lane">source:destination, such as 8453:10.</param>
    public Task<Lane> GetLaneAsync(string lane, CancellationToken ct = default) => _api.GetAsync($"v1/lanes/{Uri.EscapeDataString(lane)}", ApiJson.Default.Lane, ct);

    /// <summary>What a hash, an address, CAIP-10, ERC-7930, a chain or a lane is here. Nothing found is an empty list.</summary>
    public Task<SearchResult> SearchAsync(string text, CancellationToken ct = default) => _api.GetAsync($"v1/search?q={Uri.EscapeDataString(text)}", ApiJson.Default.SearchResult, ct);

    /// <summary>Each destination's validator set in force, and how its members have signed in the last day.</summary>
    public Task<ValidatorList> ListValidatorsAsync(CancellationToken ct = default) => _api.GetAsync("v1/validators", ApiJson.Default.ValidatorList, ct);

    /// <summary>Fees earned, gas spent and what is left of an executor of the relayer, by lane and day, for the last 30 days.</summary>
    public Task<RewardList> ListRewardsAsync(string account, CancellationToken ct = default) =>
        _api.GetAsync($"v1/operators/{Uri.EscapeDataString(account)}/rewards", ApiJson.Default.RewardList, ct);

    public Task<Stats> GetStatsAsync(CancellationToken ct = default) => _api.GetAsync("v1/stats", ApiJson.Default.Stats, ct);

    /// <summary>What a status page shows.</summary>
    public Task<ServiceStatus> GetStatusAsync(CancellationToken ct = default) => _api.GetAsync("v1/status", ApiJson.Default.ServiceStatus, ct);

    /// <summary>The process runs.</summary>
    public Task<Health> LiveAsync(CancellationToken ct = default) => _api.GetAsync("healthz/live", ApiJson.Default.Health, ct);

    /// <summary>Every component of the relayer's organisation; told, and not thrown, also while one of them stalls.</summary>
    public Task<Health> ReadyAsync(CancellationToken ct = default) => _api.GetAsync("healthz/ready", ApiJson.Default.Health, HttpStatusCode.ServiceUnavailable, ct);

    /// <summary>Every code that an error can carry, with its playbook.</summary>
    public Task<IReadOnlyList<ProblemKind>> ListProblemsAsync(CancellationToken ct = default) => _api.GetAsync("problems", ApiJson.Default.IReadOnlyListProblemKind, ct);

    /// <param name="code">Such as TRANSFER_NOT_INDEXED.</param>
    public Task<ProblemKind> GetProblemAsync(string code, CancellationToken ct = default) => _api.GetAsync($"problems/{Uri.EscapeDataString(code)}", ApiJson.Default.ProblemKind, ct);

    private static Func<HttpContent> Json<T>(T body, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) => () => System.Net.Http.Json.JsonContent.Create(body, type);

    private static string Query(string path, IEnumerable<(string Name, string? Value)> parameters)
    {
        var given = parameters.Where(parameter => parameter.Value is not null).Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value!)}");
        var query = string.Join('&', given);
        return query.Length == 0 ? path : $"{path}?{query}";
    }
}

using Bridge.Api.Problems;
using Bridge.Core;

namespace Bridge.Api.Directory;

/// <summary>What there is: chains, assets and lanes, as the watchers wrote them down.</summary>
internal static class DirectoryEndpoints
{
    public static void MapDirectory(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/v1").WithTags("Directory");
        group.MapGet("/chains", ChainsAsync).WithName("ListChains").WithSummary("The chains that are served here, their heads and their state.").Produces<ChainListBody>();
        group.MapGet("/chains/{chain}", ChainAsync).WithName("GetChain").WithSummary("One chain, by CAIP-2, its number or its name.")
            .Produces<ChainBody>().ProducesProblem(404);
        group.MapGet("/assets", AssetsAsync).WithName("ListAssets").WithSummary("The assets, and what each is on every chain.").Produces<AssetListBody>();
        group.MapGet("/tokenlist.json", TokenListAsync).WithName("GetTokenList").WithSummary("The same as a token list (tokenlists.org), with extensions.bridgeInfo.").Produces<TokenListBody>();
        group.MapGet("/lanes", LanesAsync).WithName("ListLanes").WithSummary("Every lane: state, time to arrive, and limits, headroom and fees of each asset.").Produces<LaneListBody>();
        group.MapGet("/lanes/{lane}", LaneAsync).WithName("GetLane").WithSummary("One lane, as source:destination.").Produces<LaneBody>().ProducesProblem(400).ProducesProblem(404);
    }

    private static async Task<IResult> ChainsAsync(DirectoryCache cache, ApiOptions options, TimeProvider time, CancellationToken ct)
    {
        var directory = await cache.ReadAsync(ct);
        return Results.Json(new ChainListBody([.. directory.Chains.Select(chain => ChainMapper.ToBody(chain, directory, time.GetUtcNow(), options.StaleSeconds))]));
    }

    private static async Task<IResult> ChainAsync(string chain, DirectoryCache cache, ApiOptions options, TimeProvider time, HttpContext context, CancellationToken ct)
    {
        var directory = await cache.ReadAsync(ct);
        return ChainName.Find(chain, directory) is { } row
            ? Results.Json(ChainMapper.ToBody(row, directory, time.GetUtcNow(), options.StaleSeconds))
            : ProblemKind.NotFound.Result(context, $"Served here are {string.Join(", ", directory.Chains.Select(known => $"{known.Name} ({Format.Caip2(known.ChainId)})"))}.");
    }

    private static async Task<IResult> AssetsAsync(DirectoryCache cache, TimeProvider time, CancellationToken ct) =>
        Results.Json(AssetMapper.ToBody(await cache.ReadAsync(ct), time.GetUtcNow()));

    private static async Task<IResult> TokenListAsync(DirectoryCache cache, CancellationToken ct) => Results.Json(AssetMapper.ToTokenList(await cache.ReadAsync(ct)));

    private static async Task<IResult> LanesAsync(DirectoryCache cache, TimeProvider time, CancellationToken ct)
    {
        var (directory, times) = (await cache.ReadAsync(ct), await cache.TimesAsync(ct));
        return Results.Json(new LaneListBody([.. directory.Lanes.Select(row =>
            LaneMapper.ToBody(row, directory, times.GetValueOrDefault(new Lane(row.SourceChain, row.DestinationChain)), time.GetUtcNow()))]));
    }

    private static async Task<IResult> LaneAsync(string lane, DirectoryCache cache, TimeProvider time, HttpContext context, CancellationToken ct)
    {
        if (LaneMapper.TryRead(lane) is not { } wanted)
            return ProblemKind.ValidationFailed.Result(context, $"'{lane}' is no lane: expected two chain ids with a colon between them, such as 8453:10.");
        var directory = await cache.ReadAsync(ct);
        var found = directory.Lanes.FirstOrDefault(row => row.SourceChain == wanted.Source && row.DestinationChain == wanted.Destination);
        return found is not null
            ? Results.Json(LaneMapper.ToBody(found, directory, (await cache.TimesAsync(ct)).GetValueOrDefault(wanted), time.GetUtcNow()))
            : (ProblemKind.UnsupportedLane with { Status = StatusCodes.Status404NotFound }).Result(context, $"Lane {wanted} is not served here.");
    }
}

using Bridge.Api.Limits;
using Bridge.Api.Problems;

namespace Bridge.Api.Search;

internal static class SearchEndpoint
{
    public static void MapSearch(this IEndpointRouteBuilder app) => app.MapGet("/v1/search", FindAsync).WithName("Search").WithTags("Search").Costly()
        .WithSummary("What a hash, an address, CAIP-10, ERC-7930, a chain or a lane is here.")
        .WithDescription("Nothing found is an empty list: what is not read from its chain yet cannot be found.")
        .Produces<SearchBody>().ProducesProblem(400).ProducesProblem(503);

    private static async Task<IResult> FindAsync(string? q, Searcher searcher, HttpContext context, CancellationToken ct)
    {
        if (SearchText.TryRead(q ?? "") is { } text) return Results.Json(new SearchBody(q!.Trim(), text.Kind, await searcher.FindAsync(text, ct)));
        return ProblemKind.ValidationFailed.Result(
            context, "q is nothing that can be looked for.",
            ("errors", new Dictionary<string, string[]> { ["q"] = ["Expected a transfer's id or transaction hash (0x and 64 hex digits), an address (with a right checksum if the case is mixed), CAIP-10, ERC-7930 for eip155, a chain or a lane."] }));
    }
}

using Bridge.Api.Limits;

namespace Bridge.Api.Standing;

/// <summary>How everything goes: validators, figures, and what a status page shows.</summary>
internal static class StandingEndpoints
{
    public static void MapStanding(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/v1").WithTags("Standing");
        group.MapGet("/validators", async (StandingReader reader, CancellationToken ct) => Results.Json(await reader.ValidatorsAsync(ct))).WithName("ListValidators").Costly()
            .WithSummary("Each destination's validator set in force, and how its members have signed in the last day.").Produces<ValidatorListBody>().ProducesProblem(503);
        group.MapGet("/stats", async (StandingReader reader, CancellationToken ct) => Results.Json(await reader.StatsAsync(ct))).WithName("GetStats").Costly()
            .WithSummary("Transfers ever and volume of the last day by lane, how many arrived, and how long they took.").Produces<StatsBody>().ProducesProblem(503);
        group.MapGet("/status", async (StandingReader reader, CancellationToken ct) => Results.Json(await reader.StatusAsync(ct))).WithName("GetStatus")
            .WithSummary("What a status page shows: chains, lanes, parts of this relayer, and what is halted.").Produces<StatusBody>();
    }
}

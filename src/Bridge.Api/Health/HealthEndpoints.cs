using Bridge.Store;
using Npgsql;

namespace Bridge.Api.Health;

/// <param name="State">ok or stalled.</param>
/// <param name="Since">Since when it is in this state.</param>
public sealed record ComponentBody(string Component, string State, string? Detail, string? BeatenAt, string? Since = null);

public sealed record HealthBody(string Status, IReadOnlyList<ComponentBody> Components);

internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/healthz").WithTags("Health");
        group.MapGet("/live", () => Results.Json(new HealthBody("ok", []))).WithName("Live").WithSummary("The process runs.").Produces<HealthBody>();
        group.MapGet("/ready", ReadyAsync).WithName("Ready")
            .WithSummary("Database, schema and every component of this organisation; 503 while one of them stalls.")
            .Produces<HealthBody>().Produces<HealthBody>(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> ReadyAsync(Migrator migrator, DirectoryStore directory, ApiOptions options, TimeProvider time, CancellationToken ct)
    {
        var components = new List<ComponentBody>();
        try
        {
            var pending = await migrator.PendingAsync(ct);
            components.Add(pending.Count == 0
                ? new ComponentBody("database", "ok", null, null)
                : new ComponentBody("database", "stalled", $"{pending.Count} migrations are missing; run 'bridge migrate'", null));
            if (pending.Count == 0)
                components.AddRange((await directory.HeartbeatsAsync(ct)).Select(beat => Judge(beat, time.GetUtcNow(), options.StaleSeconds)));
        }
        catch (Exception e) when (e is NpgsqlException or MigrationException || DatabaseFault.Of(e) is not null)
        {
            components.Add(new ComponentBody("database", "stalled", e.Message, null));
        }
        var ready = components.All(component => component.State == "ok");
        return Results.Json(new HealthBody(ready ? "ok" : "stalled", components), statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    internal static ComponentBody Judge(Heartbeat beat, DateTimeOffset now, int staleSeconds)
    {
        var silent = now - beat.At > TimeSpan.FromSeconds(staleSeconds);
        var at = Format.Time(beat.At);
        return silent
            ? new ComponentBody(beat.Component, "stalled", $"no sign of life for more than {staleSeconds} s", at, at)
            : new ComponentBody(beat.Component, beat.State, beat.Detail, at, Format.Time(beat.Since));
    }
}

using System.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace Bridge.Api.Problems;

/// <summary>RFC 9457 answers.</summary>
internal static class ProblemResults
{
    public static IResult Result(this ProblemKind kind, HttpContext context, string detail, params (string Key, object? Value)[] extensions)
    {
        if (kind.Retryable) context.Response.Headers.RetryAfter = "2";
        return Results.Problem(Details(kind, context, detail, extensions));
    }

    public static ProblemDetails Details(ProblemKind kind, HttpContext context, string detail, params (string Key, object? Value)[] extensions)
    {
        var problem = new ProblemDetails
        {
            Type = $"/problems/{kind.Code}", Title = kind.Title, Status = kind.Status, Detail = detail, Instance = context.Request.Path,
            Extensions = { ["code"] = kind.Code, ["retryable"] = kind.Retryable, ["traceId"] = Activity.Current?.Id ?? context.TraceIdentifier },
        };
        foreach (var (key, value) in extensions) problem.Extensions[key] = value;
        return problem;
    }

    public static void MapProblems(this IEndpointRouteBuilder app) => app.MapGet("/problems/{code}", (string code, HttpContext context) =>
        ProblemKind.All.FirstOrDefault(kind => kind.Code.Equals(code, StringComparison.OrdinalIgnoreCase)) is { } kind
            ? Results.Json(kind)
            : ProblemKind.NotFound.Result(context, $"There is no problem '{code}'."))
        .WithName("GetProblem").WithTags("Problems").WithSummary("What a problem's code means and what to do about it.").Produces<ProblemKind>();
}

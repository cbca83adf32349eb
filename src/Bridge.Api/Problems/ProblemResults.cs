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
}

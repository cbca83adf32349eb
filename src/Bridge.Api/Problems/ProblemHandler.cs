using Bridge.Store;
using Microsoft.AspNetCore.Diagnostics;
using Npgsql;

namespace Bridge.Api.Problems;

/// <summary>Whatever no endpoint answered: exceptions, unknown paths, wrong methods.</summary>
internal static class ProblemHandler
{
    public static Task WriteAsync(HttpContext context) => context.Features.Get<IExceptionHandlerFeature>()?.Error switch
    {
        BadHttpRequestException bad => (ProblemKind.ValidationFailed with { Status = bad.StatusCode }).Result(context, bad.Message).ExecuteAsync(context),
        PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } => ProblemKind.TooExpensive.Result(context, "It took longer than the database allows.").ExecuteAsync(context),
        { } fault when DatabaseFault.Of(fault) is not null => ProblemKind.Unavailable.Result(context, "The database does not answer.").ExecuteAsync(context),
        _ => ProblemKind.Internal.Result(context, "The error was logged.").ExecuteAsync(context),
    };

    public static Task WriteStatusAsync(StatusCodeContext status)
    {
        var context = status.HttpContext;
        var (kind, detail) = context.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => (ProblemKind.NotFound, $"{context.Request.Path} is not served."),
            StatusCodes.Status405MethodNotAllowed => (ProblemKind.ValidationFailed, $"{context.Request.Path} does not take {context.Request.Method}."),
            StatusCodes.Status415UnsupportedMediaType => (JsonBody.WrongType, JsonBody.WrongTypeDetail),
            _ => (ProblemKind.ValidationFailed, "A parameter or the body cannot be read."),
        };
        return (kind with { Status = context.Response.StatusCode }).Result(context, detail).ExecuteAsync(context);
    }
}

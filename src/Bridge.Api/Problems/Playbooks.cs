using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace Bridge.Api.Problems;

/// <summary>The pages to which a problem's type leads, for people and for programs, and the same for language models as one text.</summary>
internal static class Playbooks
{
    private const string Style = "body{font:1rem/1.5 system-ui,sans-serif;max-width:44rem;margin:3rem auto;padding:0 1rem;color-scheme:light dark}code{font-size:.95em}";

    public static void MapPlaybooks(this IEndpointRouteBuilder app)
    {
        app.MapGet("/problems/{code}", Get).WithName("GetProblem").WithTags("Problems")
            .WithSummary("What a problem's code means and what to do about it.").Produces<ProblemKind>().ProducesProblem(404);
        app.MapGet("/problems", () => Results.Json(ProblemKind.All)).WithName("ListProblems").WithTags("Problems")
            .WithSummary("Every code that an answer can carry.").Produces<IReadOnlyList<ProblemKind>>();
        app.MapGet("/llms.txt", () => Results.Text(LlmsText(), "text/plain; charset=utf-8")).ExcludeFromDescription();
    }

    private static IResult Get(string code, HttpContext context)
    {
        if (ProblemKind.All.FirstOrDefault(known => known.Code.Equals(code, StringComparison.OrdinalIgnoreCase)) is not { } kind)
            return ProblemKind.NotFound.Result(context, "There is no such problem. GET /problems lists them all.");
        context.Response.Headers.Vary = HeaderNames.Accept;
        return PrefersPage(context.Request) ? Results.Content(Page(kind), "text/html; charset=utf-8") : Results.Json(kind);
    }

    private static bool PrefersPage(HttpRequest request) =>
        request.GetTypedHeaders().Accept.OrderByDescending(accepted => accepted.Quality ?? 1).FirstOrDefault()?.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase) == true;

    private static string Page(ProblemKind kind) =>
        $"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{Text(kind.Title)}</title><style>{Style}</style></head>
        <body><main><h1>{Text(kind.Title)}</h1>
        <p><code>{Text(kind.Code)}</code>, HTTP status {kind.Status.ToString(CultureInfo.InvariantCulture)}. {(kind.Retryable ? "Trying again later may help." : "Trying again unchanged gives the same answer.")}</p>
        <p>{Text(kind.Playbook)}</p>
        <p><a href="/openapi/v1.json">Description of the API</a> · <a href="/llms.txt">All problems as text</a></p></main></body></html>
        """;

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string LlmsText()
    {
        var text = new StringBuilder(
            """
            # Bridge API

            > Moves tokens between EVM chains. All reads of on-chain facts are public and need no key. Chains are CAIP-2 (eip155:8453) or plain numbers, amounts are decimal strings in base units, times are UTC.

            ## Where to start
            - [Description](/openapi/v1.json): OpenAPI 3.1 with an example on every operation.
            - GET /v1/lanes: what can be sent where, limits, headroom, least fees, and how long it takes.
            - GET /v1/transfers/{id}: one transfer by its id or by its transaction on either chain; `reason` says why it waits, `nextAction` what can be done and with which transaction.
            - GET /v1/transfers/{id}/attestation: the validators' signatures and `executeCall`, with which anybody finishes a transfer.
            - GET /v1/transfers/{id}/events and GET /v1/stream: with Accept: text/event-stream they follow what happens; Last-Event-ID resumes.
            - GET /v1/audit/log/checkpoint: the signed size and root of the audit log (C2SP tlog-tiles at /v1/audit/log/tile); GET /v1/audit/log/proof/{id} proves what it tells of a transfer.
            - GET /v1/search?q=: what a hash, an address or an identifier is.

            ## Errors
            Every error is application/problem+json with a stable `code`. A 404 TRANSFER_NOT_INDEXED may mean "not yet": compare `indexedTo` with the block of the transaction.


            """);
        foreach (var kind in ProblemKind.All)
            text.Append(CultureInfo.InvariantCulture, $"### {kind.Code} ({kind.Status}{(kind.Retryable ? ", retry later" : "")})\n{kind.Title}. {kind.Playbook}\n\n");
        return text.ToString();
    }
}

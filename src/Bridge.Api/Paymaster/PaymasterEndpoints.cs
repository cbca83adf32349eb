using System.Text.Json;
using Bridge.Api.Keys;
using Bridge.Api.Problems;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Bridge.Api.Paymaster;

/// <summary>ERC-7677: a paymaster service as wallets ask it.</summary>
internal static class PaymasterEndpoints
{
    private const string Stub = "pm_getPaymasterStubData";
    private const string Data = "pm_getPaymasterData";

    private const int CannotParse = -32700;
    private const int NoRequest = -32600;
    private const int NoMethod = -32601;
    private const int BadParameters = -32602;

    public static IServiceCollection AddPaymaster(this IServiceCollection services) => services.AddSingleton<PaymasterDesk>();

    public static void MapPaymaster(this IEndpointRouteBuilder app) => app.MapPost("/v1/paymaster", PostAsync).WithName("AskPaymaster").WithTags("Paymaster")
        .WithSummary("Pays for the gas of an ERC-4337 account that sends a transfer (ERC-7677).")
        .WithDescription("JSON-RPC 2.0: pm_getPaymasterStubData and pm_getPaymasterData, one request at a time, for EntryPoint 0.8. Paid for are execute and executeBatch of approvals of the Bridge and its send and sendCall, by accounts that have what they send, within a budget of each account and of all. An approval holds ten minutes at most. Errors say what to do; moving nothing, it needs no Idempotency-Key.")
        .Accepts<RpcRequestBody>("application/json").Produces<RpcAnswerBody>().ProducesProblem(401).ProducesProblem(415).ProducesProblem(429);

    private static async Task<IResult> PostAsync(HttpContext context, Callers callers, PaymasterDesk desk, IOptions<JsonOptions> json, CancellationToken ct)
    {
        var (caller, refusal) = await callers.FindAsync(context, ct);
        if (refusal is not null) return refusal;
        if (!context.Request.HasJsonContentType()) return JsonBody.WrongType.Result(context, JsonBody.WrongTypeDetail);
        context.Response.Headers.CacheControl = "no-store";
        var (request, fault) = Parse(await JsonBody.BytesAsync(context.Request, ct), json.Value.SerializerOptions);
        if (request is null) return Results.Json(new RpcAnswerBody("2.0", JsonSerializer.SerializeToElement<object?>(null), Error: fault));
        var (data, error) = await AnswerAsync(request, caller!, desk, ct);
        return Results.Json(new RpcAnswerBody("2.0", request.Id, data, error));
    }

    private static (RpcRequestBody?, RpcErrorBody?) Parse(byte[] bytes, JsonSerializerOptions json)
    {
        var (body, fault) = JsonBody.Parse<RpcRequestBody>(bytes, json);
        if (body is null) return (null, new RpcErrorBody(CannotParse, fault!));
        return body is { Jsonrpc: "2.0", Method: not null, Id.ValueKind: JsonValueKind.String or JsonValueKind.Number }
            ? (body, null)
            : (null, new RpcErrorBody(NoRequest, "Expected one request with jsonrpc \"2.0\", an id, a method and params."));
    }

    private static async Task<(PaymasterDataBody?, RpcErrorBody?)> AnswerAsync(RpcRequestBody request, Caller caller, PaymasterDesk desk, CancellationToken ct)
    {
        if (request.Method is not (Stub or Data)) return (null, new RpcErrorBody(NoMethod, $"There is no method {request.Method}; there are {Stub} and {Data}."));
        try
        {
            var (operation, entryPoint, chain) = OperationReader.Read(request.Params, request.Method is Stub);
            return await desk.AskAsync(operation, entryPoint, chain, request.Method is Stub, caller.Principal, ct);
        }
        catch (BadParameterException e)
        {
            return (null, new RpcErrorBody(BadParameters, e.Message));
        }
    }
}

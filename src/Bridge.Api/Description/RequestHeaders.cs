using Bridge.Api.Idempotency;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Bridge.Api.Description;

/// <summary>The headers that operations understand, and which operations need a key.</summary>
internal static class RequestHeaders
{
    private const string Scheme = "apiKey";

    private static readonly ParameterText IdempotencyKey = new(
        Idempotent.Header, "1 to 255 visible ASCII characters, fresh for each thing that shall be done and the same when it is asked for again.",
        "6f1f9a3e-6f0c-4d5e-9a53-0f3c8f7a9b11", In: ParameterLocation.Header, Required: true);

    private static readonly ParameterText KnownTag = new("If-None-Match", "The ETag of an answer before: 304 while it is the same.", "\"3f2a9c\"", In: ParameterLocation.Header);
    private static readonly ParameterText Prefer = new("Prefer", "wait=N with If-None-Match: the answer comes when it differs, or after N seconds, at most 30.", "wait=25", In: ParameterLocation.Header);

    /// <summary>What these do once is harmless to do twice.</summary>
    private static readonly string[] WithoutKey = ["CreateQuote", "OfferAttestation", "AskPaymaster", "CosignLog"];

    public static Task AddAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        var name = operation.OperationId ?? "";
        if (context.Description.HttpMethod == HttpMethods.Post && !WithoutKey.Contains(name)) ParameterText.Add(operation, [IdempotencyKey]);
        if (name is "GetTransfer" or "GetIntent") ParameterText.Add(operation, [KnownTag]);
        if (name is "GetTransfer") ParameterText.Add(operation, [Prefer]);
        if (operation.Responses?.ContainsKey("401") == true) operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [] }];
        return Task.CompletedTask;
    }

    public static Task AddSchemeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken ct)
    {
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A key of 'bridge api-keys create'. Reading needs none." },
        };
        return Task.CompletedTask;
    }
}

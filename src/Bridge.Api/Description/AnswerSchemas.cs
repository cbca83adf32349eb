using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Bridge.Api.Description;

/// <summary>
/// Describes answers as they are written: what is null is left out, and numbers are numbers. The framework describes what could be read, which
/// holds for requests alone.
/// </summary>
internal static class AnswerSchemas
{
    private const string Problem = "ProblemDetails";

    public static Task MendAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken ct)
    {
        var schemas = document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>();
        var sent = new HashSet<string>();
        foreach (var operation in document.Paths.Values.SelectMany(path => path.Operations?.Values ?? Enumerable.Empty<OpenApiOperation>()))
            foreach (var media in operation.RequestBody?.Content?.Values ?? Enumerable.Empty<OpenApiMediaType>()) Collect(media.Schema, schemas, sent);
        foreach (var (_, schema) in schemas.Where(entry => !sent.Contains(entry.Key)))
            if (schema is OpenApiSchema answer) Mend(answer);
        if (schemas.TryGetValue(Problem, out var problem)) Extend((OpenApiSchema)problem);
        return Task.CompletedTask;
    }

    private static void Mend(OpenApiSchema schema)
    {
        foreach (var (name, property) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
        {
            if (property.Type?.HasFlag(JsonSchemaType.Null) == true || property.OneOf?.Any(one => one.Type is JsonSchemaType.Null) == true) schema.Required?.Remove(name);
            if (property is OpenApiSchema { Type: { } type } number && (type & (JsonSchemaType.Integer | JsonSchemaType.Number)) != 0) (number.Type, number.Pattern) = (type & ~JsonSchemaType.String, null);
        }
    }

    /// <summary>RFC 9457's members are there already; these are ours.</summary>
    private static void Extend(OpenApiSchema problem)
    {
        problem.AdditionalPropertiesAllowed = true;
        problem.Required = new HashSet<string> { "type", "title", "status", "detail", "instance", "code", "retryable", "traceId" };
        problem.Properties!["code"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Stable; GET /problems lists all." };
        problem.Properties["retryable"] = new OpenApiSchema { Type = JsonSchemaType.Boolean, Description = "Whether the same request may succeed later." };
        problem.Properties["traceId"] = new OpenApiSchema { Type = JsonSchemaType.String };
        problem.Properties["retryAfterSeconds"] = new OpenApiSchema { Type = JsonSchemaType.Integer | JsonSchemaType.Null, Format = "int32", Description = "As in the header Retry-After." };
        problem.Properties["errors"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object | JsonSchemaType.Null, Description = "By field or parameter, what is wrong with it.",
            AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
        };
        foreach (var name in new[] { "type", "title", "status", "detail", "instance" })
            if (problem.Properties[name] is OpenApiSchema { Type: { } type } known) known.Type = type & ~JsonSchemaType.Null;
    }

    private static void Collect(IOpenApiSchema? schema, IDictionary<string, IOpenApiSchema> schemas, HashSet<string> found)
    {
        if (schema is OpenApiSchemaReference { Reference.Id: { } id })
        {
            if (found.Add(id) && schemas.TryGetValue(id, out var named)) Collect(named, schemas, found);
            return;
        }
        foreach (var inner in (schema?.Properties?.Values ?? Enumerable.Empty<IOpenApiSchema>()).Concat(schema?.OneOf ?? []).Append(schema?.Items)) if (inner is not null) Collect(inner, schemas, found);
    }
}

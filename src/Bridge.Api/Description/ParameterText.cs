using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Bridge.Api.Description;

/// <summary>A parameter of a query or a header that is read by hand, so that each error can name its own, as the published description names it.</summary>
/// <param name="Type">How the text is to be read.</param>
internal sealed record ParameterText(string Name, string Description, string Example, JsonSchemaType Type = JsonSchemaType.String, ParameterLocation In = ParameterLocation.Query, bool Required = false)
{
    public OpenApiParameter ToParameter() => new()
    {
        Name = Name, In = In, Description = Description, Required = Required, Schema = new OpenApiSchema { Type = Type },
        Example = Type is JsonSchemaType.Integer ? JsonValue.Create(int.Parse(Example, System.Globalization.CultureInfo.InvariantCulture)) : JsonValue.Create(Example),
    };

    public static void Add(OpenApiOperation operation, IEnumerable<ParameterText> parameters)
    {
        operation.Parameters ??= [];
        foreach (var parameter in parameters) operation.Parameters.Add(parameter.ToParameter());
    }
}

using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bridge.SystemTests.Client;

/// <summary>Compares the client with the description of the API: operations with methods, schemas with types, in both directions.</summary>
internal sealed class DescriptionComparison(JsonElement description)
{
    private static readonly NullabilityInfoContext Nullability = new();

    private readonly List<string> _differences = [];
    private readonly HashSet<(Type, string)> _seen = [];

    /// <summary>Each in words; none where the client is what the description says.</summary>
    public static IReadOnlyList<string> Differences(JsonElement description, Type client)
    {
        var comparison = new DescriptionComparison(description);
        foreach (var (id, operation) in Operations(description)) comparison.Operation(id, operation, client);
        comparison.Schema("every error", typeof(Bridge.Client.Problem), comparison.Named("ProblemDetails"));
        return comparison._differences;
    }

    public static IEnumerable<(string Id, JsonElement Operation)> Operations(JsonElement description) =>
        from path in description.GetProperty("paths").EnumerateObject() from operation in path.Value.EnumerateObject() select (operation.Value.GetProperty("operationId").GetString()!, operation.Value);

    public static MethodInfo? Method(Type client, string operationId) => client.GetMethod(operationId + "Async");

    private void Operation(string id, JsonElement operation, Type client)
    {
        if (Method(client, id) is not { } method)
        {
            _differences.Add($"{id}: there is no method {id}Async");
            return;
        }
        if (operation.TryGetProperty("requestBody", out var request)) Schema($"{id} sends", Sent(method), Content(request, "application/json")!.Value);
        foreach (var response in operation.GetProperty("responses").EnumerateObject().Where(response => response.Name.StartsWith('2')))
        {
            var answer = method.ReturnType.IsGenericType ? method.ReturnType.GetGenericArguments()[0] : typeof(void);
            if ((Content(response.Value, "application/json") ?? Content(response.Value, "text/event-stream")) is { } schema) Schema($"{id} answers", answer, schema);
            else if (answer != typeof(void)) _differences.Add($"{id}: {response.Name} has no body, and the method returns {answer.Name}");
        }
    }

    /// <summary>What a method takes beside texts: of those the path is made.</summary>
    private static Type Sent(MethodInfo method) => method.GetParameters().First(parameter => parameter.ParameterType != typeof(string)).ParameterType;

    private static JsonElement? Content(JsonElement body, string type) =>
        body.TryGetProperty("content", out var content) && content.TryGetProperty(type, out var media) ? media.GetProperty("schema") : null;

    private JsonElement Named(string name) => description.GetProperty("components").GetProperty("schemas").GetProperty(name);

    private void Schema(string at, Type type, JsonElement schema)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (schema.TryGetProperty("oneOf", out var oneOf)) schema = oneOf.EnumerateArray().Single(one => one.TryGetProperty("$ref", out _));
        if (schema.TryGetProperty("$ref", out var reference))
        {
            var name = reference.GetString()!.Split('/')[^1];
            if (_seen.Add((type, name))) Schema(at, type, Named(name));
            return;
        }
        if (schema.TryGetProperty("properties", out var properties)) Members(at, type, schema, properties);
        else if (schema.TryGetProperty("items", out var items)) Inside(at, type, typeof(IReadOnlyList<>), 0, items);
        else if (schema.TryGetProperty("additionalProperties", out var values) && values.ValueKind is JsonValueKind.Object) Inside(at, type, typeof(IReadOnlyDictionary<,>), 1, values);
        else if (type == typeof(JsonElement) && !schema.TryGetProperty("type", out _)) return; // anything
        else if (!Types(schema).Any(name => Fits(type, name))) _differences.Add($"{at}: {schema.GetProperty("type")} is no {type.Name}");
    }

    private void Inside(string at, Type type, Type generic, int argument, JsonElement schema)
    {
        if (type.IsGenericType && type.GetGenericTypeDefinition() == generic) Schema(at, type.GetGenericArguments()[argument], schema);
        else _differences.Add($"{at}: {type.Name} is no {generic.Name}");
    }

    private void Members(string at, Type type, JsonElement schema, JsonElement properties)
    {
        var members = type.GetProperties().Where(member => member.CanWrite && member.GetCustomAttribute<JsonIgnoreAttribute>() is null && member.GetCustomAttribute<JsonExtensionDataAttribute>() is null)
            .ToDictionary(member => member.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(member.Name));
        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()!).ToHashSet() : [];
        foreach (var missing in members.Keys.Where(name => !properties.TryGetProperty(name, out _))) _differences.Add($"{at}: {type.Name} has {missing}, which the description lacks");
        foreach (var property in properties.EnumerateObject())
        {
            if (!members.TryGetValue(property.Name, out var member))
            {
                _differences.Add($"{at}: {type.Name} lacks {property.Name}");
                continue;
            }
            if (MayBeNull(member) == required.Contains(property.Name)) _differences.Add($"{at}: {type.Name}.{member.Name} {(MayBeNull(member) ? "may be null and is always there" : "may be left out and is never null")}");
            Schema($"{at} {type.Name}.{member.Name}", member.PropertyType, property.Value);
        }
    }

    private static bool MayBeNull(PropertyInfo member) => Nullability.Create(member).ReadState is NullabilityState.Nullable;

    private static IEnumerable<string> Types(JsonElement schema) => schema.GetProperty("type") is { ValueKind: JsonValueKind.Array } several
        ? several.EnumerateArray().Select(name => name.GetString()!)
        : [schema.GetProperty("type").GetString()!];

    private static bool Fits(Type type, string name) => name switch
    {
        "string" => type == typeof(string) || type == typeof(UInt128) || type == typeof(ulong) || type == typeof(DateTimeOffset),
        "integer" => type == typeof(int) || type == typeof(long) || type == typeof(ulong),
        "number" => type == typeof(double),
        "boolean" => type == typeof(bool),
        "object" => type == typeof(IReadOnlyDictionary<string, JsonElement>),
        _ => false,
    };
}

using System.Text.Json;

namespace Bridge.Evm;

/// <summary>The struct types of typed data.</summary>
internal sealed class TypedDataTypes
{
    private readonly Dictionary<string, (string Name, string Type)[]> _fields = [];

    /// <exception cref="FormatException">Not an object of lists of name and type, or a member named twice.</exception>
    public static TypedDataTypes Parse(JsonElement json)
    {
        if (json.ValueKind is not JsonValueKind.Object) throw new FormatException("The types must be a JSON object.");
        var types = new TypedDataTypes();
        foreach (var type in json.EnumerateObject())
        {
            if (type.Value.ValueKind is not JsonValueKind.Array) throw new FormatException($"The members of {type.Name} must be a JSON array.");
            types.Add(type.Name, [.. type.Value.EnumerateArray().Select(field =>
                (TypedDataValue.Text("string", TypedDataValue.Member(field, "name")), TypedDataValue.Text("string", TypedDataValue.Member(field, "type"))))]);
        }
        return types;
    }

    public void Add(string type, (string Name, string Type)[] fields)
    {
        if (fields.GroupBy(f => f.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new FormatException($"{type} has two members named '{twice.Key}'.");
        if (!_fields.TryAdd(type, fields)) throw new FormatException($"The type {type} is defined twice.");
    }

    public bool Contains(string type) => _fields.ContainsKey(type);

    public (string Name, string Type)[] Fields(string type) =>
        _fields.TryGetValue(type, out var fields) ? fields : throw new FormatException($"The type '{type}' is not defined.");

    /// <summary>encodeType: the type itself, then every struct it refers to, sorted by name.</summary>
    public string Encode(string type)
    {
        var referenced = new SortedSet<string>(StringComparer.Ordinal);
        Collect(type, referenced);
        referenced.Remove(type);
        return string.Concat(referenced.Prepend(type).Select(name =>
            $"{name}({string.Join(',', Fields(name).Select(field => $"{field.Type} {field.Name}"))})"));
    }

    private void Collect(string type, SortedSet<string> found)
    {
        if (!found.Add(type)) return;
        foreach (var (_, fieldType) in Fields(type))
        {
            var element = fieldType.Split('[')[0];
            if (Contains(element)) Collect(element, found);
        }
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Npgsql;

namespace Bridge.Relayer.Configuration;

/// <summary>The configuration in force, without its secrets, and the form that a file of it has.</summary>
internal static class Description
{
    private const string Hidden = "***";

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { WithoutDerived } } };

    /// <summary>Every key with its value, defaults too.</summary>
    public static string Effective(BridgeOptions options) => new JsonObject { [ConfigurationLoader.Section] = Redacted(options) }.ToJsonString(Json);

    /// <summary>With its secrets, to be compared and never shown.</summary>
    public static JsonNode Plain(BridgeOptions options) => JsonSerializer.SerializeToNode(options, Json)!;

    /// <summary>The same without its secrets.</summary>
    public static JsonNode Redacted(BridgeOptions options)
    {
        var node = Plain(options);
        node[nameof(options.Database)] = Database(options.Database);
        node[nameof(options.Bus)]![nameof(BusOptions.RabbitMq)] = Url(options.Bus.RabbitMq);
        node[nameof(options.Tracing)]![nameof(TracingOptions.Endpoint)] = Url(options.Tracing.Endpoint);
        foreach (var (name, chain) in options.Chains)
        {
            node[nameof(options.Chains)]![name]![nameof(ChainOptions.Endpoints)] = Urls(chain.Endpoints);
            node[nameof(options.Chains)]![name]![nameof(ChainOptions.Heads)] = Url(chain.Heads);
        }
        foreach (var (name, urls) in options.Audit.Endpoints) node[nameof(options.Audit)]![nameof(AuditOptions.Endpoints)]![name] = Urls(urls);
        node[nameof(options.Attester)]![nameof(AttesterOptions.Relayers)] = Urls(options.Attester.Relayers);
        foreach (var (name, log) in options.Log.Watched) node[nameof(options.Log)]![nameof(LogOptions.Watched)]![name]![nameof(WitnessedLogOptions.Url)] = Url(log.Url);
        HidePasswords(node);
        return node;
    }

    /// <summary>JSON Schema 2020-12 of a configuration file: no key but these, each of this type. What the values mean is in appsettings.json.</summary>
    public static string Schema()
    {
        var bridge = Json.GetJsonSchemaAsNode(typeof(BridgeOptions), new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = (_, node) => Closed(node) });
        return new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["title"] = "Configuration of a bridge node", ["type"] = "object",
            ["properties"] = new JsonObject { [ConfigurationLoader.Section] = bridge, ["Logging"] = new JsonObject { ["type"] = "object" } },
        }.ToJsonString(Json);
    }

    /// <summary>What follows from other keys is no key.</summary>
    private static void WithoutDerived(JsonTypeInfo type)
    {
        foreach (var derived in type.Properties.Where(property => property.Set is null).ToList()) type.Properties.Remove(derived);
    }

    private static JsonNode Closed(JsonNode node)
    {
        if (node is JsonObject schema && schema.ContainsKey("properties")) schema["additionalProperties"] = false;
        return node;
    }

    private static string Database(string text)
    {
        try
        {
            var connection = new NpgsqlConnectionStringBuilder(text);
            if (connection.Password is { Length: > 0 }) connection.Password = Hidden;
            return connection.ConnectionString;
        }
        catch (ArgumentException)
        {
            return text.Length == 0 ? "" : Hidden;
        }
    }

    private static JsonArray Urls(IEnumerable<string> urls) => new([.. urls.Select(url => (JsonNode)Url(url))]);

    /// <summary>Providers put their key into the path, the query or the user: all that is shown is whom it leads to.</summary>
    private static string Url(string text)
    {
        if (text.Length == 0) return "";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url)) return Hidden;
        var path = url.PathAndQuery is "/" or "" ? "" : $"/{Hidden}";
        return $"{url.Scheme}://{(url.UserInfo.Length > 0 ? $"{Hidden}@" : "")}{url.Authority}{path}";
    }

    private static void HidePasswords(JsonNode? node)
    {
        if (node is not JsonObject section) return;
        foreach (var (key, value) in section.ToList())
        {
            if (key == nameof(KeyOptions.Password) && value is JsonValue password && password.GetValue<string>().Length > 0) section[key] = Hidden;
            else if (key == nameof(SignerOptions.Use) && value is JsonValue use && use.GetValue<string>() is var text && text.StartsWith("https:", StringComparison.Ordinal)) section[key] = Url(text);
            else HidePasswords(value);
        }
    }
}

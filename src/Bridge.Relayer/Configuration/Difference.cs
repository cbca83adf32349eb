using System.Text.Json.Nodes;

namespace Bridge.Relayer.Configuration;

/// <summary>A key whose value differs, without secrets; null where there is no such key.</summary>
internal sealed record Difference(string Key, string? Before, string? After)
{
    /// <summary>In the order of the keys. A list is one value.</summary>
    public static IReadOnlyList<Difference> Between(BridgeOptions before, BridgeOptions after)
    {
        var (old, now) = (Flat(Description.Plain(before)), Flat(Description.Plain(after)));
        var (oldShown, nowShown) = (Flat(Description.Redacted(before)), Flat(Description.Redacted(after)));
        return [.. old.Keys.Union(now.Keys).Order(StringComparer.Ordinal)
            .Where(key => old.GetValueOrDefault(key) != now.GetValueOrDefault(key))
            .Select(key => new Difference($"{ConfigurationLoader.Section}:{key}", oldShown.GetValueOrDefault(key), nowShown.GetValueOrDefault(key)))];
    }

    private static Dictionary<string, string> Flat(JsonNode node) => Leaves(node, "").ToDictionary(leaf => leaf.Key, leaf => leaf.Value);

    private static IEnumerable<(string Key, string Value)> Leaves(JsonNode? node, string key) => node is JsonObject section
        ? section.SelectMany(member => Leaves(member.Value, key.Length == 0 ? member.Key : $"{key}:{member.Key}"))
        : [(key, node?.ToJsonString() ?? "null")];
}

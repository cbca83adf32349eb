using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Bridge.Core;

/// <summary>What a leaf of the audit log tells: that a row came, changed or went. Its text is canonical JSON, and its hash is the leaf.</summary>
/// <param name="At">When the row changed.</param>
/// <param name="Kind">The row's table.</param>
/// <param name="Key">By which its row is found there.</param>
/// <param name="Change">"insert", "update" or "delete".</param>
/// <param name="Row">What the row said then; before it went, where it went.</param>
/// <param name="Supersedes">The leaf that told of the row before, where this one corrects it.</param>
public sealed record AuditEntry(DateTimeOffset At, string Kind, string Key, string Change, JsonElement Row, ulong? Supersedes)
{
    /// <summary>One form only, so equal entries have equal leaves.</summary>
    public string Text()
    {
        var entry = new Dictionary<string, object?>
        {
            ["at"] = Timestamp.Format(At), ["change"] = Change, ["key"] = Key, ["kind"] = Kind, ["row"] = Row,
        };
        if (Supersedes is { } leaf) entry["supersedes"] = leaf.ToString(CultureInfo.InvariantCulture);
        return CanonicalJson.Write(JsonSerializer.SerializeToElement(entry));
    }

    public static Hash32 LeafOf(string text) => MerkleHash.Leaf(Encoding.UTF8.GetBytes(text));

    /// <exception cref="FormatException">Not an entry in its one form.</exception>
    public static AuditEntry Parse(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var entry = json.RootElement;
            var read = new AuditEntry(
                Timestamp.Parse(Member("at")), Member("kind"), Member("key"), Member("change"),
                entry.GetProperty("row").Clone(), entry.TryGetProperty("supersedes", out var leaf) ? ulong.Parse(leaf.GetString()!, NumberStyles.None, CultureInfo.InvariantCulture) : null);
            return read.Text() == text ? read : throw new FormatException("An entry has one form only, and this is another.");

            string Member(string name) => entry.GetProperty(name).GetString()!;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentNullException or OverflowException)
        {
            throw new FormatException("Not an entry of an audit log.", e);
        }
    }

    /// <summary>A member of the row that is a text; null where it has none.</summary>
    public string? Value(string name) => Row.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}

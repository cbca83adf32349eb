using System.Globalization;
using System.Text;
using System.Text.Json;
using Bridge.Core;
using Bridge.Store;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Bridge.Relayer.Logging;

/// <summary>What every line of this process carries.</summary>
public sealed class JsonLineOptions : ConsoleFormatterOptions
{
    /// <summary>This process's roles, joined by plus signs.</summary>
    public string Role { get; set; } = "";
}

/// <summary>
/// One JSON object a line: ts, level, role, event, message, and what the message is about under names that begin in lower case, such as lane, sequence and
/// messageId; with a messageId also the traceId of its trace. For people and their search; programs read the metrics and the API, and these names may change.
/// </summary>
public sealed class JsonLineFormatter(IOptions<JsonLineOptions> options) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "bridge";

    private const string Template = "{OriginalFormat}";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("ts", DateTimeOffset.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture));
            json.WriteString("level", logEntry.LogLevel.ToString());
            json.WriteString("role", options.Value.Role);
            json.WriteString("event", logEntry.Category);
            json.WriteString("message", logEntry.Formatter?.Invoke(logEntry.State, logEntry.Exception));
            if (logEntry.State is IEnumerable<KeyValuePair<string, object?>> about) WriteState(json, about);
            if (logEntry.Exception is { } exception) json.WriteString("exception", exception.ToString());
            json.WriteEndObject();
        }
        textWriter.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    private static void WriteState(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, object?>> about)
    {
        foreach (var (name, value) in about.Where(pair => pair.Key != Template && pair.Key.Length > 0).DistinctBy(pair => pair.Key))
        {
            json.WriteString(char.ToLowerInvariant(name[0]) + name[1..], Convert.ToString(value, CultureInfo.InvariantCulture));
            if (name == "MessageId" && value is Hash32 id) json.WriteString("traceId", TransferTrace.IdOf(id).ToHexString());
        }
    }
}

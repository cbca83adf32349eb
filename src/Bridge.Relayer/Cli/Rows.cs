using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Spectre.Console;

namespace Bridge.Relayer.Cli;

/// <summary>Prints records that are alike: a table for people, or one JSON object a line. Names are those of the record's properties.</summary>
internal static class Rows
{
    public static System.CommandLine.Option<bool> Json() => new("--json") { Description = "Print one JSON object a line." };

    public static void Print<T>(IEnumerable<T> rows, bool json)
    {
        var columns = typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance);
        if (json)
        {
            foreach (var row in rows) Console.WriteLine(JsonSerializer.Serialize(columns.ToDictionary(column => Camel(column.Name), column => Value(column.GetValue(row)))));
            return;
        }
        var table = new Table().Border(TableBorder.Rounded).AddColumns([.. columns.Select(column => Camel(column.Name))]);
        foreach (var row in rows) table.AddRow([.. columns.Select(column => Markup.Escape(Text(column.GetValue(row))))]);
        AnsiConsole.Write(table);
    }

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    /// <summary>Numbers that JSON holds stay numbers; what it cannot hold comes as text.</summary>
    private static object? Value(object? value) => value switch
    {
        null => null,
        bool or int or long or double => value,
        string text => text,
        IEnumerable list => list.Cast<object?>().Select(Value).ToList(),
        _ => Text(value),
    };

    private static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        double number => number.ToString("0.###", CultureInfo.InvariantCulture),
        IEnumerable list => string.Join(", ", list.Cast<object?>().Select(Text)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}

using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Relayer.Configuration;
using Microsoft.Extensions.Logging;

namespace Bridge.Relayer.Cli;

/// <summary>How much a running node says: it is written into its configuration file, which the node reads again within seconds.</summary>
internal static class LogCommand
{
    public static Command Create() => new("log", "What nodes write to standard output.") { SetLevel() };

    private static Command SetLevel()
    {
        var level = new Argument<LogLevel>("level") { Description = string.Join(", ", Enum.GetNames<LogLevel>()) };
        var category = new Option<string>("--category") { Description = "Of what begins with this, such as Bridge.Relayer.Watch. Default: of everything.", DefaultValueFactory = _ => "Default" };
        var config = new Option<string>("--config", "-c") { Required = true, Description = "The configuration file of the node, with no comments in it: they would be lost." };
        return new Command("set-level", "Sets how much a node logs, without starting it again.") { level, category, config }.Does((parsed, _) =>
        {
            var file = parsed.GetValue(config)!;
            var root = Read(file);
            var section = Section(root, LogLevels.Section);
            Section(section, "LogLevel")[parsed.GetValue(category)!] = parsed.GetValue(level).ToString();
            Replace(file, root.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n");
            Console.WriteLine($"{parsed.GetValue(category)} is logged from {parsed.GetValue(level)} on, by {file}.");
            return Task.FromResult(0);
        });
    }

    private static JsonObject Read(string file)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(file)) as JsonObject ?? throw new UserException($"--config: '{file}' is not a JSON object.");
        }
        catch (JsonException)
        {
            throw new UserException($"--config: '{file}' has comments, or is not JSON. Set Logging:LogLevel in it by hand; the node reads it again when it is saved.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"--config: '{file}' cannot be read: {e.Message}");
        }
    }

    private static JsonObject Section(JsonObject parent, string name)
    {
        if (parent[name] is JsonObject section) return section;
        var made = new JsonObject();
        parent[name] = made;
        return made;
    }

    /// <summary>In one step: no node reads half of it.</summary>
    private static void Replace(string file, string text)
    {
        var beside = file + ".new";
        try
        {
            File.Copy(file, beside, overwrite: true); // For its mode.
            File.WriteAllText(beside, text);
            File.Move(beside, file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"--config: '{file}' cannot be written: {e.Message}");
        }
    }
}

using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Bridge.Relayer.Cli;

/// <summary>Which build this is, for whoever is asked about it.</summary>
internal static class VersionCommand
{
    /// <summary>As bridge_build_info has it.</summary>
    public static string Version => typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public static Command Create()
    {
        var json = Common.Json();
        return new Command("version", "Prints the version, and what it runs on.") { json }.Does((parsed, _) =>
        {
            var (runtime, system) = (RuntimeInformation.FrameworkDescription, RuntimeInformation.RuntimeIdentifier);
            if (parsed.GetValue(json)) Common.PrintJson(new { version = Version, runtime, system });
            else Console.WriteLine($"bridge {Version} ({runtime}, {system})");
            return Task.FromResult(0);
        });
    }
}

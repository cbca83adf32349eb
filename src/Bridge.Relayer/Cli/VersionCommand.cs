using System.CommandLine;
using System.Runtime.InteropServices;
using Bridge.Relayer.Hosting;

namespace Bridge.Relayer.Cli;

/// <summary>Which build this is, for whoever is asked about it.</summary>
internal static class VersionCommand
{
    public static Command Create()
    {
        var json = Common.Json();
        return new Command("version", "Prints the version, and what it runs on.") { json }.Does((parsed, _) =>
        {
            var (runtime, system) = (RuntimeInformation.FrameworkDescription, RuntimeInformation.RuntimeIdentifier);
            if (parsed.GetValue(json)) Common.PrintJson(new { version = Build.Version, runtime, system });
            else Console.WriteLine($"bridge {Build.Version} ({runtime}, {system})");
            return Task.FromResult(0);
        });
    }
}

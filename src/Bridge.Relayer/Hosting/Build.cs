using System.Reflection;

namespace Bridge.Relayer.Hosting;

/// <summary>Which build of the program this is.</summary>
internal static class Build
{
    public static string Version { get; } = typeof(Build).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}

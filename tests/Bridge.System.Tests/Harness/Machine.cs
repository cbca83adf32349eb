using System.Runtime.CompilerServices;

namespace Bridge.SystemTests.Harness;

/// <summary>What ops/with-services gives to the tests.</summary>
internal static class Machine
{
    public static string Postgres => Given("BRIDGE_TEST_POSTGRES");
    public static string RabbitMq => Given("BRIDGE_TEST_RABBITMQ");
    public static string Anvil => Given("BRIDGE_ANVIL");
    public static string Cast => Given("BRIDGE_CAST");
    public static string Contracts => Given("BRIDGE_CONTRACTS");

    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", ".."));

    /// <summary>The executable of a project, built in the same configuration as these tests.</summary>
    public static string Assembly(string project, string name)
    {
        var built = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(Root, "src", project, "bin", built.Parent!.Name, built.Name, name + ".dll");
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;

    private static string Given(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
        ? value
        : throw new InvalidOperationException($"{name} is not set. Run the tests through ops/with-services, which starts what they need.");
}

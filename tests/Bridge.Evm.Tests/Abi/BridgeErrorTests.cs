using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Bridge.Evm.Tests;

public sealed partial class BridgeErrorTests
{
    [Fact]
    public void Every_error_that_the_contracts_declare_is_known_by_name()
    {
        var declared = Directory.EnumerateFiles(Contracts(), "*.sol", SearchOption.AllDirectories)
            .SelectMany(file => Declaration().Matches(File.ReadAllText(file)))
            .Select(match => $"{match.Groups[1].Value}({string.Join(',', match.Groups[2].Value.Split(',').Select(TypeOf))})")
            .Distinct().ToArray();
        declared.Length.ShouldBeGreaterThan(40);
        declared.Except(BridgeErrors.Signatures).ShouldBeEmpty();
    }

    /// <summary>Of "uint64 given", without enums and structs: errors of the contracts have none.</summary>
    private static string TypeOf(string parameter) => parameter.Trim().Split(' ')[0];

    private static string Contracts([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "contracts", "src");

    [GeneratedRegex(@"^\s*error (\w+)\(([^)]*)\);", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}

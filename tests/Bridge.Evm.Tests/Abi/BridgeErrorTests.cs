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
        declared.Except(BridgeErrors.Own).ShouldBeEmpty("BridgeErrors.Own lacks these");
        BridgeErrors.Own.Except(declared).ShouldBeEmpty("contracts/src no longer declares these");
    }

    [Fact]
    public void An_error_inside_an_error_is_put_in_words()
    {
        var inner = new AbiFunction("FeeTooLow(uint256,uint256)").Encode(1ul, 2ul);
        RevertReason.Describe(new AbiFunction("RetryFailed(bytes)").Encode(inner)).ShouldBe("RetryFailed(FeeTooLow(1, 2))");
        RevertReason.Describe(new AbiFunction("RetryFailed(bytes)").Encode(new byte[] { 1, 2 })).ShouldBe("RetryFailed(0x0102)");
    }

    /// <summary>Of "uint64 given", without enums and structs: errors of the contracts have none.</summary>
    private static string TypeOf(string parameter) => parameter.Trim().Split(' ')[0];

    private static string Contracts([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "contracts", "src");

    [GeneratedRegex(@"^\s*error (\w+)\(([^)]*)\);", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}

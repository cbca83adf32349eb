using System.Diagnostics;
using System.Globalization;
using Bridge.Core;
using Xunit.Abstractions;

namespace Bridge.Evm.Tests.Differential;

/// <summary>The C# and the contracts compute the same from the same random inputs, which a seed determines.</summary>
public sealed class DifferentialTests(ITestOutputHelper output)
{
    /// <summary>Among so many cases is every verdict.</summary>
    private const ulong DefaultCases = 20_000;

    private static IEnumerable<string> EveryVerdict =>
        Enum.GetNames<WireFault>().Select(fault => $"message {fault}").Concat(Enum.GetNames<CertificateVerdict>().Select(verdict => $"certificate {verdict}"));

    [Fact]
    public async Task The_contracts_answer_random_questions_as_the_code_does()
    {
        var (cases, seed) = (Given("BRIDGE_DIFFERENTIAL_CASES", DefaultCases), Given("BRIDGE_DIFFERENTIAL_SEED", 1));
        var began = Stopwatch.StartNew();
        using var comparison = new Comparison(seed);
        var anvil = new Anvil { Options = ["--hardfork", "cancun", "--no-request-size-limit"] };
        await anvil.InitializeAsync();
        try
        {
            await comparison.RunAsync(new Contract(anvil), cases);
        }
        finally
        {
            await anvil.DisposeAsync();
        }

        foreach (var (area, count) in comparison.Areas) output.WriteLine($"{count,9} {area}");
        var closing = string.Create(CultureInfo.InvariantCulture, $"{cases} cases, {comparison.Mismatches} mismatches, seed {seed}, {began.Elapsed.TotalSeconds:0} seconds");
        output.WriteLine(closing);
        if (comparison.Smallest is { } smallest) Assert.Fail($"{closing}\nThe smallest: {smallest}");
        if (cases >= DefaultCases) EveryVerdict.Except(comparison.Areas.Keys).ShouldBeEmpty($"seed {seed}");
    }

    private static ulong Given(string name, ulong otherwise) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } text
        ? ulong.Parse(text, CultureInfo.InvariantCulture)
        : otherwise;
}

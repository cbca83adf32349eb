using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Bridge.Core.Tests;

/// <summary>The graph of projects is the security argument, so it is held by a test.</summary>
public partial class StructureTests
{
    [Theory]
    [InlineData("Bridge.Core", "")]
    [InlineData("Bridge.Evm", "Bridge.Core")]
    [InlineData("Bridge.Store", "Bridge.Core")]
    [InlineData("Bridge.Audit", "Bridge.Core Bridge.Evm")]
    [InlineData("Bridge.Relayer", "Bridge.Audit Bridge.Core Bridge.Evm Bridge.Store")]
    [InlineData("Bridge.Api", "Bridge.Core Bridge.Store")]
    [InlineData("Bridge.Client", "")]
    public void A_project_references_only_what_it_may(string project, string allowed) =>
        References(project).Order().ShouldBe(allowed.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    [Theory]
    [InlineData("Bridge.Core")]
    [InlineData("Bridge.Client")]
    public void What_others_build_on_brings_no_package_along(string project) => Project(project).Descendants("PackageReference").ShouldBeEmpty();

    [Fact]
    public void No_path_leads_from_the_api_to_the_code_that_holds_keys()
    {
        var reached = new HashSet<string>();
        var open = new Queue<string>(["Bridge.Api"]);
        while (open.TryDequeue(out var project))
            foreach (var next in References(project).Where(reached.Add)) open.Enqueue(next);

        reached.ShouldBe(["Bridge.Core", "Bridge.Store"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("src/README.md")]
    public void Every_path_in_the_code_map_exists(string readme)
    {
        var paths = PathInCode().Matches(File.ReadAllText(Path.Combine(Root(), readme))).Select(match => match.Groups[1].Value)
            .Where(path => !path.Contains("/bin/", StringComparison.Ordinal)).ToList();

        paths.ShouldNotBeEmpty();
        paths.Where(path => !Path.Exists(Path.Combine(Root(), path))).ShouldBeEmpty();
    }

    [Fact]
    public void Every_test_that_holds_an_invariant_exists()
    {
        var named = Identifier().Matches(File.ReadAllText(Path.Combine(Root(), "tests", "INVARIANTS.md"))).Select(match => match.Groups[1].Value).ToList();
        var sources = new[] { "tests", "contracts/test" }.SelectMany(folder => new[] { "*.cs", "*.sol" }.SelectMany(kind =>
            Directory.EnumerateFiles(Path.Combine(Root(), folder), kind, SearchOption.AllDirectories)));
        var text = string.Concat(sources.Select(File.ReadAllText));

        named.ShouldNotBeEmpty();
        named.Where(name => !text.Contains(name + "(", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static IEnumerable<string> References(string project) =>
        Project(project).Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));

    private static XDocument Project(string name) => XDocument.Load(Path.Combine(Root(), "src", name, name + ".csproj"));

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));

    [GeneratedRegex("`(\\w+)`")]
    private static partial Regex Identifier();

    [GeneratedRegex("`((?:src|contracts|tests|ops|migrations)(?:/[^` ]*)?|appsettings\\.json)`")]
    private static partial Regex PathInCode();
}

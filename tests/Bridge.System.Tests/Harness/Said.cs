namespace Bridge.SystemTests.Harness;

/// <summary>What the executable answered to a verb.</summary>
internal sealed record Said(int ExitCode, string Output)
{
    public void ShouldSay(int exitCode, string words)
    {
        Output.ShouldContain(words);
        ExitCode.ShouldBe(exitCode, Output);
    }
}

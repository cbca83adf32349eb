namespace Bridge.Core.Tests;

public class TransferMachineTests
{
    // One row per status in the order of TransferStatus, one column per event in the order of TransferEvent. This is design's table.
    private const string Table = """
        Observed   dup       Finalized Orphaned  early     early     early     early     early     early     early
        Finalized  dup       dup       HALT      Certified early     early     Executed  Delivered Deferred  early
        Certified  dup       dup       HALT      dup       Submitted dup       Executed  Delivered Deferred  early
        Submitted  dup       dup       HALT      dup       dup       Certified Executed  Delivered Deferred  early
        Executed   dup       dup       HALT      dup       dup       Certified dup       Delivered Deferred  early
        Deferred   dup       dup       HALT      dup       dup       dup       dup       Delivered dup       Refunded
        Delivered  dup       dup       HALT      dup       dup       dup       dup       dup       dup       dup
        Refunded   dup       dup       HALT      dup       dup       dup       dup       dup       dup       dup
        Orphaned   Observed  dup       dup       HALT      dup       dup       HALT      HALT      HALT      HALT
        """;

    [Fact]
    public void Every_status_answers_every_event_as_the_table_says()
    {
        var drawn = Enum.GetValues<TransferStatus>().Select(status =>
            $"{status,-11}" + string.Concat(Enum.GetValues<TransferEvent>().Select(happened => $"{Cell(status, happened),-10}")));

        drawn.Select(row => row.TrimEnd()).ShouldBe(Table.ReplaceLineEndings("\n").Split('\n').Select(row => row.TrimEnd()));
    }

    [Fact]
    public void Only_an_applied_event_changes_the_status()
    {
        foreach (var status in Enum.GetValues<TransferStatus>())
            foreach (var happened in Enum.GetValues<TransferEvent>())
            {
                var decision = TransferMachine.Decide(status, happened);
                (decision.Next != status).ShouldBe(decision.Verdict is Verdict.Applied, $"{status} and {happened}");
            }
    }

    private static string Cell(TransferStatus status, TransferEvent happened) => TransferMachine.Decide(status, happened) switch
    {
        { Verdict: Verdict.Applied, Next: var next } => next.ToString(),
        { Verdict: Verdict.Duplicate } => "dup",
        { Verdict: Verdict.TooEarly } => "early",
        _ => "HALT",
    };
}

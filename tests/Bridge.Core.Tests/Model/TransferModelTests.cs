using Xunit.Abstractions;

namespace Bridge.Core.Tests;

/// <summary>Every order in which facts come about, are read, read again and applied, with crashes between.</summary>
public class TransferModelTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(3, 2, 0, false)]
    [InlineData(2, 2, 1, true)]
    public void No_order_of_facts_and_no_crash_halts_an_honest_lane_shows_what_is_not_so_or_loses_a_message(int messages, int crashes, int reorgs, bool deferrals)
    {
        var explorer = new Explorer<TransferWorld>(TransferEvents.Of, Fault, IsDone);
        explorer.Explore(new TransferWorld(crashes, reorgs, deferrals, [.. Enumerable.Repeat(new TransferState(Facts.Sent, null, null), messages)]));

        output.WriteLine($"{messages} messages, {crashes} crashes, {reorgs} reorgs{(deferrals ? ", deferrals" : "")}: {explorer.States} states, {explorer.Transitions} transitions, {explorer.Goals} ends; {string.Join(", ", explorer.Happened.Select(h => $"{h.Key} {h.Value}"))}");
        explorer.Happened.Keys.ShouldBe(reorgs > 0 ? ["apply", "chain", "crash", "read", "reorg"] : ["apply", "chain", "crash", "read"]);
    }

    private static bool IsDone(TransferWorld w) => w.Messages.All(m =>
        (m.Status is TransferStatus.Delivered && m.Facts.HasFlag(Facts.DeliveryFinal)) || (m.Status is TransferStatus.Refunded && m.Facts.HasFlag(Facts.Refunded)));

    private static string? Fault(TransferWorld w) => w.Wrong ?? w.Messages.Select(Untrue).FirstOrDefault(wrong => wrong is not null);

    private static string? Untrue(TransferState m) => m.Status switch
    {
        TransferStatus.Delivered when !m.Facts.HasFlag(Facts.DeliveryFinal) => "shown as delivered before it was final",
        TransferStatus.Executed when !m.Facts.HasFlag(Facts.Delivered) => "shown as executed, which it is not",
        TransferStatus.Refunded when !m.Facts.HasFlag(Facts.Refunded) => "shown as refunded, which it is not",
        TransferStatus.Deferred when !m.Facts.HasFlag(Facts.Deferred) => "shown as deferred, which it is not",
        >= TransferStatus.Certified and < TransferStatus.Orphaned when !m.Facts.HasFlag(Facts.Certified) => "shown as certified, which it is not",
        TransferStatus.Orphaned => "shown as replaced, which it is not",
        _ => null,
    };
}

namespace Bridge.Core.Tests;

/// <summary>What is true of a message, and stays stored where it was read.</summary>
[Flags]
internal enum Facts : ushort
{
    None = 0, Sent = 1, SourceFinal = 2, Certified = 4, Submitted = 8, Delivered = 16, DeliveryFinal = 32, Deferred = 64, Refunded = 128,
}

/// <summary>One message: what is true on the chains, and how far our records have come. A crash loses nothing of either, only what was about to be applied.</summary>
/// <param name="Status">Null until the message is first seen.</param>
/// <param name="Applying">An event that a process read and has not applied yet.</param>
internal sealed record TransferState(Facts Facts, TransferStatus? Status, TransferEvent? Applying);

/// <summary>Messages of one lane: delivered in order.</summary>
/// <param name="Deferrals">Whether a message may also be deferred, and then retried or refunded.</param>
internal sealed record TransferWorld(int Crashes, int Reorgs, bool Deferrals, IReadOnlyList<TransferState> Messages, string? Wrong = null)
{
    public override string ToString() =>
        $"{Crashes}{Reorgs}{Wrong} " + string.Join(' ', Messages.Select(m => $"[{(int)m.Facts:x} {(int?)m.Status} {(int?)m.Applying}]"));

    public TransferWorld With(int i, TransferState changed) => this with { Messages = [.. Messages.Select((m, at) => at == i ? changed : m)] };
}

/// <summary>Chains, validators and executors do what they may; processes read any stored fact at any time, in any order, and again after a crash.</summary>
internal static class TransferEvents
{
    private static readonly (Facts Fact, Facts Needs, Facts Bars)[] Progress =
    [
        (Facts.SourceFinal, Facts.Sent, 0), (Facts.Certified, Facts.SourceFinal, 0), (Facts.Submitted, Facts.Certified, Facts.Delivered | Facts.Deferred),
        (Facts.Delivered, Facts.Certified, Facts.Deferred), (Facts.Deferred, Facts.Certified, Facts.Delivered),
        (Facts.DeliveryFinal, Facts.Delivered, 0), (Facts.Delivered | Facts.DeliveryFinal, Facts.Deferred, Facts.Refunded), (Facts.Refunded, Facts.Deferred, Facts.Delivered),
    ];

    private static readonly (TransferEvent Event, Facts Needs)[] Readable =
    [
        (TransferEvent.SourceObserved, Facts.Sent), (TransferEvent.SourceFinalized, Facts.SourceFinal), (TransferEvent.QuorumReached, Facts.Certified),
        (TransferEvent.DeliverySubmitted, Facts.Submitted), (TransferEvent.DeliveryObserved, Facts.Delivered), (TransferEvent.DeliveryFinalized, Facts.DeliveryFinal),
        (TransferEvent.DeferredOnChain, Facts.Deferred), (TransferEvent.RefundFinalized, Facts.Refunded),
    ];

    public static IEnumerable<(string, TransferWorld)> Of(TransferWorld w)
    {
        for (var i = 0; i < w.Messages.Count; i++)
        {
            var message = w.Messages[i];
            foreach (var next in ChainsGoOn(w, i)) yield return ("chain", w.With(i, message with { Facts = message.Facts | next }));
            // One at a time: the rows are locked from the look to the commit.
            if (w.Messages.All(m => m.Applying is null))
                foreach (var happened in Reads(message)) yield return ("read", w.With(i, message with { Applying = happened }));
            if (message.Applying is not null) yield return ("apply", Apply(w, i));
            if (w.Reorgs > 0 && message.Facts.HasFlag(Facts.Delivered) && !message.Facts.HasFlag(Facts.DeliveryFinal) && IsLast(w, i))
                yield return ("reorg", ThrowOut(w, i));
        }
        if (w.Crashes > 0 && w.Messages.Any(m => m.Applying is not null))
            yield return ("crash", w with { Crashes = w.Crashes - 1, Messages = [.. w.Messages.Select(m => m with { Applying = null })] });
    }

    private static IEnumerable<Facts> ChainsGoOn(TransferWorld w, int i)
    {
        var message = w.Messages[i];
        foreach (var (fact, needs, bars) in Progress)
            if (!message.Facts.HasFlag(fact) && message.Facts.HasFlag(needs) && (message.Facts & bars) == 0 && (w.Deferrals || fact is not Facts.Deferred) && InOrder(w, i, fact)) yield return fact;
    }

    /// <summary>Nothing is delivered, deferred or final before all that is in front of it.</summary>
    private static bool InOrder(TransferWorld w, int i, Facts fact)
    {
        if (i == 0) return true;
        var before = w.Messages[i - 1].Facts;
        return fact switch
        {
            Facts.Delivered or Facts.Deferred => (before & (Facts.Delivered | Facts.Deferred)) != 0,
            Facts.DeliveryFinal => before.HasFlag(Facts.DeliveryFinal) || before.HasFlag(Facts.Deferred),
            Facts.SourceFinal or Facts.Certified => before.HasFlag(fact),
            _ => true,
        };
    }

    private static bool IsLast(TransferWorld w, int i) =>
        i == w.Messages.Count - 1 || (w.Messages[i + 1].Facts & (Facts.Delivered | Facts.Deferred)) == 0;

    /// <summary>What a process may read: everything that is stored, and once more what it knows. Our own delivery may be dropped any time.</summary>
    private static IEnumerable<TransferEvent> Reads(TransferState message)
    {
        // The store never shows a deferred message as delivered before it was retried.
        foreach (var (happened, needs) in Readable)
            if (message.Facts.HasFlag(needs) && (message.Status is not null || happened is TransferEvent.SourceObserved)) yield return happened;
        if (message.Facts.HasFlag(Facts.Submitted) && message.Status is TransferStatus.Submitted) yield return TransferEvent.DeliveryDropped;
    }

    private static TransferWorld Apply(TransferWorld w, int i)
    {
        var message = w.Messages[i] with { Applying = null };
        var happened = w.Messages[i].Applying!.Value;
        if (message.Status is not { } now) return w.With(i, message with { Status = TransferStatus.Observed });
        // Whoever applies looks under lock whether it is still so.
        if (Readable.Any(r => r.Event == happened && !message.Facts.HasFlag(r.Needs))) return w.With(i, message);
        if (happened is TransferEvent.DeliveryDropped && now is TransferStatus.Executed) return w.With(i, message);
        var decision = TransferMachine.Decide(now, happened);
        return decision.Verdict is Verdict.Halt
            ? w with { Wrong = $"{happened} in {now} halts an honest lane" }
            : w.With(i, message with { Status = decision.Verdict is Verdict.Applied ? decision.Next : now });
    }

    /// <summary>The watcher drops what was in the block and tells the machine, in one commit.</summary>
    private static TransferWorld ThrowOut(TransferWorld w, int i)
    {
        var message = w.Messages[i];
        var status = message.Status is TransferStatus.Executed ? TransferMachine.Decide(TransferStatus.Executed, TransferEvent.DeliveryDropped).Next : message.Status;
        return w.With(i, message with { Facts = message.Facts & ~(Facts.Delivered | Facts.Submitted), Status = status }) with { Reorgs = w.Reorgs - 1 };
    }
}

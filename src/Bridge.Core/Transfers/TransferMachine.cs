using static Bridge.Core.TransferEvent;
using static Bridge.Core.TransferStatus;

namespace Bridge.Core;

public enum TransferStatus { Observed, Finalized, Certified, Submitted, Executed, Deferred, Delivered, Refunded, Orphaned }

public enum TransferEvent
{
    SourceObserved,
    SourceFinalized,
    SourceOrphaned,
    QuorumReached,
    DeliverySubmitted,
    DeliveryDropped,
    DeliveryObserved,
    DeliveryFinalized,
    DeferredOnChain,
    RefundFinalized,
}

public enum Verdict
{
    Applied,

    /// <summary>Known already; nothing changes.</summary>
    Duplicate,

    /// <summary>Its cause has not been seen here yet; the fact stays stored and is applied again later.</summary>
    TooEarly,

    /// <summary>A safety assumption is broken: the lane stops until a person acts.</summary>
    Halt,
}

public readonly record struct Decision(Verdict Verdict, TransferStatus Next);

/// <summary>The one place where a transfer's status changes. Delivery is permissionless, so it may be observed any time after finality.</summary>
public static class TransferMachine
{
    public static Decision Decide(TransferStatus now, TransferEvent happened) => (now, happened) switch
    {
        (Orphaned, SourceObserved) => To(Observed),
        (Observed, SourceFinalized) => To(Finalized),
        (Observed, SourceOrphaned) => To(Orphaned),
        (Finalized, QuorumReached) => To(Certified),
        (Certified, DeliverySubmitted) => To(Submitted),
        (Submitted or Executed, DeliveryDropped) => To(Certified),
        (Finalized or Certified or Submitted, DeliveryObserved) => To(Executed),
        (Finalized or Certified or Submitted or Executed or Deferred, DeliveryFinalized) => To(Delivered),
        (Finalized or Certified or Submitted or Executed, DeferredOnChain) => To(Deferred),
        (Deferred, RefundFinalized) => To(Refunded),

        // A final block vanished, or something was signed or paid out without a source.
        (Finalized or Certified or Submitted or Executed or Deferred or Delivered or Refunded, SourceOrphaned) => new(Verdict.Halt, now),
        (Orphaned, QuorumReached or DeliveryObserved or DeliveryFinalized or DeferredOnChain or RefundFinalized) => new(Verdict.Halt, now),

        (Observed, not SourceObserved) => new(Verdict.TooEarly, now),
        (Finalized, DeliverySubmitted or DeliveryDropped) => new(Verdict.TooEarly, now),
        (Finalized or Certified or Submitted or Executed, RefundFinalized) => new(Verdict.TooEarly, now),
        _ => new(Verdict.Duplicate, now),
    };

    private static Decision To(TransferStatus next) => new(Verdict.Applied, next);
}

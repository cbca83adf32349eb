using Bridge.Core;
using Bridge.Relayer.Configuration;
using Bridge.Store;

namespace Bridge.Relayer.Execute;

/// <summary>
/// Keeps simulations that fail, and those that lie, from being tried all the time: each failure doubles the wait. Failed simulations are
/// forgotten with the process; transactions that reverted although their simulation succeeded stand in the journal.
/// </summary>
public sealed class LanePatience(LiveOptions options, DeliveryRecords records, TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);

    private readonly Dictionary<Lane, (int Failures, DateTimeOffset Until, string Reason)> _failed = [];

    /// <summary>Runs the simulation unless it failed just now.</summary>
    /// <exception cref="UndeliverableException">It failed now, or before and is not tried again yet.</exception>
    public async Task<PlannedDelivery?> TryAsync(Lane lane, Func<Task<PlannedDelivery?>> simulate)
    {
        var (failures, until, reason) = _failed.GetValueOrDefault(lane);
        if (time.GetUtcNow() < until) throw new UndeliverableException(reason);
        try
        {
            var plan = await simulate();
            _failed.Remove(lane);
            return plan;
        }
        catch (UndeliverableException e)
        {
            _failed[lane] = (failures + 1, time.GetUtcNow() + RetryDelay.After(failures + 1, First), e.Message);
            throw;
        }
    }

    /// <summary>Why a delivery that simulates well is not sent yet; null if it may be.</summary>
    public async Task<string?> RefusalAsync(PlannedDelivery plan, Address account, CancellationToken ct)
    {
        var (count, since) = await records.RevertsAsync(plan.Lane, plan.First, account, ct);
        var wait = RetryDelay.After(count, TimeSpan.FromSeconds(options.Now.Executor.ResubmitSeconds));
        return since < wait
            ? $"lane {plan.Lane}: {count} deliveries from {plan.First} on reverted although their simulation succeeded; the next one is sent {wait.TotalSeconds:0} s after the last"
            : null;
    }
}

using Bridge.Core;
using Bridge.Store;

namespace Bridge.Relayer.Metrics;

/// <summary>What the database says at this moment, as samples.</summary>
internal static class StandingSamples
{
    public static IEnumerable<Sample> Of(Standing now) =>
    [
        new("bridge_database_up", 1, []),
        new("bridge_parked_messages", now.Parked, []),
        new("bridge_backlog_oldest_seconds", now.OldestSeconds, []),
        .. now.Halts.Select(halt => new Sample("bridge_lane_halted", 1, [("lane", halt.Lane.ToString()), ("code", halt.Code)])),
        .. now.Components.Select(component => new Sample("bridge_heartbeat_stalled", component.Stalled ? 1 : 0, [("component", component.Name)])),
        new("bridge_log_tree_size", now.Log.Size, []),
        new("bridge_log_pending", now.Log.Pending, []),
        .. now.Log.CheckpointAge is { } age ? [new Sample("bridge_log_checkpoint_age_seconds", age, [])] : Array.Empty<Sample>(),
        .. now.Ledger.SelectMany(account => Ledger(account.Chain, account.Asset, account.Unexplained, account.IsBroken)),
        .. now.Reserves.SelectMany(asset => Reserve(asset.Asset, asset.Escrow, asset.Minted, asset.Gap)),
        .. now.Laws.Select(law => new Sample("bridge_law_violated", law.IsViolated ? 1 : 0, [("law", law.Law)])),
        .. now.Held.Select(held => new Sample("bridge_held_transfers", held.Count, [("lane", held.Lane.ToString()), ("reason", held.Reason)])),
        .. now.Backlog.Select(stage => new Sample("bridge_backlog_transfers", stage.Count, [("lane", stage.Lane.ToString()), ("stage", stage.Stage)])),
    ];

    public static IEnumerable<Sample> Of(OperationStanding now) =>
    [
        .. now.Heads.SelectMany(Head),
        .. now.Pending.SelectMany(Pending),
        .. now.Accounts.SelectMany(Account),
        .. now.Buckets.SelectMany(Bucket),
        .. now.Sets.Select(set => new Sample("bridge_validator_set_index", set.Epoch.Value, [("chain", set.Chain.ToString())])),
        .. now.Outboxes.Select(box => new Sample("bridge_outbox_pending", box.Count, [("outbox", box.Outbox)])),
    ];

    private static IEnumerable<Sample> Ledger(ChainId chain, AssetId asset, double unexplained, bool isBroken)
    {
        (string, string)[] labels = [("chain", chain.ToString()), ("asset", asset.ToString())];
        yield return new("bridge_ledger_unexplained", unexplained, labels);
        yield return new("bridge_ledger_broken", isBroken ? 1 : 0, labels);
    }

    private static IEnumerable<Sample> Reserve(AssetId asset, double escrow, double minted, double gap)
    {
        (string, string)[] labels = [("asset", asset.ToString())];
        yield return new("bridge_escrow_balance", escrow, labels);
        yield return new("bridge_minted_supply", minted, labels);
        yield return new("bridge_solvency_gap", gap, labels);
    }

    private static IEnumerable<Sample> Head(HeadStanding head)
    {
        (string, string)[] chain = [("chain", head.Chain.ToString())];
        yield return new("bridge_chain_head_height", head.Height, [.. chain, ("tag", "latest")]);
        yield return new("bridge_chain_head_height", head.FinalHeight, [.. chain, ("tag", "final")]);
        yield return new("bridge_chain_head_age_seconds", head.AgeSeconds, chain);
        if (head.BlockSeconds is { } seconds) yield return new("bridge_chain_block_seconds", seconds, chain);
        if (head.CursorLag is { } lag) yield return new("bridge_watcher_cursor_lag_blocks", lag, chain);
    }

    private static IEnumerable<Sample> Pending(PendingStanding pending)
    {
        (string, string)[] account = [("chain", pending.Chain.ToString()), ("account", pending.Account.ToString())];
        yield return new("bridge_tx_pending", pending.Count, account);
        yield return new("bridge_tx_pending_seconds", pending.OldestSeconds, account);
        yield return new("bridge_tx_bumps", pending.Bumps, account);
    }

    private static IEnumerable<Sample> Account(AccountStanding one)
    {
        (string, string)[] account = [("chain", one.Chain.ToString()), ("account", one.Account.ToString())];
        if (one.Signed is { } signed) yield return new("bridge_executor_nonce", signed, [.. account, ("state", "signed")]);
        yield return new("bridge_executor_nonce", one.Settled, [.. account, ("state", "settled")]);
        yield return new("bridge_tx_fee_wei_total", one.SpentWei, account);
        yield return new("bridge_rewards_wei_total", one.EarnedWei, account);
    }

    private static IEnumerable<Sample> Bucket(BucketStanding bucket)
    {
        (string, string)[] labels = [("chain", bucket.Chain.ToString()), ("asset", bucket.Asset.ToString()), ("direction", bucket.Direction)];
        yield return new("bridge_rate_limit_available", bucket.Available, labels);
        yield return new("bridge_rate_limit_capacity", bucket.Capacity, labels);
    }
}

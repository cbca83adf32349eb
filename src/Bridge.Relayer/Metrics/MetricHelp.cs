namespace Bridge.Relayer.Metrics;

/// <summary>What each metric is, in a line.</summary>
internal static class MetricHelp
{
    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>
    {
        ["bridge_attestations_total"] = "Attestations judged by this process, by validator and outcome.",
        ["bridge_backlog_oldest_seconds"] = "Age of the oldest transfer that has not arrived; deferred ones, which wait for people, left out.",
        ["bridge_backlog_transfers"] = "Transfers that have not arrived, by lane and stage.",
        ["bridge_build_info"] = "Always 1; the labels say which build runs.",
        ["bridge_chain_block_seconds"] = "Seconds between two blocks, over the last hundred.",
        ["bridge_chain_head_age_seconds"] = "Since the time of the newest block that the endpoints agree on.",
        ["bridge_chain_head_height"] = "The newest block that the endpoints agree on, by tag.",
        ["bridge_database_up"] = "Whether the database answered this scrape.",
        ["bridge_db_retries_total"] = "Passing faults of the database, by SQLSTATE.",
        ["bridge_executor_nonce"] = "An executor's nonces: the highest signed, and below which everything is final.",
        ["bridge_heartbeat_stalled"] = "Whether a component stalls.",
        ["bridge_lane_halted"] = "A lane that is halted, by the halt's code.",
        ["bridge_locks_observed_total"] = "Messages that this process read from a source, by lane.",
        ["bridge_outbox_pending"] = "Rows that wait for a worker, by what they are.",
        ["bridge_parked_messages"] = "Messages of the bus that are parked.",
        ["bridge_queue_depth"] = "Messages in the broker's queues of this node.",
        ["bridge_quorum_wait_seconds"] = "From the first attestation of a checkpoint to its certificate.",
        ["bridge_rate_limit_available"] = "Base units that a limit lets pass now, in or out of a chain.",
        ["bridge_rate_limit_capacity"] = "Base units that a limit lets pass when it is full.",
        ["bridge_reorg_depth_blocks"] = "Blocks that the last reorg replaced.",
        ["bridge_rewards_wei_total"] = "What the fees of an executor's final deliveries are worth, by the prices of their moment.",
        ["bridge_rpc_disagreements_total"] = "Answers of an endpoint that contradict a quorum of the others, by chain, endpoint and meaning.",
        ["bridge_rpc_requests_total"] = "Requests to a chain's endpoints, by method and outcome.",
        ["bridge_sign_duration_seconds"] = "For one attestation's signature.",
        ["bridge_transfer_stage_seconds"] = "How long transfers stood at a stage that they left.",
        ["bridge_transfer_total"] = "Transfers that came to a status through this process.",
        ["bridge_tx_bumps"] = "Replacements of the waiting transaction that was replaced most.",
        ["bridge_tx_bumps_total"] = "Transactions that were replaced by a better offer.",
        ["bridge_tx_fee_wei_total"] = "What an executor's mined deliveries cost.",
        ["bridge_tx_pending"] = "An executor's transactions that wait for a block.",
        ["bridge_tx_pending_seconds"] = "Since the first signature of the one that waits longest.",
        ["bridge_validator_set_index"] = "The epoch of the validator set in force.",
        ["bridge_wallet_balance_wei"] = "What an executor's account has.",
        ["bridge_wallet_executions"] = "Deliveries of one message that it lasts for, at the price of this moment.",
        ["bridge_watcher_cursor_lag_blocks"] = "Blocks between the newest one and what was read.",
    };
}

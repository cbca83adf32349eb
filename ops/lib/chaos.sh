# shellcheck shell=bash
# The short form of ops/chaos, for ops/test: 60 faults of 60 kinds, always the same ones.

# Counts as one test; what it found is shown also when all went well.
test_chaos() {
  local root=$1 status=0
  step "chaos, 60 faults over 600 messages" env BRIDGE_TREE_LOCKED=1 node "$root/ops/chaos.d/main.mjs" --seed 3 --faults 60 --messages 600 || status=$?
  grep -E '^(recovery|chaos):?' "$STEP_LOG" | sed 's/^/       /' || true
  tally chaos "$status" $((status == 0)) $((status != 0)) 0
}

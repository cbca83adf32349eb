# shellcheck shell=bash
# The part of ops/test for the scripts that are written for Node.

# The demo's count decides whether anything was lost, so it is tested itself, on altered evidence.
test_scripts() {
  local root=$1 status=0
  step "demo's count" node --test --test-reporter=tap "$root"/ops/demo.d/*.test.mjs || status=$?
  tally "demo's count" "$status" "$(tap_count pass)" "$(tap_count fail)" "$(tap_count skipped)"
}

# Prints how many tests ended as $1 (pass, fail, skipped), by the closing lines of node's runner.
tap_count() {
  local count
  count=$(sed -nE "s/^# $1 ([0-9]+)\$/\1/p" "$STEP_LOG" | tail -n 1)
  printf '%d' "${count:-0}"
}

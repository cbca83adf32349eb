# shellcheck shell=bash
# The part of ops/test for the scripts that are written for Node.

# The demo's count decides whether anything was lost, and the bench whether a target is met, so both are tested themselves.
test_scripts() {
  local root=$1
  test_script "demo's count" "$root"/ops/demo.d/*.test.mjs
  test_script "deployment" "$root"/contracts/script/*.test.mjs
  test_script "chaos's plan" "$root"/ops/chaos.d/*.test.mjs
  test_script "bench's arithmetic" "$root"/ops/bench.d/mutation/*.test.mjs "$root"/ops/bench.d/gas/*.test.mjs "$root"/ops/bench.d/gas/peers/*.test.mjs "$root"/ops/bench.d/live/*.test.mjs "$root"/ops/bench.d/results/*.test.mjs "$root"/ops/bench.d/scale/*.test.mjs
}

# Runs the test files "$2"... as a step called $1.
test_script() {
  local name=$1 status=0
  shift
  step "$name" node --test --test-reporter=tap "$@" || status=$?
  tally "$name" "$status" "$(tap_count pass)" "$(tap_count fail)" "$(tap_count skipped)"
}

# Prints how many tests ended as $1 (pass, fail, skipped), by the closing lines of node's runner.
tap_count() {
  local count
  count=$(sed -nE "s/^# $1 ([0-9]+)\$/\1/p" "$STEP_LOG" | tail -n 1)
  printf '%d' "${count:-0}"
}

# shellcheck shell=bash
# Steps with their time, output shown when they fail, and the tally of tests.

PASSED=0 FAILED=0 SKIPPED=0

# Runs "$2"... as a step called $1; its output goes to STEP_LOG and is shown only if it fails.
step() {
  local name=$1 began=$SECONDS status=0
  shift
  STEP_LOG="$SCRATCH/step.log"
  printf '[%s] %s ...\n' "$(clock "$SECONDS")" "$name"
  attended "$@" >"$STEP_LOG" 2>&1 </dev/null || status=$?
  if ((status == 0)); then
    printf '[%s] %s: ok, %d s\n' "$(clock "$SECONDS")" "$name" $((SECONDS - began))
  else
    cat "$STEP_LOG"
    printf '[%s] %s: FAILED with exit code %d, %d s\n' "$(clock "$SECONDS")" "$name" "$status" $((SECONDS - began))
  fi
  return "$status"
}

clock() { printf '%d:%02d' $(($1 / 60)) $(($1 % 60)); }

# A step that is no test but that the result depends on: its failure counts as one.
required_step() {
  step "$@" && return 0
  FAILED=$((FAILED + 1))
  return 1
}

# Adds the tests that a step reported: $1 its name, $2 its exit code, then passed, failed, skipped.
# A step that failed without naming a test, and one that ran no test, count as one failure.
tally() {
  local name=$1 status=$2 passed=$3 failed=$4 skipped=$5
  printf '       %s: %d passed, %d failed, %d skipped\n' "$name" "$passed" "$failed" "$skipped"
  if ((status != 0 && failed == 0)); then
    failed=1
  elif ((passed + failed == 0)); then
    printf '       %s ran no test: counted as a failure\n' "$name"
    failed=1
  fi
  PASSED=$((PASSED + passed)) FAILED=$((FAILED + failed)) SKIPPED=$((SKIPPED + skipped))
}

# The closing line: "N passed, N failed", and the skipped when there are any.
closing_line() {
  printf '%d passed, %d failed' "$PASSED" "$FAILED"
  ((SKIPPED == 0)) || printf ', %d skipped' "$SKIPPED"
  printf '\n'
}

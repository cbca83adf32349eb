# shellcheck shell=bash
# The contracts' part of ops/test.

# Builds the contracts, runs forge's tests, then the check of gas figures that contracts/package.json names "gas",
# if there is one beside the snapshots that forge's tests hold.
test_contracts() {
  local contracts=$1 status=0 passed failed skipped
  required_step "forge build" env --chdir="$contracts" "$BRIDGE_FORGE" build || return 0
  step "forge test" env --chdir="$contracts" "$BRIDGE_FORGE" test || status=$?
  read -r passed failed skipped < <(forge_counts "$STEP_LOG") || true
  tally "contracts" "$status" "${passed:-0}" "${failed:-0}" "${skipped:-0}"
  required_step "gas figures" npm --prefix "$contracts" run --if-present gas || true
}

# Prints "passed failed skipped" from forge's closing line, such as
# "Ran 3 test suites in 1.2s (2.1s CPU time): 10 tests passed, 1 failed, 2 skipped (13 total tests)".
forge_counts() {
  sed -nE 's/^Ran [0-9]+ test suites? in .*: ([0-9]+) tests? passed, ([0-9]+) failed, ([0-9]+) skipped \(.*/\1 \2 \3/p' "$1" | tail -n 1
}

# Makes the contracts' build and their node modules below $1 ready for a script that deploys them, which takes a while once.
ensure_contracts() {
  local contracts=$1/contracts
  ensure_node_modules "$contracts"
  export_foundry "$contracts"
  [[ -f $contracts/out/Bridge.sol/Bridge.json ]] || step "forge build" env --chdir="$contracts" "$BRIDGE_FORGE" build >&2
}

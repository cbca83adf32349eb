# shellcheck shell=bash
# Runs benches in full, one behind the other, and writes tests/Bridge.Benchmarks/RESULTS.md anew.

BENCH_USAGE='results [NAME…]
  runs all benches that have a target, or those that are named, in full, and writes what they say into tests/Bridge.Benchmarks/RESULTS.md;
  what it says of the others stays. All of them take about two hours, and 30 GB in the temporary folder'

RESULTS_NAMES=()

bench_parse() {
  local name
  for name; do [[ $name =~ ^[a-z]+$ && $name != results && -f $ops/bench.d/$name/bench.sh ]] || return 1; done
  RESULTS_NAMES=("$@")
}

bench_run() {
  require_tools git node
  attended env BRIDGE_TREE_LOCKED=1 node "$ops/bench.d/results/main.mjs" "${RESULTS_NAMES[@]}"
}

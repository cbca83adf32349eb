# shellcheck shell=bash
# How fast hashes are taken, one by one and four at a time, beside the bare permutation.

BENCH_USAGE='keccak [--quick] [--json]
  --quick  rounds of 0.1 s instead of 1 s
  --json   an array of the results'

KECCAK_ARGUMENTS=()

bench_parse() {
  are_pure_arguments "$@" && KECCAK_ARGUMENTS=("$@")
}

bench_run() {
  build_benchmarks "$root"
  run_benchmark "$root" keccak "${KECCAK_ARGUMENTS[@]}"
}

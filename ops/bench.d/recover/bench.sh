# shellcheck shell=bash
# How fast signers are recovered, beside libsecp256k1 alone.

BENCH_USAGE='recover [--quick] [--json]
  --quick  rounds of 0.1 s instead of 1 s
  --json   an array of the results'

RECOVER_ARGUMENTS=()

bench_parse() {
  are_pure_arguments "$@" && RECOVER_ARGUMENTS=("$@")
}

bench_run() {
  build_benchmarks "$root"
  run_benchmark "$root" recover "${RECOVER_ARGUMENTS[@]}"
}

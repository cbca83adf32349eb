# shellcheck shell=bash
# How fast signatures are made, beside libsecp256k1 alone.

BENCH_USAGE='sign [--quick] [--json]
  --quick  rounds of 0.1 s instead of 1 s
  --json   an array of the results'

SIGN_ARGUMENTS=()

bench_parse() {
  are_pure_arguments "$@" && SIGN_ARGUMENTS=("$@")
}

bench_run() {
  build_benchmarks "$root"
  run_benchmark "$root" sign "${SIGN_ARGUMENTS[@]}"
}

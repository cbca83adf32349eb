# shellcheck shell=bash
# How many messages a second come from a node's answer to a certificate, on all processors, without a database.

BENCH_USAGE='certify [--quick] [--json]
  --quick  rounds of 0.1 s instead of 1 s
  --json   an array of the results'

CERTIFY_ARGUMENTS=()

bench_parse() {
  are_pure_arguments "$@" && CERTIFY_ARGUMENTS=("$@")
}

bench_run() {
  build_benchmarks "$root"
  run_benchmark "$root" certify "${CERTIFY_ARGUMENTS[@]}"
}

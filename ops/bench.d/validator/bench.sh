# shellcheck shell=bash
# What it costs a validator to sign a point, with one message behind it and with a thousand. README.md says how it is measured.

BENCH_USAGE='validator [--quick] [--json]
  --quick  5 points of each kind instead of 20
  --json   the result as one JSON object'

VALIDATOR_POINTS=20
VALIDATOR_ARGUMENTS=()

bench_parse() {
  while (($# > 0)); do
    case $1 in
      --json) VALIDATOR_ARGUMENTS+=(--json); shift ;;
      --quick) VALIDATOR_POINTS=5; shift ;;
      *) return 1 ;;
    esac
  done
}

bench_run() {
  build_for_chains "$root"
  services_start no
  attended node "$ops/bench.d/validator/main.mjs" "$SCRATCH" "$VALIDATOR_POINTS" "${VALIDATOR_ARGUMENTS[@]}"
}

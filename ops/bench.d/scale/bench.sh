# shellcheck shell=bash
# Where the next bottleneck is beyond one machine. README.md says how that is known.

BENCH_USAGE='scale [--json]
  --json  the result as one JSON object'

SCALE_ARGUMENTS=()

bench_parse() {
  [[ $# -eq 0 || $* == --json ]] || return 1
  SCALE_ARGUMENTS=("$@")
}

bench_run() {
  require_tools node
  attended node "$ops/bench.d/scale/main.mjs" "${SCALE_ARGUMENTS[@]}"
}

# shellcheck shell=bash
# What a deployment carries while users go on sending, how much later it delivers than it could, and the memory it takes. README.md says how.

BENCH_USAGE='live [--minutes N] [--quick] [--json]
  --minutes N  how long users send as much as is carried, 10 by default
  --quick      a minute of it
  --json       the result as one JSON object'

LIVE_SECONDS=600
LIVE_ARGUMENTS=()

bench_parse() {
  while (($# > 0)); do
    case $1 in
      --json) LIVE_ARGUMENTS+=(--json); shift ;;
      --quick) LIVE_SECONDS=60; shift ;;
      --minutes) [[ ${2-} =~ ^[1-9][0-9]{0,2}$ ]] && LIVE_SECONDS=$((60 * $2)) && shift 2 || return 1 ;;
      *) return 1 ;;
    esac
  done
}

bench_run() {
  build_deployment "$root"
  POSTGRES_SETTINGS=$ops/postgres/bridge.conf
  services_start yes
  attended env BRIDGE_TREE_LOCKED=1 node "$ops/bench.d/live/main.mjs" "$SCRATCH" "$LIVE_SECONDS" "${LIVE_ARGUMENTS[@]}"
}

# shellcheck shell=bash
# How fast a deployment that starts on a backlog works it off. README.md says how it is measured.

BENCH_USAGE='drain [--transfers N] [--quick] [--json]
  --transfers N  a multiple of 100, 100,000 by default
  --quick        2,000 transfers
  --json         the result as one JSON object'

DRAIN_TRANSFERS=100000
DRAIN_ARGUMENTS=()

bench_parse() {
  while (($# > 0)); do
    case $1 in
      --json) DRAIN_ARGUMENTS+=(--json); shift ;;
      --quick) DRAIN_TRANSFERS=2000; shift ;;
      --transfers) [[ ${2-} =~ ^[1-9][0-9]{0,5}00$ ]] && DRAIN_TRANSFERS=$2 && shift 2 || return 1 ;;
      *) return 1 ;;
    esac
  done
}

bench_run() {
  build_deployment "$root"
  POSTGRES_SETTINGS=$ops/postgres/bridge.conf
  services_start yes
  attended env BRIDGE_TREE_LOCKED=1 node "$ops/bench.d/drain/main.mjs" "$SCRATCH" "$DRAIN_TRANSFERS" "${DRAIN_ARGUMENTS[@]}"
}

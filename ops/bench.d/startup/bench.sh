# shellcheck shell=bash
# How long the programs take until they are ready, beside no transfers and beside many. README.md says how it is measured.

BENCH_USAGE='startup [--transfers N] [--quick] [--json]
  --transfers N  in the database, 10,000,000 by default, at least 1,000
  --quick        10,000 transfers
  --json         the result as one JSON object'

STARTUP_TRANSFERS=10000000
STARTUP_ARGUMENTS=()

bench_parse() {
  while (($# > 0)); do
    case $1 in
      --json) STARTUP_ARGUMENTS+=(--json); shift ;;
      --quick) STARTUP_TRANSFERS=10000; shift ;;
      --transfers) [[ ${2-} =~ ^[1-9][0-9]{3,8}$ ]] && STARTUP_TRANSFERS=$2 && shift 2 || return 1 ;;
      *) return 1 ;;
    esac
  done
}

bench_run() {
  build_for_chains "$root"
  services_start no
  attended env BRIDGE_TREE_LOCKED=1 node "$ops/bench.d/startup/main.mjs" "$SCRATCH" "$STARTUP_TRANSFERS" "${STARTUP_ARGUMENTS[@]}"
}

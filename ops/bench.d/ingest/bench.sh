# shellcheck shell=bash
# How fast a chain's logs become rows and a cursor, beside a bare COPY of the same rows. README.md says how it is measured.

BENCH_USAGE='ingest [--messages N] [--quick] [--json]
  --messages N  a multiple of 100, 20,000 by default
  --quick       2,000 messages
  --json        the result as one JSON object'

INGEST_MESSAGES=20000
INGEST_ARGUMENTS=()

bench_parse() {
  while (($# > 0)); do
    case $1 in
      --json) INGEST_ARGUMENTS+=(--json); shift ;;
      --quick) INGEST_MESSAGES=2000; shift ;;
      --messages) [[ ${2-} =~ ^[1-9][0-9]{0,5}00$ ]] && INGEST_MESSAGES=$2 && shift 2 || return 1 ;;
      *) return 1 ;;
    esac
  done
}

bench_run() {
  build_for_chains "$root"
  services_start no
  attended node "$ops/bench.d/ingest/main.mjs" "$SCRATCH" "$INGEST_MESSAGES" "${INGEST_ARGUMENTS[@]}"
}

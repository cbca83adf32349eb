# shellcheck shell=bash
# Whether the pipeline becomes slower with its history. README.md says how it is measured.

BENCH_USAGE='growth [--sizes N,N…] [--quick] [--json]
  --sizes N,N…  transfers in the database, 10000,1000000,10000000 by default
  --quick       10,000 and 30,000
  --json        the result as one JSON object'

GROWTH_SIZES=10000,1000000,10000000
GROWTH_ARGUMENTS=()

bench_parse() {
  while (($# > 0)); do
    case $1 in
      --json) GROWTH_ARGUMENTS+=(--json); shift ;;
      --quick) GROWTH_SIZES=10000,30000; shift ;;
      --sizes) [[ ${2-} =~ ^[1-9][0-9]{3,7}(,[1-9][0-9]{3,7})+$ ]] && GROWTH_SIZES=$2 && shift 2 || return 1 ;;
      *) return 1 ;;
    esac
  done
}

bench_run() {
  build_benchmarks "$root"
  POSTGRES_SETTINGS=$ops/postgres/bridge.conf
  services_start no
  run_benchmark "$root" growth "$GROWTH_SIZES" "${GROWTH_ARGUMENTS[@]}"
}

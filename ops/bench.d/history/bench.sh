# shellcheck shell=bash
# How long a page of the history takes by each filter. README.md says how it is measured.

BENCH_USAGE='history [--transfers N] [--requests N] [--quick] [--json]
  --transfers N  in the database, 10,000,000 by default
  --requests N   for each filter, 200 by default
  --quick        20,000 transfers, 20 requests
  --json         an array of the results'

HISTORY_ARGUMENTS=()

bench_parse() {
  HISTORY_ARGUMENTS=("$@")
  while (($# > 0)); do
    case $1 in
      --quick | --json) shift ;;
      --transfers | --requests) [[ ${2-} =~ ^[1-9][0-9]{0,8}$ ]] && shift 2 || return 1 ;;
      *) return 1 ;;
    esac
  done
}

bench_run() {
  build_benchmarks "$root" src/Bridge.Api/Bridge.Api.csproj
  services_start no
  run_benchmark "$root" history "${HISTORY_ARGUMENTS[@]}"
}

# shellcheck shell=bash
# How fast the API answers beside many transfers, and how many can follow at once. README.md says how it is measured.

BENCH_USAGE='api [--transfers N] [--rate N] [--seconds N] [--followers N] [--quick] [--json]
  --transfers N  in the database, 1,000,000 by default
  --rate N       status reads in a second, 300 by default, for --seconds N, 60 by default
  --followers N  streams at once, 1,000 by default
  --quick        20,000 transfers, 5 seconds, 100 followers
  --json         an array of the results'

API_ARGUMENTS=()

bench_parse() {
  API_ARGUMENTS=("$@")
  while (($# > 0)); do
    case $1 in
      --quick | --json) shift ;;
      --transfers | --rate | --seconds | --followers) [[ ${2-} =~ ^[1-9][0-9]{0,8}$ ]] && shift 2 || return 1 ;;
      *) return 1 ;;
    esac
  done
}

bench_run() {
  build_benchmarks "$root" src/Bridge.Api/Bridge.Api.csproj
  services_start no
  run_benchmark "$root" api "${API_ARGUMENTS[@]}"
}

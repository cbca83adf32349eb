# shellcheck shell=bash
# How long it takes to make a whole history again from its chains. README.md says how it is measured.

BENCH_USAGE='replay [--transfers N] [--json]
  --transfers N  delivered in batches of 100; a multiple of 100, 100,000 by default
  --json         the result as one JSON object'

REPLAY_TRANSFERS=100000
REPLAY_ARGUMENTS=()

bench_parse() {
  while (($# > 0)); do
    case $1 in
      --json) REPLAY_ARGUMENTS+=(--json); shift ;;
      --transfers) [[ ${2-} =~ ^[1-9][0-9]{0,5}00$ ]] && REPLAY_TRANSFERS=$2 && shift 2 || return 1 ;;
      *) return 1 ;;
    esac
  done
}

bench_run() {
  local project="$root/src/Bridge.Relayer/Bridge.Relayer.csproj"
  require_tools dotnet node npm
  ensure_packages
  ensure_contracts "$root"
  step "dotnet restore" dotnet restore "$project" --locked-mode >&2
  step "dotnet build" dotnet build "$project" -c Release --no-restore -v quiet -tl:off -clp:NoSummary >&2
  attended node "$ops/bench.d/replay/main.mjs" "$SCRATCH" "$REPLAY_TRANSFERS" "${REPLAY_ARGUMENTS[@]}"
}

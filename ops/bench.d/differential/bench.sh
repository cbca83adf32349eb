# shellcheck shell=bash
# The C# and the contracts on the same random inputs: the test of that name, with more cases than ops/test has time for.

BENCH_USAGE='differential [--cases N] [--seed S]
  --cases N  1,000,000 by default
  --seed S   of another run, to have its cases again; random by default'

bench_parse() {
  DIFFERENTIAL_CASES=1000000 DIFFERENTIAL_SEED=$SRANDOM
  while (($# > 0)); do
    [[ ${2-} =~ ^[0-9]{1,18}$ ]] || return 1
    case $1 in
      --cases) DIFFERENTIAL_CASES=$2 ;;
      --seed) DIFFERENTIAL_SEED=$2 ;;
      *) return 1 ;;
    esac
    shift 2
  done
}

# The last line is "N cases, N mismatches, seed S, N seconds", where it came that far.
bench_run() {
  local project="$root/tests/Bridge.Evm.Tests/Bridge.Evm.Tests.csproj" status=0
  require_tools dotnet node npm
  ensure_packages
  ensure_node_modules "$root/contracts"
  export_foundry "$root/contracts"
  step "forge build" env --chdir="$root/contracts" "$BRIDGE_FORGE" build test/support/Differential.sol
  step "dotnet restore" dotnet restore "$project" --locked-mode
  step "dotnet build" dotnet build "$project" -c Release --no-restore -v quiet -tl:off -clp:NoSummary
  export BRIDGE_DIFFERENTIAL_CASES=$DIFFERENTIAL_CASES BRIDGE_DIFFERENTIAL_SEED=$DIFFERENTIAL_SEED
  step "$DIFFERENTIAL_CASES cases with seed $DIFFERENTIAL_SEED" dotnet test "$project" -c Release --no-build \
    --filter FullyQualifiedName~DifferentialTests --logger "console;verbosity=detailed" || status=$?
  sed -nE 's/^ ([ 0-9]{9} [a-z]+ [A-Za-z]+)\r?$/\1/p' "$STEP_LOG"
  sed -nE 's/^ *([0-9]+ cases, [0-9]+ mismatches, .*)\r?$/\1/p' "$STEP_LOG" | tail -n 1
  return "$status"
}

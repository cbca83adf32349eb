# shellcheck shell=bash
# The benchmarks that are a .NET program, tests/Bridge.Benchmarks.

benchmarks_program() { printf '%s' "$1/tests/Bridge.Benchmarks/bin/Release/net10.0/Bridge.Benchmarks.dll"; }

# Builds it, below the root $1, and the projects that follow, paths in the tree.
build_benchmarks() {
  local root=$1 project
  shift
  require_tools dotnet
  ensure_packages
  for project in "$@" tests/Bridge.Benchmarks/Bridge.Benchmarks.csproj; do
    # What is measured goes to standard output alone.
    step "dotnet restore" dotnet restore "$root/$project" --locked-mode >&2
    step "dotnet build" dotnet build "$root/$project" -c Release --no-restore -v quiet -tl:off -clp:NoSummary >&2
  done
}

# The same for one that measures on real chains, which Node makes with the contracts.
build_for_chains() {
  require_tools dotnet node npm
  build_benchmarks "$@"
  ensure_contracts "$1"
}

# Runs the benchmark $2, below the root $1, with the arguments that follow.
run_benchmark() {
  local root=$1
  shift
  attended dotnet "$(benchmarks_program "$root")" "$@"
}

# What a benchmark of a whole deployment needs, below the root $1: packages, contracts and the two programs.
build_deployment() {
  local project
  require_tools dotnet node npm
  ensure_packages
  ensure_contracts "$1"
  for project in src/Bridge.Relayer/Bridge.Relayer.csproj src/Bridge.Api/Bridge.Api.csproj; do
    step "dotnet restore" dotnet restore "$1/$project" --locked-mode >&2
    step "dotnet build" dotnet build "$1/$project" -c Release --no-restore -v quiet -tl:off -clp:NoSummary >&2
  done
}

# Those that need nothing but processors.
PURE_BENCHMARKS=(keccak recover sign certify)
PURE_ARGUMENTS=()

pure_usage() {
  printf '%s [--quick] [--json]\n  --quick  rounds of 0.1 s instead of 1 s\n  --json   an array of the results' "$1"
}

parse_pure() {
  local argument
  for argument in "$@"; do [[ $argument =~ ^--(quick|json)$ ]] || return 1; done
  PURE_ARGUMENTS=("$@")
}

# Builds and runs the one called $2, below the root $1, as it was asked for.
run_pure() {
  build_benchmarks "$1"
  run_benchmark "$1" "$2" "${PURE_ARGUMENTS[@]}"
}

# The same in their short form: that they run to the end is the test, what they measure is not.
test_benchmarks() {
  local name passed=0 failed=0
  for name in "${PURE_BENCHMARKS[@]}"; do
    if step "bench $name" dotnet "$(benchmarks_program "$1")" "$name" --quick; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
  done
  tally "benchmarks" "$failed" "$passed" "$failed" 0
}

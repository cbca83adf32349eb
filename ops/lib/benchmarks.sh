# shellcheck shell=bash
# The benchmarks that are a .NET program, tests/Bridge.Benchmarks.

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

# Runs the benchmark $2, below the root $1, with the arguments that follow.
run_benchmark() {
  local root=$1
  shift
  attended dotnet "$root/tests/Bridge.Benchmarks/bin/Release/net10.0/Bridge.Benchmarks.dll" "$@"
}

# Whether "$@" are arguments of a benchmark that needs nothing but processors.
are_pure_arguments() {
  local argument
  for argument in "$@"; do [[ $argument =~ ^--(quick|json)$ ]] || return 1; done
}

# Those that need nothing but processors, in their short form: that they run to the end is the test, what they measure is not.
test_benchmarks() {
  local name passed=0 failed=0
  for name in keccak recover sign certify; do
    if step "bench $name" dotnet "$1/tests/Bridge.Benchmarks/bin/Release/net10.0/Bridge.Benchmarks.dll" "$name" --quick; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
  done
  tally "benchmarks" "$failed" "$passed" "$failed" 0
}

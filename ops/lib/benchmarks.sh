# shellcheck shell=bash
# The benchmarks that are a .NET program, tests/Bridge.Benchmarks.

# Builds it and the projects "$@", paths in the tree.
build_benchmarks() {
  local project
  require_tools dotnet
  ensure_packages
  for project in "$@" tests/Bridge.Benchmarks/Bridge.Benchmarks.csproj; do
    # What is measured goes to standard output alone.
    step "dotnet restore" dotnet restore "$root/$project" --locked-mode >&2
    step "dotnet build" dotnet build "$root/$project" -c Release --no-restore -v quiet -tl:off -clp:NoSummary >&2
  done
}

# Runs the benchmark $1 with the arguments that follow.
run_benchmark() {
  attended dotnet "$root/tests/Bridge.Benchmarks/bin/Release/net10.0/Bridge.Benchmarks.dll" "$@"
}

# Whether "$@" are arguments of a benchmark that needs nothing but processors.
are_pure_arguments() {
  local argument
  for argument in "$@"; do [[ $argument =~ ^--(quick|json)$ ]] || return 1; done
}

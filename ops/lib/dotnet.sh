# shellcheck shell=bash
# The .NET part of ops/test.

# No build server and no idle build node outlives a step.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_USE_MSBUILD_SERVER=0
export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false

# Restores with the committed lock files and builds the whole solution in Release.
build_solution() {
  local root=$1
  required_step "dotnet restore" dotnet restore "$root/Bridge.sln" --locked-mode &&
    required_step "dotnet build" dotnet build "$root/Bridge.sln" -c Release --no-restore -v quiet -tl:off -clp:NoSummary
}

# Sets TEST_PROJECTS; every test project under tests/ must be part of the solution, and the reverse.
find_test_projects() {
  local root=$1 project
  mapfile -t TEST_PROJECTS < <(sed -nE 's#^Project.*"(tests\\[^"]*Tests\.csproj)".*#\1#; T; s#\\#/#g; p' "$root/Bridge.sln" | sort)
  ((${#TEST_PROJECTS[@]} > 0)) || fail "Bridge.sln lists no test project"
  for project in "${TEST_PROJECTS[@]}"; do
    [[ -f $root/$project ]] || fail "Bridge.sln lists $project, which does not exist"
  done
  for project in "$root"/tests/*/*Tests.csproj; do
    [[ " ${TEST_PROJECTS[*]} " == *" ${project#"$root/"} "* ]] || fail "${project#"$root/"} is not in Bridge.sln: dotnet sln add it"
  done
}

# Runs one test project, $2 below the root $1, with the test filter $3 (empty: all).
test_project() {
  local root=$1 project=$2 filter=$3 name status=0 passed failed skipped
  name=$(basename "$project" .csproj)
  local arguments=(--configuration Release --no-build --logger "trx;LogFileName=$name.trx" --results-directory "$SCRATCH/results"
    --blame-hang --blame-hang-timeout 10m --blame-hang-dump-type none)
  [[ -z $filter ]] || arguments+=(--filter "$filter")
  step "$name" dotnet test "$root/$project" "${arguments[@]}" || status=$?
  read -r passed failed skipped < <(trx_counts "$SCRATCH/results/$name.trx") || true
  # A filter may well match nothing in one project; that it matched nothing at all is for ops/test to see.
  if [[ -n $filter ]] && ((status == 0 && ${passed:-0} + ${failed:-0} == 0)); then return 0; fi
  tally "$name" "$status" "${passed:-0}" "${failed:-0}" "${skipped:-0}"
}

# Prints "passed failed skipped" from a test report. What did not run was skipped, whatever the report calls it.
trx_counts() {
  [[ -f $1 ]] || return 0
  sed -nE 's/.*<Counters total="([0-9]+)" executed="([0-9]+)" passed="([0-9]+)".*/\1 \2 \3/p' "$1" | while read -r total executed passed; do
    printf '%d %d %d\n' "$passed" $((executed - passed)) $((total - executed))
  done
}

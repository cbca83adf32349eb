# shellcheck shell=bash
# How long ops/demo takes where it has run before: everything is installed and built, and the servers and chains are new.

BENCH_USAGE='demo
  runs ops/demo twice, and says how long the second run took'

DEMO_TARGET=45

bench_parse() {
  (($# == 0))
}

bench_run() {
  local began took
  step "the first run" env BRIDGE_TREE_LOCKED=1 "$ops/demo" >&2
  began=${EPOCHREALTIME/./}
  step "the second run" env BRIDGE_TREE_LOCKED=1 "$ops/demo" >&2
  took=$(((${EPOCHREALTIME/./} - began) / 1000000))
  tail -n 1 "$STEP_LOG"
  printf 'demo: the second run took %s s (target %s: %s)\n' "$took" "$DEMO_TARGET" "$( ((took <= DEMO_TARGET)) && printf met || printf missed)"
}

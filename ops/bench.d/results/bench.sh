# shellcheck shell=bash
# Runs the benchmarks that need nothing but processors, and writes tests/Bridge.Benchmarks/RESULTS.md anew.

BENCH_USAGE='results
  runs keccak, recover, sign and certify, and rewrites tests/Bridge.Benchmarks/RESULTS.md'

bench_parse() {
  (($# == 0))
}

bench_run() {
  local name file="$root/tests/Bridge.Benchmarks/RESULTS.md"
  build_benchmarks "$root"
  for name in "${PURE_BENCHMARKS[@]}"; do
    note "$name"
    run_benchmark "$root" "$name" >"$SCRATCH/$name.txt" 2>"$SCRATCH/machine.txt" || fail "$name did not run to its end"
  done
  {
    printf '# Results\n\n'
    printf 'Written by `ops/bench results` on %s, commit %s: %s.\n\n' "$(date -u +%F)" "$(git -C "$root" rev-parse --short HEAD)" "$(<"$SCRATCH/machine.txt")"
    printf 'Each rate is the median of nine rounds, measured in turns with what bounds it. Rates of different runs and machines do not compare; the ratios do.\n'
    for name in "${PURE_BENCHMARKS[@]}"; do printf '\n    %s\n' "ops/bench $name" && sed 's/^/    /' "$SCRATCH/$name.txt"; done
    printf '\nThe others have their last results beside their scripts: `ops/bench.d/gas`, `api`, `history`, `replay` and `drain`, each with a README.\n'
  } >"$file"
  cat "$file"
}

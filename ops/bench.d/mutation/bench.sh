# shellcheck shell=bash
# How many small changes of contracts/src a test notices.

BENCH_USAGE='mutation [--sample N] [--seed S] [--skip N] [--file PART [--line N]] [--keep FOLDER]
  --sample  how many of the possible changes, 200 if not given
  --seed    which, 1 if not given
  --skip    not the first N of them: a run that was cut short goes on
  --file    only in files whose path has this part, --line only that line
  --keep    where the copy that is changed stays built for the next run'

MUTATION_ARGUMENTS=()

bench_parse() {
  local -r known='^--(sample|seed|skip|file|line|keep)$'
  MUTATION_ARGUMENTS=("$@")
  while (($# >= 2)) && [[ $1 =~ $known ]]; do shift 2; done
  (($# == 0))
}

bench_run() {
  require_tools node npm
  ensure_node_modules "$root/contracts"
  attended node "$ops/bench.d/mutation/main.mjs" "${MUTATION_ARGUMENTS[@]}"
}

# shellcheck shell=bash
# How fast hashes are taken, one by one and four at a time, beside the bare permutation.

BENCH_USAGE=$(pure_usage keccak)
bench_parse() { parse_pure "$@"; }
bench_run() { run_pure "$root" keccak; }

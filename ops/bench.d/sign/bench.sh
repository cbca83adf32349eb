# shellcheck shell=bash
# How fast signatures are made, beside libsecp256k1 alone.

BENCH_USAGE=$(pure_usage sign)
bench_parse() { parse_pure "$@"; }
bench_run() { run_pure "$root" sign; }

# shellcheck shell=bash
# How fast signers are recovered, beside libsecp256k1 alone.

BENCH_USAGE=$(pure_usage recover)
bench_parse() { parse_pure "$@"; }
bench_run() { run_pure "$root" recover; }

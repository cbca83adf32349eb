# shellcheck shell=bash
# How many messages a second come from a node's answer to a certificate, on all processors, without a database.

BENCH_USAGE=$(pure_usage certify)
bench_parse() { parse_pure "$@"; }
bench_run() { run_pure "$root" certify; }

# shellcheck shell=bash
# Gas and bytes of what we deliver and send, beside the peers; README.md here says what is measured.

BENCH_USAGE='gas [--json] [--no-peers]
  --json      one JSON object for each row, in an array
  --no-peers  ours only: the packages with the peers'\'' code are large'

GAS_ARGUMENTS=()
GAS_PEERS=yes

bench_parse() {
  local argument
  for argument; do
    case $argument in
      --json) ;;
      --no-peers) GAS_PEERS=no ;;
      *) return 1 ;;
    esac
  done
  GAS_ARGUMENTS=("$@")
}

bench_run() {
  require_tools node npm
  ensure_node_modules "$root/contracts"
  export_foundry "$root/contracts"
  if [[ $GAS_PEERS == yes ]]; then ensure_node_modules "$ops/bench.d/gas/peers"; fi
  attended node "$ops/bench.d/gas/main.mjs" "${GAS_ARGUMENTS[@]}"
}

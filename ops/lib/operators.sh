# shellcheck shell=bash
# The operators' files: alert rules, dashboards, runbook, units, containers and manifests, held against the source.

test_operators() {
  local folder=$1/ops/operators.d
  ensure_operators_tools
  ensure_node_modules "$folder"
  test_script "operators' files" "$folder"/*.test.mjs
}

ensure_operators_tools() {
  local missing=()
  [[ -x /usr/bin/promtool ]] || missing+=(prometheus)
  [[ -x /usr/bin/shellcheck ]] || missing+=(shellcheck)
  [[ -x /usr/bin/systemd-analyze ]] || missing+=(systemd)
  ((${#missing[@]} > 0)) || return 0
  ((EUID == 0)) || fail "missing packages; as root, run: apt-get install --no-install-recommends ${missing[*]}"
  apt_install "${missing[@]}"
  keep_units_stopped "${missing[@]}"
}

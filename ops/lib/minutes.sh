# shellcheck shell=bash
# The five minutes of a new operator, on a deployment of its own beside the servers that already run; the executables have been built.

test_minutes() {
  ensure_operators_tools
  test_script "a newcomer's five minutes" "$1"/ops/minutes.d/*.test.mjs
}

# shellcheck shell=bash
# The pages, src/Bridge.Web: built before the API, which serves them, and tested in a real browser.

BROWSER=/usr/bin/chromium

build_pages() {
  local folder=$1/src/Bridge.Web
  ensure_node_modules "$folder"
  required_step "pages" npm --prefix "$folder" run build
}

# Without a browser, their rules only.
test_page_rules() {
  test_script "pages' rules" "$1"/src/Bridge.Web/test/*.test.mjs
}

# On a deployment of its own, beside the servers that already run; the executables have been built.
test_pages() {
  ensure_browser
  BRIDGE_BROWSER=$BROWSER test_script "pages in a browser" "$1"/src/Bridge.Web/test/browser/*.test.mjs
}

ensure_browser() {
  [[ ! -x $BROWSER ]] || return 0
  ((EUID == 0)) || fail "missing packages; as root, run: apt-get install --no-install-recommends chromium fonts-dejavu-core"
  apt_install chromium fonts-dejavu-core
}

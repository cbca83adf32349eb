# shellcheck shell=bash
# What the scripts need beyond git, the .NET SDK 10 and Node 20, and how it gets there.

# What no script installs: each of the named programs must be there.
require_tools() {
  local tool
  for tool; do
    command -v "$tool" >/dev/null || fail "$tool is not on the PATH; the README names what a machine needs before the first run"
  done
}

# Prints the folder of PostgreSQL's server programs, newest version; nothing when there are none.
postgres_binaries() {
  local initdb newest=
  for initdb in /usr/lib/postgresql/*/bin/initdb; do
    [[ ! -x $initdb ]] || newest=$initdb
  done
  [[ -z $newest ]] || dirname "$newest"
}

missing_packages() {
  [[ -n $(postgres_binaries) ]] || printf 'postgresql\n'
  [[ -x /usr/lib/rabbitmq/bin/rabbitmq-server && -x /usr/bin/epmd ]] || printf 'rabbitmq-server\n'
  compgen -G '/usr/lib/*/libsecp256k1.so.*' >/dev/null || printf 'libsecp256k1-1\n'
  compgen -G '/usr/lib/*/faketime/libfaketimeMT.so.1' >/dev/null || printf 'libfaketime\n'
}

# Installs the Debian packages that are missing; needs root only then.
ensure_packages() {
  local missing
  if ((EUID == 0)); then apt_clear_leftovers; fi
  mapfile -t missing < <(missing_packages)
  ((${#missing[@]} > 0)) || return 0
  ((EUID == 0)) || fail "missing packages; as root, run: apt-get install --no-install-recommends ${missing[*]}"
  apt_install "${missing[@]}"
  keep_units_stopped "${missing[@]}"
  mapfile -t missing < <(missing_packages)
  ((${#missing[@]} == 0)) || fail "still missing after the installation: ${missing[*]}"
}

# On a machine run by systemd, what we installed must not start at the next boot either.
keep_units_stopped() {
  [[ -d /run/systemd/system ]] || return 0
  case " $* " in
    *' rabbitmq-server '*) systemctl disable --now --quiet rabbitmq-server.service epmd.socket epmd.service ;;
  esac
  case " $* " in
    *' prometheus '*) systemctl disable --now --quiet prometheus.service ;;
  esac
}

# Installs the npm packages of the folder $1, of the work tree, when they are absent or older than its lock file.
ensure_node_modules() {
  local folder=$1 lock
  [[ -f $folder/package-lock.json ]] || fail "$folder/package-lock.json is missing"
  exec {lock}<"$folder"
  attended flock "$lock"
  if [[ ! $folder/node_modules/.package-lock.json -nt $folder/package-lock.json ]]; then
    note "npm ci in ${folder#"$root"/}/"
    attended npm --prefix "$folder" ci --no-audit --no-fund >"$SCRATCH/npm.log" 2>&1 || {
      cat "$SCRATCH/npm.log" >&2
      fail "npm ci failed in $folder (its output is above)"
    }
    # npm keeps the time of an unchanged file.
    touch "$folder/node_modules/.package-lock.json"
  fi
  exec {lock}<&-
}

# Exports the path of each Foundry program. The program itself, not npm's wrapper:
# killing the wrapper would leave the program running.
export_foundry() {
  local contracts=$1 tool found
  for tool in anvil forge cast; do
    found=("$contracts"/node_modules/@foundry-rs/"$tool"-*/bin/"$tool")
    [[ -x ${found[0]} ]] || fail "$tool is not in $contracts/node_modules; remove node_modules and run again"
    export "BRIDGE_${tool^^}=${found[0]}"
  done
  export BRIDGE_CONTRACTS="$contracts"
}

# shellcheck shell=bash
# One run of a script: its scratch folder, its processes, and the promise that nothing of it stays behind.

note() { printf '%s\n' "$*" >&2; }

fail() {
  note "${0##*/}: $*"
  exit 1
}

# A random hexadecimal word of 24 digits: passwords and marks.
random_word() { od -An -N12 -tx1 /dev/urandom | tr -d ' \n'; }

# Starts a run: sets SCRATCH, and from here on every way out of the script passes run_end.
run_begin() {
  RUN_MARK="$$-$(random_word)"
  # Nested runs append their mark, so that an outer run still finds what an inner one started.
  export BRIDGE_RUN="${BRIDGE_RUN:+$BRIDGE_RUN:}$RUN_MARK"
  RUN_ATTENDED=
  RUN_STOPS=()
  trap 'run_end' EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 141' PIPE
  trap 'exit 143' TERM
  SCRATCH=$(mktemp -d "${TMPDIR:-/tmp}/bridge.XXXXXXXX")
  # Service users pass through to their own folder, but cannot list.
  chmod 711 "$SCRATCH"
}

# Registers a function to call at the end; the last one registered is called first.
at_end() { RUN_STOPS=("$1" "${RUN_STOPS[@]}"); }

# Runs a command in a session of its own, so that a signal to us interrupts the wait at once
# and everything the command started can be stopped together. Returns its exit code.
attended() {
  local status=0
  # bash starts background commands with INT and QUIT ignored; the command must not inherit that.
  setsid setpriv --pdeathsig TERM env --default-signal=INT,QUIT "$@" <&0 &
  RUN_ATTENDED=$!
  wait "$RUN_ATTENDED" || status=$?
  RUN_ATTENDED=
  return "$status"
}

# Takes turns with other runs in the work tree $1: two builds in one tree would overwrite each other's output. BRIDGE_TREE_LOCKED says that the caller does.
lock_tree() {
  [[ -z ${BRIDGE_TREE_LOCKED-} ]] || return 0
  exec {tree}<"$1"
  attended flock --nonblock "$tree" && return 0
  note "waiting for another run in this tree"
  attended flock "$tree"
}

# Stops everything this run started and removes its scratch folder. Safe to call twice.
run_end() {
  local stop
  trap '' HUP INT PIPE TERM
  trap - EXIT
  # Go on to the last step whatever fails, such as a message to a reader that has gone.
  set +e
  if [[ -n $RUN_ATTENDED ]]; then stop_group "$RUN_ATTENDED"; fi
  for stop in "${RUN_STOPS[@]}"; do "$stop"; done
  RUN_STOPS=()
  stop_stragglers
  rm -rf "${SCRATCH:?}"
}

# Asks a process group to end, waits up to 10 s, then ends it.
stop_group() {
  local leader=$1 tries
  kill -TERM -- "-$leader" 2>/dev/null || kill -TERM "$leader" 2>/dev/null || return 0
  for ((tries = 0; tries < 100; tries++)); do
    kill -0 -- "-$leader" 2>/dev/null || return 0
    sleep 0.1
  done
  kill -KILL -- "-$leader" 2>/dev/null || true
}

# Waits up to $2 seconds for the disowned process $1 to end, then kills it.
await_end() {
  local pid=$1 tries=$(($2 * 10))
  while kill -0 "$pid" 2>/dev/null; do
    ((tries-- > 0)) || { kill -KILL "$pid" 2>/dev/null || true; }
    sleep 0.1
  done
}

# Prints /proc/<id>/environ for each living process that inherited this run's mark, wherever it moved to.
marked_processes() {
  # Nothing else may run here with the mark, or it would find itself.
  env -u BRIDGE_RUN grep -lszE "^BRIDGE_RUN=(.*:)?$RUN_MARK(:|\$)" /proc/[0-9]*/environ || true
}

# The start of a process's command line; empty when it is gone.
command_line() { { tr '\0' ' ' <"/proc/$1/cmdline" | cut -c1-120; } 2>/dev/null || true; }

# Kills what left its process group: daemons, servers that a killed test could not stop.
stop_stragglers() {
  local files pid rounds
  for ((rounds = 0; rounds < 20; rounds++)); do
    mapfile -t files < <(marked_processes)
    ((${#files[@]} > 0)) || return 0
    for pid in "${files[@]//[!0-9]/}"; do
      note "stopping a process left behind: $pid $(command_line "$pid")"
      kill -KILL "$pid" 2>/dev/null || true
    done
    sleep 0.1
  done
}

# shellcheck shell=bash
# Free ports on loopback, reserved until the run ends, so that neither two picks nor two runs get the same one.

PORT_RESERVATIONS=()

# Sets the variable named $1 to a free TCP port below the range the kernel hands to outgoing connections.
# Not for use in $(...): the reservation is a lock that this very shell must hold.
pick_port() {
  local folder="/tmp/bridge-ports.$EUID" low candidate file lock tries
  mkdir -m 700 "$folder" 2>/dev/null || true
  [[ -d $folder && -O $folder && ! -L $folder ]] || fail "$folder must be a folder of our own; remove it"
  read -r low _ </proc/sys/net/ipv4/ip_local_port_range
  ((low > 12000)) || low=32768
  for ((tries = 0; tries < 1000; tries++)); do
    candidate=$((10000 + SRANDOM % (low - 10000)))
    port_in_use "$candidate" && continue
    file="$folder/$candidate"
    exec {lock}>"$file"
    # A holder deletes its file before it lets go: a lock on a deleted file reserves nothing.
    if flock -n "$lock" && [[ $file -ef /proc/self/fd/$lock ]] && ! port_in_use "$candidate"; then
      PORT_RESERVATIONS+=("$file")
      printf -v "$1" %s "$candidate"
      return 0
    fi
    exec {lock}>&-
  done
  fail "found no free port between 10000 and $low"
}

# Gives every port of this run back. The locks themselves fall with the shell.
release_ports() {
  ((${#PORT_RESERVATIONS[@]} == 0)) || rm -f "${PORT_RESERVATIONS[@]}"
  PORT_RESERVATIONS=()
}

# Does any socket of this machine use local port $1? (ss is not part of a bare Debian.)
port_in_use() {
  grep -qsE "^ *[0-9]+: [0-9A-F]+:$(printf %04X "$1") " /proc/net/tcp /proc/net/tcp6
}

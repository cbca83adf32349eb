# shellcheck shell=bash
# Installing Debian packages without starting what they would start.

# Installs packages; waits for other users of apt, prints nothing unless it fails.
apt_install() {
  local lock log="$SCRATCH/apt.log"
  note "installing $*"
  apt_lock lock
  apt_hold_services
  if ! { apt_quietly "$log" install "$@" || { apt_quietly "$log" update && apt_quietly "$log" install "$@"; }; }; then
    cat "$log" >&2
    fail "could not install $* (apt's output is above)"
  fi
  apt_release_services
  exec {lock}<&-
}

# One run at a time; sets the variable named $1 to the lock. A folder can be locked and leaves no file behind.
apt_lock() {
  exec {apt_lock_fd}</var/lib/dpkg
  attended flock "$apt_lock_fd"
  printf -v "$1" %s "$apt_lock_fd"
}

# One apt-get step, repeated for up to ten minutes while someone else holds one of apt's locks.
apt_quietly() {
  local log=$1 tries
  shift
  local options=(-y -q -o Dpkg::Options::=--force-confold -o Dpkg::Options::=--force-confdef)
  [[ $1 != install ]] || options+=(--no-install-recommends)
  for ((tries = 0; tries < 120; tries++)); do
    # In the foreground and in its own session: a signal to us waits, since dpkg must not be cut short.
    # dpkg refuses to work without the sbin folders, which the caller's PATH may lack.
    if PATH="$PATH:/usr/sbin:/sbin" DEBIAN_FRONTEND=noninteractive setsid --wait apt-get "${options[@]}" "$@" >"$log" 2>&1 </dev/null; then return 0; fi
    grep -qE 'Could not get lock|Unable to (acquire|lock)' "$log" || return 1
    ((tries > 0)) || note "waiting for another user of apt"
    sleep 5
  done
  return 1
}

APT_POLICY=/usr/sbin/policy-rc.d
APT_NO_CLUSTER=/etc/postgresql-common/createcluster.d/bridge-tests.conf
APT_MARK='# Written by the bridge test scripts while they install packages.'

# Debian starts a service as soon as it is installed, and creates a database cluster. Neither is wanted.
# A policy that the machine already has is its owner's decision and stays.
apt_hold_services() {
  at_end apt_release_services
  mkdir -p "${APT_NO_CLUSTER%/*}"
  printf '%s\ncreate_main_cluster = false\n' "$APT_MARK" >"$APT_NO_CLUSTER"
  [[ ! -e $APT_POLICY ]] || return 0
  printf '#!/bin/sh\n%s\nexit 101\n' "$APT_MARK" >"$APT_POLICY"
  chmod 755 "$APT_POLICY"
}

apt_release_services() {
  local file
  for file in "$APT_POLICY" "$APT_NO_CLUSTER"; do
    if grep -qsF "$APT_MARK" "$file"; then rm -f "$file"; fi
  done
  rmdir --ignore-fail-on-non-empty "${APT_NO_CLUSTER%/*}" 2>/dev/null || true
}

# A run that was killed outright while it installed has left its policy behind, which keeps every service from starting.
apt_clear_leftovers() {
  local lock
  grep -qsF "$APT_MARK" "$APT_POLICY" "$APT_NO_CLUSTER" || return 0
  apt_lock lock
  apt_release_services
  exec {lock}<&-
}

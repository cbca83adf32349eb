# shellcheck shell=bash
# Servers run as unprivileged users: PostgreSQL refuses root, and a broker has no need of it.

# Makes the folder $2 in the scratch folder for the system user $1 (for ourselves when not root) and prints its path.
service_folder() {
  local user=$1 folder="$SCRATCH/$2"
  mkdir -m 700 "$folder"
  if ((EUID == 0)); then
    chown "$user:" "$folder"
    setpriv --reuid "$user" --regid "$user" --init-groups test -w "$folder" ||
      fail "the user $user cannot reach $folder: set TMPDIR to a folder that every user may enter, such as /tmp"
  fi
  printf '%s\n' "$folder"
}

# Sets SERVICE_PREFIX to the words that start a command as user $1 and send it signal $2 should this shell die.
service_prefix() {
  SERVICE_PREFIX=(setpriv --pdeathsig "$2")
  if ((EUID == 0)); then SERVICE_PREFIX+=(--reuid "$1" --regid "$1" --init-groups); fi
}

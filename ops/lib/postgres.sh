# shellcheck shell=bash
# A private PostgreSQL: own folder, own port, loopback only, a superuser with a password of its own.
# fsync stays on: tests of durability must not pass for the wrong reason.

# A file of settings that it has beside its defaults; empty: none.
POSTGRES_SETTINGS=

# Starts it, waits until it answers, and exports BRIDGE_TEST_POSTGRES (an Npgsql connection string).
postgres_start() {
  local binaries folder port password
  binaries=$(postgres_binaries)
  folder=$(service_folder postgres postgres)
  password=$(random_word)
  pick_port port
  postgres_create "$binaries" "$folder" "$port" "$password"

  service_prefix postgres QUIT
  setsid "${SERVICE_PREFIX[@]}" "$binaries/postgres" -D "$folder/data" </dev/null >"$SCRATCH/postgres.log" 2>&1 &
  POSTGRES_PID=$!
  disown "$POSTGRES_PID"
  at_end postgres_stop
  postgres_await "$binaries" "$port"
  export BRIDGE_TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=bridge;Password=$password;Database=postgres"
}

postgres_create() {
  local binaries=$1 folder=$2 port=$3 password=$4
  service_prefix postgres KILL
  printf '%s\n' "$password" >"$folder/password"
  if ((EUID == 0)); then chown postgres: "$folder/password"; fi
  # The cluster needs no fsync before it holds anything.
  attended "${SERVICE_PREFIX[@]}" "$binaries/initdb" -D "$folder/data" --username=bridge \
    --pwfile="$folder/password" --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 --no-sync --no-instructions \
    >"$SCRATCH/postgres.log" 2>&1 ||
    postgres_failed "initdb failed"
  cat >>"$folder/data/postgresql.conf" <<SETTINGS
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = ''
max_connections = 300
SETTINGS
  if [[ -n $POSTGRES_SETTINGS ]]; then cat "$POSTGRES_SETTINGS" >>"$folder/data/postgresql.conf"; fi
}

postgres_await() {
  local binaries=$1 port=$2 tries
  for ((tries = 0; tries < 300; tries++)); do
    kill -0 "$POSTGRES_PID" 2>/dev/null || postgres_failed "PostgreSQL ended while starting"
    "$binaries/pg_isready" -q -h 127.0.0.1 -p "$port" && return 0
    sleep 0.1
  done
  postgres_failed "PostgreSQL did not answer within 30 s"
}

postgres_failed() {
  note "--- PostgreSQL's log"
  cat "$SCRATCH/postgres.log" >&2
  fail "$1"
}

# Immediate: the data is thrown away with the folder.
postgres_stop() {
  kill -QUIT "$POSTGRES_PID" 2>/dev/null || true
  await_end "$POSTGRES_PID" 15
}

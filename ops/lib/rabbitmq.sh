# shellcheck shell=bash
# A private RabbitMQ node: own folder, cookie, ports and port mapper (epmd), loopback only, no plugins.

# Starts it without waiting, since it takes seconds: rabbitmq_await must follow.
rabbitmq_launch() {
  local folder binaries=/usr/lib/rabbitmq/bin
  folder=$(service_folder rabbitmq rabbitmq)
  pick_port RABBITMQ_AMQP
  pick_port EPMD_PORT
  pick_port RABBITMQ_DIST
  RABBITMQ_PASSWORD=$(random_word)
  rabbitmq_configure "$folder"
  rabbitmq_environment "$folder"

  service_prefix rabbitmq KILL
  # Ours, in the foreground: one that the node starts by itself would outlive it.
  setsid "${SERVICE_PREFIX[@]}" epmd -port "$EPMD_PORT" -address 127.0.0.1 </dev/null >"$SCRATCH/epmd.log" 2>&1 &
  EPMD_PID=$!
  disown "$EPMD_PID"
  at_end rabbitmq_stop
  RABBITMQ_PID=
  setsid "${SERVICE_PREFIX[@]}" env "${RABBITMQ_ENVIRONMENT[@]}" "$binaries/rabbitmq-server" </dev/null >"$SCRATCH/rabbitmq.log" 2>&1 &
  RABBITMQ_PID=$!
  disown "$RABBITMQ_PID"
}

rabbitmq_configure() {
  cat >"$1/rabbitmq.conf" <<SETTINGS
listeners.tcp.1 = 127.0.0.1:$RABBITMQ_AMQP
default_user = bridge
default_pass = $RABBITMQ_PASSWORD
default_user_tags.administrator = true
log.file = false
log.console = true
log.console.level = info
SETTINGS
  printf '[].\n' >"$1/enabled_plugins"
  if ((EUID == 0)); then chown rabbitmq: "$1/rabbitmq.conf" "$1/enabled_plugins"; fi
}

# Every path is named, so that nothing of a node that the machine may already run is read or written.
rabbitmq_environment() {
  RABBITMQ_ENVIRONMENT=(
    HOME="$1"
    ERL_EPMD_PORT="$EPMD_PORT" ERL_EPMD_ADDRESS=127.0.0.1
    RABBITMQ_NODENAME="bridge-$RABBITMQ_AMQP@localhost"
    RABBITMQ_DIST_PORT="$RABBITMQ_DIST"
    RABBITMQ_CONF_ENV_FILE="$1/rabbitmq-env.conf"
    RABBITMQ_CONFIG_FILE="$1/rabbitmq.conf"
    RABBITMQ_ADVANCED_CONFIG_FILE="$1/advanced.config"
    RABBITMQ_ENABLED_PLUGINS_FILE="$1/enabled_plugins"
    RABBITMQ_GENERATED_CONFIG_DIR="$1/config"
    RABBITMQ_SCHEMA_DIR="$1/schema"
    RABBITMQ_MNESIA_BASE="$1/mnesia"
    RABBITMQ_LOG_BASE="$1/log"
    RABBITMQ_PID_FILE="$1/node.pid"
    # Lets the start script become the node, so that we hold the node's own process id.
    RABBITMQ_ALLOW_INPUT=true
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-noinput -kernel inet_dist_use_interface {127,0,0,1}"
  )
}

# Waits until the node speaks AMQP and exports BRIDGE_TEST_RABBITMQ.
rabbitmq_await() {
  local tries
  for ((tries = 0; tries < 600; tries++)); do
    kill -0 "$RABBITMQ_PID" 2>/dev/null || rabbitmq_failed "RabbitMQ ended while starting"
    if rabbitmq_answers; then
      export BRIDGE_TEST_RABBITMQ="amqp://bridge:$RABBITMQ_PASSWORD@127.0.0.1:$RABBITMQ_AMQP/"
      return 0
    fi
    sleep 0.2
  done
  rabbitmq_failed "RabbitMQ did not answer within 120 s"
}

# Sends the AMQP 0-9-1 greeting; a ready broker replies with a method frame, whose first byte is 1.
rabbitmq_answers() {
  local reply
  reply=$(
    exec 2>/dev/null 3<>"/dev/tcp/127.0.0.1/$RABBITMQ_AMQP" || exit 0
    printf 'AMQP\x00\x00\x09\x01' >&3
    timeout 5 head -c 1 <&3 | od -An -tu1
  ) || true
  [[ ${reply// /} == 1 ]]
}

rabbitmq_failed() {
  note "--- RabbitMQ's log"
  cat "$SCRATCH/epmd.log" "$SCRATCH/rabbitmq.log" >&2
  fail "$1"
}

# Killed, not asked: an orderly shutdown takes seconds and saves data that is thrown away with the folder.
rabbitmq_stop() {
  local pid
  for pid in $RABBITMQ_PID $EPMD_PID; do
    kill -KILL "$pid" 2>/dev/null || true
    await_end "$pid" 5
  done
}

# shellcheck shell=bash

# Starts PostgreSQL, and RabbitMQ unless $1 is "no". They stop when the run ends.
services_start() {
  at_end release_ports
  if [[ $1 != no ]]; then rabbitmq_launch; fi
  postgres_start
  if [[ $1 != no ]]; then rabbitmq_await; fi
}

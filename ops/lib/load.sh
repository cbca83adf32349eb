# shellcheck shell=bash
# Loads every part; the scripts source only this file.
ops_lib=$(dirname "${BASH_SOURCE[0]}")
for part in run ports users apt install postgres rabbitmq services steps forge node dotnet pages minutes chaos operators benchmarks; do
  # shellcheck source=/dev/null
  source "$ops_lib/$part.sh"
done
unset part

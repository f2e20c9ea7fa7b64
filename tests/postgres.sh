#!/usr/bin/env bash
# A PostgreSQL server of our own for tests: on a private port, in a new folder, gone afterwards.
# Usage: source tests/postgres.sh; start_postgres; … ; stop_postgres. Sets DREAMPLATFORM_TEST_POSTGRES.

install_postgres() {
  if ! compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; then
    echo 'Installing PostgreSQL from the distribution …' >&2
    local sudo=''
    [ "$(id -u)" = 0 ] || sudo='sudo'
    $sudo apt-get update -qq >/dev/null
    DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq postgresql >/dev/null
  fi
  postgres_bin=$(dirname "$(compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort -V | tail -n 1)")
}

# The program that backs up a file of SQLite beside its server, as docs/operations.md has it.
install_sqlite() {
  command -v sqlite3 >/dev/null && return
  local sudo=''
  [ "$(id -u)" = 0 ] || sudo='sudo'
  $sudo apt-get update -qq >/dev/null
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq sqlite3 >/dev/null
}

# PostgreSQL refuses to run as root.
as_postgres() {
  if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

start_postgres() {
  install_postgres
  postgres_dir=$(mktemp -d "${TMPDIR:-/tmp}/dreamplatform-postgres.XXXXXX")
  [ "$(id -u)" = 0 ] && chown postgres "$postgres_dir"
  local port=$((20000 + RANDOM % 20000))
  as_postgres "$postgres_bin/initdb" -D "$postgres_dir/data" -U dream --auth=trust -E UTF8 --locale=C.UTF-8 >/dev/null
  as_postgres "$postgres_bin/pg_ctl" -D "$postgres_dir/data" -w -l "$postgres_dir/log" \
    -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$postgres_dir -c max_connections=300 -c shared_buffers=256MB -c max_wal_size=2GB" \
    start >/dev/null || { cat "$postgres_dir/log" >&2; return 1; }
  export DREAMPLATFORM_TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=dream;Database=postgres"
}

stop_postgres() {
  [ -n "${postgres_dir:-}" ] || return 0
  as_postgres "$postgres_bin/pg_ctl" -D "$postgres_dir/data" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$postgres_dir"
  postgres_dir=''
}

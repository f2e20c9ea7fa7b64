#!/usr/bin/env bash
# Starts a cluster on this machine to try out: PostgreSQL, two silos and two web processes, with demo data.
# Usage: tests/cluster.sh [FOLDER]          starts it; everything it keeps is in FOLDER (default ./data-cluster)
#        tests/cluster.sh --stop [FOLDER]   stops it; what it kept stays, and is served again at the next start
set -euo pipefail
cd "$(dirname "$0")/.."
. tests/postgres.sh

is_stop=''
if [ "${1:-}" = --stop ]; then is_stop=1; shift; fi
folder=$(realpath -m "${1:-data-cluster}")
web_ports=(5181 5182) silo_ports=(5183 5184) postgres_port=5185

pid_file() { echo "$folder/run/$1.pid"; }

stop_all() {
  local name
  for name in web2 web1 silo2 silo1; do
    [ -f "$(pid_file $name)" ] || continue
    kill "$(cat "$(pid_file $name)")" 2>/dev/null || true
    # Whoever serves finishes what it accepted.
    timeout 40 tail --pid="$(cat "$(pid_file $name)")" -f /dev/null || true
    rm -f "$(pid_file $name)"
  done
  if [ -d "$folder/postgres" ]; then
    as_postgres "$postgres_bin/pg_ctl" -D "$folder/postgres" -m fast stop >/dev/null 2>&1 || true
  fi
  echo 'Stopped.'
}

start_database() {
  mkdir -p "$folder/run"
  if [ ! -d "$folder/postgres" ]; then
    mkdir "$folder/postgres"
    [ "$(id -u)" = 0 ] && chown postgres "$folder/postgres"
    as_postgres "$postgres_bin/initdb" -D "$folder/postgres" -U dream --auth=trust -E UTF8 --locale=C.UTF-8 >/dev/null
    as_postgres "$postgres_bin/pg_ctl" -D "$folder/postgres" -w -l "$folder/postgres/log" -o "$options" start >/dev/null
    as_postgres "$postgres_bin/createdb" -h 127.0.0.1 -p $postgres_port -U dream dreamplatform
  else
    as_postgres "$postgres_bin/pg_ctl" -D "$folder/postgres" -w -l "$folder/postgres/log" -o "$options" start >/dev/null
  fi
}

start() {
  local name=$1 role=$2 port=$3
  dotnet "${DREAMPLATFORM_RELEASE:-$folder/app}/DreamPlatform.Web.dll" --role "$role" --demo --data "$folder/$name" \
    --urls "http://127.0.0.1:$port" >"$folder/run/$name.log" 2>&1 &
  echo $! >"$(pid_file "$name")"
}

await_ready() {
  local name=$1 port=$2
  for _ in $(seq 120); do
    if curl --silent --fail --output /dev/null "http://127.0.0.1:$port/health/ready"; then
      echo "$name is ready: http://127.0.0.1:$port"
      return
    fi
    kill -0 "$(cat "$(pid_file "$name")")" 2>/dev/null || break
    sleep 0.5
  done
  echo "$name did not become ready:" >&2
  tail -n 20 "$folder/run/$name.log" >&2
  exit 1
}

install_postgres
if [ -n "$is_stop" ]; then stop_all; exit; fi

# A private place, but PostgreSQL, which is somebody else, must be able to pass through.
umask 077
mkdir -p "$folder" && chmod 711 "$folder"
options="-p $postgres_port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder/postgres -c max_connections=300"
start_database
[ -f "$folder/keys.secret" ] || head -c 32 /dev/urandom | base64 >"$folder/keys.secret"
[ -n "${DREAMPLATFORM_RELEASE:-}" ] || dotnet publish src/DreamPlatform.Web --configuration Release --use-current-runtime --no-self-contained --output "$folder/app" --verbosity quiet

export Database__Postgres="Host=127.0.0.1;Port=$postgres_port;Username=dream;Database=dreamplatform"
export Keys__Secret="$(cat "$folder/keys.secret")" Files__Folder="$folder/files" Cluster__AdvertisedAddress=127.0.0.1
start silo1 silo "${silo_ports[0]}"
start silo2 silo "${silo_ports[1]}"
await_ready silo1 "${silo_ports[0]}"
await_ready silo2 "${silo_ports[1]}"
start web1 web "${web_ports[0]}"
await_ready web1 "${web_ports[0]}"
start web2 web "${web_ports[1]}"
await_ready web2 "${web_ports[1]}"
echo "Sign in as donor@demo.example, password Demo-1234!  Stop it: tests/cluster.sh --stop"

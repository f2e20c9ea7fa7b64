#!/usr/bin/env bash
# An Azure Storage server of our own for tests (blobs, queues, tables): on private ports, in memory, gone afterwards.
# Usage: source tests/azurite.sh; start_azurite; … ; stop_azurite. Sets DREAMPLATFORM_TEST_AZURITE.

install_azurite() {
  azurite_home=$(cd "$(dirname "${BASH_SOURCE[0]}")/azurite" && pwd)
  if ! command -v npm >/dev/null; then
    echo 'Installing Node.js from the distribution …' >&2
    local sudo=''
    [ "$(id -u)" = 0 ] || sudo='sudo'
    $sudo apt-get update -qq >/dev/null
    DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq nodejs npm >/dev/null
  fi
  # The lock file that npm leaves inside tells what is installed, and lacks nothing only when that was finished.
  if [ ! "$azurite_home/node_modules/.package-lock.json" -nt "$azurite_home/package-lock.json" ]; then
    echo 'Installing Azurite from npm …' >&2
    npm ci --prefix "$azurite_home" --ignore-scripts --no-audit --no-fund --silent >&2
  fi
}

start_azurite() {
  install_azurite || return 1
  azurite_dir=$(mktemp -d "${TMPDIR:-/tmp}/dreamplatform-azurite.XXXXXX")
  local port=$((20000 + RANDOM % 12000))
  # Not through npx: that would leave a child behind when it is stopped.
  (cd "$azurite_dir" && exec "$azurite_home/node_modules/.bin/azurite" \
    --inMemoryPersistence --silent --skipApiVersionCheck --disableTelemetry \
    --blobPort "$port" --queuePort $((port + 1)) --tablePort $((port + 2))) >"$azurite_dir/log" 2>&1 &
  azurite_pid=$!
  # The account and key that the emulator's documentation gives to everybody.
  local account=devstoreaccount1
  local key='Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=='
  local try
  for try in $(seq 150); do
    if azurite_answers $((port)) && azurite_answers $((port + 2)); then
      export DREAMPLATFORM_TEST_AZURITE="DefaultEndpointsProtocol=http;AccountName=$account;AccountKey=$key;BlobEndpoint=http://127.0.0.1:$port/$account;QueueEndpoint=http://127.0.0.1:$((port + 1))/$account;TableEndpoint=http://127.0.0.1:$((port + 2))/$account;"
      return 0
    fi
    kill -0 "$azurite_pid" 2>/dev/null || break
    sleep 0.2
  done
  cat "$azurite_dir/log" >&2
  stop_azurite
  return 1
}

azurite_answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

stop_azurite() {
  [ -n "${azurite_pid:-}" ] || return 0
  kill "$azurite_pid" 2>/dev/null
  wait "$azurite_pid" 2>/dev/null
  rm -rf "$azurite_dir"
  azurite_pid=''
}

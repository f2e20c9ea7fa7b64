#!/usr/bin/env bash
# What goes wrong with many machines, with real processes on the loopback interface: kills, stops, full disks, bad
# networks. Usage: tests/faults.sh [--long] [NAME…]; without names all of them, with --long as often as before a release.
# DREAMPLATFORM_RELEASE names a published server; without it one is published. Prints the figures of each, and as its
# last line `N passed, N failed`.
set -uo pipefail
cd "$(dirname "$0")/.."
. tests/postgres.sh
. tests/azurite.sh
published=''
trap 'stop_azurite; [ -z "$published" ] || rm -rf "$published"' EXIT
install_postgres
export DREAMPLATFORM_POSTGRES_BIN=$postgres_bin
[ -n "${DREAMPLATFORM_TEST_AZURITE:-}" ] || start_azurite || exit 1
if [ -z "${DREAMPLATFORM_RELEASE:-}" ]; then
  published=$(mktemp -d "${TMPDIR:-/tmp}/dreamplatform-release.XXXXXX")
  dotnet publish src/DreamPlatform.Web --configuration Release --use-current-runtime --no-self-contained --output "$published" --verbosity quiet || exit 1
  export DREAMPLATFORM_RELEASE=$published
fi
dotnet build tests/DreamPlatform.Faults --verbosity quiet || exit 1
dotnet tests/DreamPlatform.Faults/bin/Debug/net10.0/DreamPlatform.Faults.dll "$@"

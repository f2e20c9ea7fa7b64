#!/usr/bin/env bash
# Runs every test, those that need PostgreSQL, Azure Storage or a browser too; installs, starts and stops what they need.
# DREAMPLATFORM_RELEASE names a published server; without it one is published.
# Arguments go to `dotnet test`. DREAMPLATFORM_CRASH_ROUNDS sets how often the crash test kills its server.
set -uo pipefail
cd "$(dirname "$0")/.."
. tests/postgres.sh
. tests/azurite.sh
. tests/browser.sh
published=''
trap 'stop_postgres; stop_azurite; [ -z "$published" ] || rm -rf "$published"' EXIT
start_postgres || exit 1
start_azurite || exit 1
find_browser || exit 1
install_sqlite || exit 1
# What pages weigh and cost is measured on what people really run.
if [ -z "${DREAMPLATFORM_RELEASE:-}" ]; then
  published=$(mktemp -d "${TMPDIR:-/tmp}/dreamplatform-release.XXXXXX")
  dotnet publish src/DreamPlatform.Web --configuration Release --use-current-runtime --no-self-contained --output "$published" --verbosity quiet || exit 1
  export DREAMPLATFORM_RELEASE=$published
fi
export DREAMPLATFORM_CRASH_ROUNDS=${DREAMPLATFORM_CRASH_ROUNDS:-20}

log=$(mktemp)
status=0
run() {
  # A test that hangs is one that fails, with what the others found.
  dotnet test "$@" --timeout 45m 2>&1 | tee -a "$log"
  [ "${PIPESTATUS[0]}" = 0 ] || status=1
}
run --solution DreamPlatform.sln "$@"
# Accounts have two homes: what shows that one of them is right is shown of the other too. None of it measures a release.
case "$*" in
  '' | --no-build)
    DREAMPLATFORM_RELEASE='' DREAMPLATFORM_TEST_HOME=postgres run --project tests/DreamPlatform.Web.Tests "$@" --filter-class \
      '*Accounts.RoleTests' '*Accounts.RegistrationTests' '*Accounts.HelperTests' '*Accounts.InvitationTests'
    ;;
esac
awk '/^Test run summary:/ { seen = 1 }
  seen && /^ +failed:/ { failed += $2 }
  seen && /^ +succeeded:/ { passed += $2 }
  seen && /^ +skipped:/ { skipped += $2; seen = 0 }
  END { printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped }' "$log"
rm -f "$log"
exit "$status"

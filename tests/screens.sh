#!/usr/bin/env bash
# Photographs every page in both languages, light at 1280 px and dark at 360 px, into artifacts/screens, and checks it on
# the way. An argument is a pattern of the pages to take: tests/screens.sh '^/reviews'
set -euo pipefail
cd "$(dirname "$0")/.."
. tests/browser.sh
find_browser
export DREAMPLATFORM_SCREENS=$PWD/artifacts/screens DREAMPLATFORM_PAGES=${1:-}
dotnet test --project tests/DreamPlatform.Web.Tests --filter-class '*AccessibilityTests'

#!/usr/bin/env bash
# A browser for tests of pages, with letters for Chinese. Usage: source tests/browser.sh; find_browser.
# Sets DREAMPLATFORM_BROWSER.

find_browser() {
  local missing=()
  command -v chromium >/dev/null || missing+=(chromium)
  compgen -G '/usr/share/fonts/opentype/noto/NotoSansCJK*' >/dev/null || missing+=(fonts-noto-cjk)
  if [ ${#missing[@]} -gt 0 ]; then
    echo "Installing ${missing[*]} from the distribution …" >&2
    local sudo=''
    [ "$(id -u)" = 0 ] || sudo='sudo'
    $sudo apt-get update -qq >/dev/null
    DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  fi
  DREAMPLATFORM_BROWSER=$(command -v chromium) || return 1
  export DREAMPLATFORM_BROWSER
}

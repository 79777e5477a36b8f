#!/bin/sh
# Install what the tests of pages need: Chromium, and axe-core (accessibility) into the folder .npm, which git ignores.
# On Debian and Ubuntu, as root; elsewhere it only says what is missing. Does nothing where they are there.
set -eu
cd "$(dirname "$0")/.."

say() {
    printf '%s\n' "$@" >&2
}

install() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
    apt-get install --yes --no-install-recommends "$1" >/dev/null 2>&1 && return 0
    apt-get update >/dev/null 2>&1 || true
    apt-get install --yes --no-install-recommends "$1" >/dev/null 2>&1
}

command -v chromium >/dev/null || install chromium ||
    say "缺少 Chromium，网页的测试将被跳过；Debian/Ubuntu 请运行：sudo apt install chromium" \
        "Chromium is missing; tests of pages are skipped. On Debian or Ubuntu: sudo apt install chromium"

[ ! -f .npm/node_modules/axe-core/axe.min.js ] || exit 0
command -v npm >/dev/null || install npm || true
npm install --prefix .npm --silent --no-audit --no-fund axe-core@4.10 >/dev/null 2>&1 ||
    say "无法用 npm 安装 axe-core，网页无障碍的测试将被跳过；请安装 npm 后重试。" \
        "axe-core could not be installed with npm; tests of accessibility are skipped. Install npm and try again."

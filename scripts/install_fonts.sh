#!/bin/sh
# Install the Chinese fonts that generated PDFs embed: install_fonts.sh
# On Debian and Ubuntu, as root; elsewhere it only says what is missing. Does nothing where they are there.
set -eu

for folder in /usr/share/fonts /usr/local/share/fonts "$HOME/.local/share/fonts" "$HOME/.fonts"; do
    [ -d "$folder" ] || continue
    [ -z "$(find "$folder" -name uming.ttc)" ] || [ -z "$(find "$folder" -name ukai.ttc)" ] || exit 0
done

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get install --yes --no-install-recommends fonts-arphic-uming fonts-arphic-ukai >/dev/null 2>&1 && exit 0
    apt-get update >/dev/null 2>&1 || true
    apt-get install --yes --no-install-recommends fonts-arphic-uming fonts-arphic-ukai >/dev/null 2>&1 && exit 0
fi
echo "缺少字体 uming.ttc、ukai.ttc，涉及生成 PDF 的测试将被跳过；Debian/Ubuntu 请运行：sudo apt install fonts-arphic-uming fonts-arphic-ukai" >&2
echo "The fonts uming.ttc and ukai.ttc are missing; tests that make PDFs are skipped. On Debian or Ubuntu: sudo apt install fonts-arphic-uming fonts-arphic-ukai" >&2

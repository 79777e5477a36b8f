#!/bin/sh
# Make a virtual environment with hedui and its development tools: setup_environment.sh FOLDER
# PYTHON names the interpreter; without it the first Python 3.11 or later on the path is taken.
set -eu
cd "$(dirname "$0")/.."
folder=$1

fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

recent() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

python=${PYTHON:-}
if [ -z "$python" ]; then
    for candidate in python3 python3.14 python3.13 python3.12 python3.11 python; do
        if recent "$candidate"; then
            python=$candidate
            break
        fi
    done
fi
[ -n "$python" ] || fail "没有找到 Python 3.11 或更新的版本；请先安装，或用 PYTHON=路径 指明。" \
    "No Python 3.11 or later was found: install one, or name it with PYTHON=path."
recent "$python" || fail "$python 不是 Python 3.11 或更新的版本。" "$python is not Python 3.11 or later."

echo "正在准备 $folder（只需一次，约一两分钟）… / preparing $folder (once, a minute or two) …"
rm -rf "$folder"
# Debian and Ubuntu ship Python without the part of venv that brings pip.
if "$python" -c 'import ensurepip' 2>/dev/null; then
    "$python" -m venv "$folder"
elif "$python" -c 'import virtualenv' 2>/dev/null; then
    "$python" -m virtualenv --quiet "$folder"
else
    fail "$python 缺少创建虚拟环境的组件；Debian/Ubuntu 请先运行：sudo apt install python3-venv（或安装 virtualenv）。" \
        "$python cannot make virtual environments. On Debian or Ubuntu: sudo apt install python3-venv (or install virtualenv)."
fi

"$folder/bin/python" -m pip install --quiet --disable-pip-version-check --editable '.[dev]' || fail "" \
    "安装依赖失败。请检查网络，或用 PIP_INDEX_URL 指定可用的软件包镜像，然后重试。" \
    "The dependencies could not be installed. Check the network, or name a package index with PIP_INDEX_URL, and try again."

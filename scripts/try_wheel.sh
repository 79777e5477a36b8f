#!/bin/sh
# Build the wheel and the source archive, install the wheel in clean environments away from the checkout, with the newest
# and with the oldest dependencies that pyproject.toml allows, and check samples there: try_wheel.sh [EXTRA,…]
# PYTHON names the interpreter (python3 unless told). Needs a package index and some minutes; leaves nothing behind.
set -eu
checkout=$(cd "$(dirname "$0")/.." && pwd)
extras=${1:-}
python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$python" -m venv "$work/tools" 2>/dev/null || "$python" -m virtualenv --quiet "$work/tools"
"$work/tools/bin/pip" install --quiet --disable-pip-version-check build uv
"$work/tools/bin/python" -m build --sdist --wheel --outdir "$work/dist" "$checkout" >"$work/build.log" || { cat "$work/build.log"; exit 1; }
wheel=$(ls "$work"/dist/*.whl)
mkdir "$work/elsewhere"
cp "$checkout/corpora/samples/anhui-2022.txt" "$checkout/corpora/samples/guangdong-2023.txt" "$work/elsewhere"
cd "$work/elsewhere"
unset PYTHONPATH

# The source archive has to make the same wheel.
"$work/tools/bin/pip" wheel --quiet --disable-pip-version-check --no-deps --wheel-dir "$work/again" "$work"/dist/*.tar.gz
"$work/tools/bin/python" - "$wheel" "$work"/again/*.whl <<'PY'
import sys, zipfile
one, other = (set(zipfile.ZipFile(name).namelist()) for name in sys.argv[1:])
sys.exit(f"the source archive makes another wheel: {sorted(one ^ other)}" if one != other else 0)
PY

for resolution in highest lowest-direct; do
    environment="$work/$resolution"
    "$work/tools/bin/uv" venv --quiet --python "$python" "$environment"
    "$work/tools/bin/uv" pip install --quiet --python "$environment/bin/python" --resolution "$resolution" \
        "hedui${extras:+[$extras]} @ file://$wheel"
    hedui="$environment/bin/hedui"
    "$hedui" --version
    code=0
    "$hedui" check anhui-2022.txt --lang en >found.txt || code=$?
    [ "$code" = 1 ] && grep -q "certain: 8 " found.txt || { cat found.txt; echo "$resolution: exit code $code"; exit 1; }
    "$hedui" check guangdong-2023.txt --lang en >/dev/null
    "$hedui" build anhui-2022.txt guangdong-2023.txt "$resolution.db" --lang en 2>/dev/null | head -1
    "$hedui" export "$resolution.db" --table documents --out "$resolution.csv"
    echo "$resolution: passed ($("$environment/bin/python" --version))"
done

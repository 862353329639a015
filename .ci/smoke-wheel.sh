#!/usr/bin/env bash
# Build the wheel, install it in an empty environment and use it from another folder:
# what works in a checkout only, or was not packed, is found here.
set -euo pipefail
cd "$(dirname "$0")/.."
root="$PWD"
place="$(mktemp -d)"
server=""
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$place"' EXIT

echo "Building the wheel …"
mkdir "$place/source" "$place/elsewhere" "$place/instance"
git ls-files --cached --others --exclude-standard -z | xargs -0 -r ls -d 2>/dev/null \
    | tar --create --files-from - | tar --extract --directory "$place/source"
"$root/.venv/bin/python" -m build --wheel --no-isolation --outdir "$place/dist" "$place/source" >"$place/build.log" 2>&1 \
    || { cat "$place/build.log"; exit 1; }

echo "Installing it in an empty environment …"
"$root/.venv/bin/python" -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check --no-deps --require-hashes \
    --requirement requirements/run.txt
"$place/venv/bin/pip" install --quiet --disable-pip-version-check --no-deps "$place"/dist/tillsyn-*.whl

cd "$place/elsewhere"
port="$("$place/venv/bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')"
# The machine's own environment is left out: nothing of the checkout may help.
tillsyn() { env -i PATH="$place/venv/bin:/usr/bin:/bin" HOME="$place" LANG=C.UTF-8 PORT="$port" \
    TILLSYN_INSTANCE="$place/instance" "$place/venv/bin/tillsyn" "$@"; }
tillsyn --help >/dev/null
tillsyn db upgrade
tillsyn demo >/dev/null

echo "Serving from it …"
env -i PATH="$place/venv/bin:/usr/bin:/bin" HOME="$place" LANG=C.UTF-8 PORT="$port" \
    TILLSYN_INSTANCE="$place/instance" "$place/venv/bin/tillsyn" serve >"$place/serve.log" 2>&1 &
server=$!
"$place/venv/bin/python" "$root/.ci/smoke.py" "http://127.0.0.1:$port" "$place/source" || { cat "$place/serve.log"; exit 1; }
kill -INT "$server"
wait "$server" || { echo "The server did not stop cleanly."; cat "$place/serve.log"; exit 1; }
server=""
echo "The wheel works from another folder."

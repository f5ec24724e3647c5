#!/usr/bin/env bash
# Make .venv and install the pinned packages of one set: run or dev.
set -euo pipefail
cd "$(dirname "$0")/.."
set_name=$1
python=${2:-python3}

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "Woonflow needs Python 3.11 or newer; '$python' is $("$python" --version 2>&1)." >&2
    echo "Name another one: make PYTHON=/path/to/python3.11 ..." >&2
    exit 1
fi

if [ ! -x .venv/bin/pip ]; then
    rm -rf .venv
    if ! "$python" -m venv .venv >/dev/null 2>&1; then
        rm -rf .venv
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
            echo "Installing python3-venv, which Debian keeps apart ..."
            apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null
            "$python" -m venv .venv
        else
            echo "This Python can't make environments. On Debian: sudo apt-get install python3-venv" >&2
            exit 1
        fi
    fi
fi

echo "Installing the packages of requirements/$set_name.txt ..."
.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r "requirements/$set_name.txt"
.venv/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable . 2>/dev/null \
    || .venv/bin/pip install --quiet --disable-pip-version-check --no-deps --editable .
touch .venv/.run
[ "$set_name" = run ] || touch .venv/.dev

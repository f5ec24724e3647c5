#!/usr/bin/env bash
# Bring a Chromium for the browser tests, and leave its path in .venv/.chromium.
set -euo pipefail
cd "$(dirname "$0")/../.."

found() {
    command -v chromium || command -v chromium-browser || command -v google-chrome || true
}

path=$(found)
if [ -z "$path" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Chromium ..."
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null
    path=$(found)
fi
if [ -z "$path" ]; then
    echo "Fetching Chromium through Playwright ..."
    .venv/bin/playwright install chromium
    path=$(.venv/bin/python -c 'from playwright.sync_api import sync_playwright as p
with p() as play: print(play.chromium.executable_path)')
fi
if [ ! -x "$path" ]; then
    echo "No Chromium: install one (Debian: sudo apt-get install chromium) and run again." >&2
    exit 1
fi
echo "$path" > .venv/.chromium

#!/usr/bin/env bash
# Set-up, done again only where something changed: system packages, .venv, locked dependencies.
#   outils/installer.sh         what the application needs
#   outils/installer.sh --dev   what its tests and checks need too
set -euo pipefail
cd "$(dirname "$0")/.."

dire() { printf 'conclu: %s\n' "$*" >&2; }
fin() { dire "$@"; exit 1; }
a() { command -v "$1" >/dev/null 2>&1; }

python_convenable() {
    local p
    for p in python3 python3.14 python3.13 python3.12 python3.11; do
        if a "$p" && "$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$p"
            return
        fi
    done
}

# --- System packages: say which, then install only those that are missing -----------------------------------------
voulus=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core)
python=$(python_convenable)
if [ -z "$python" ] || ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    voulus+=(python3-venv)
fi
if [ "${1:-}" = --dev ]; then
    a chromium || a google-chrome || voulus+=(chromium)
    a redis-server || voulus+=(redis-server)
    a initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || voulus+=(postgresql)
    a pdftotext || voulus+=(poppler-utils)
    a qpdf || voulus+=(qpdf)
    a git || voulus+=(git)
fi
if a dpkg-query; then
    manquants=()
    for paquet in "${voulus[@]}"; do
        case "$(dpkg-query -W -f='${Status}' "$paquet" 2>/dev/null)" in
            *" installed") ;;
            *) manquants+=("$paquet") ;;
        esac
    done
    if [ ${#manquants[@]} -gt 0 ]; then
        dire "system packages to install: ${manquants[*]}"
        racine=()
        if [ "$(id -u)" != 0 ]; then
            a sudo || fin "not root and no sudo; ask an administrator for: apt-get install ${manquants[*]}"
            racine=(sudo)
        fi
        "${racine[@]}" apt-get update -qq
        "${racine[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
            apt-get install -y -qq --no-install-recommends "${manquants[@]}" >/dev/null
    fi
    python=$(python_convenable)
elif a brew; then
    dire "not Debian: make sure that these are there: brew install python pango harfbuzz redis postgresql qpdf poppler"
fi
[ -n "$python" ] || fin "Python 3.11 or newer is needed (this system has: $(python3 --version 2>&1 || true))"

# --- .venv and the locked dependencies ----------------------------------------------------------------------------
if ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    dire "creating .venv with $("$python" --version)"
    rm -rf .venv
    "$python" -m venv .venv
fi
verrou=requirements.txt
[ "${1:-}" != --dev ] || verrou=requirements-dev.txt
if ! cmp -s "$verrou" ".venv/$verrou"; then
    dire "installing $verrou"
    .venv/bin/python -m pip install -q --require-hashes -r requirements-uv.txt
    .venv/bin/uv pip install -q --python .venv/bin/python --compile-bytecode --require-hashes -r "$verrou"
    cp "$verrou" ".venv/$verrou"
fi

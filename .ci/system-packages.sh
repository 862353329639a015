#!/usr/bin/env bash
# Make sure that the programs which the tests drive are here: Chromium, PostgreSQL's server,
# poppler-utils, a JDK, nginx, the Swedish dictionary of Hunspell. Installs them on Debian and Ubuntu as root or with sudo; elsewhere prints what to do.
set -euo pipefail

packages=()
command -v chromium >/dev/null || packages+=(chromium)
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || packages+=(postgresql)
command -v pdftotext >/dev/null || packages+=(poppler-utils)
command -v java >/dev/null || packages+=(default-jdk-headless)
PATH="$PATH:/usr/sbin" command -v nginx >/dev/null || packages+=(nginx-light)
[ -r /usr/share/hunspell/sv_SE.dic ] || packages+=(hunspell-sv)
[ ${#packages[@]} -eq 0 ] && exit 0

install=(apt-get install --yes --no-install-recommends "${packages[@]}")
if ! command -v apt-get >/dev/null; then
    echo "The tests need these programs; install them in your system's way: ${packages[*]}" >&2
    exit 1
elif [ "$(id -u)" -eq 0 ]; then
    elevate=()
elif command -v sudo >/dev/null && { [ -t 0 ] || sudo --non-interactive true 2>/dev/null; }; then
    elevate=(sudo)
else
    echo "The tests need more programs. Run this as root, then start again: ${install[*]}" >&2
    exit 1
fi
echo "Installing for the tests: ${packages[*]}"
export DEBIAN_FRONTEND=noninteractive
"${elevate[@]}" apt-get update --quiet --quiet
"${elevate[@]}" "${install[@]}" >/dev/null

#!/usr/bin/env bash
# Brings CPython 3.14 to a machine that has none: Debian's own build from its next release, with the libraries it was built
# with, as artifacts/python/3.14/usr/bin/python3.14, where the tests look. What is installed on the machine is not touched.
# With that folder first on PATH the tests that take `python3` run on it too.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. eng/debian.sh
. eng/debian-packages.sh

place=$PWD/artifacts/python/3.14
program=$place/usr/bin/python3.14
works() { "$program" -I -c 'import _ctypes, decimal, sqlite3, ssl, zoneinfo' 2>/dev/null; }
if works; then
    exit 0
fi

case $(uname -m) in
    x86_64) debian=amd64 ;;
    aarch64) debian=arm64 ;;
    *) echo "CPython 3.14 is brought for x86_64 and aarch64, and this is $(uname -m)" >&2; exit 1 ;;
esac
command -v patchelf >/dev/null || install_debian patchelf

rm -rf "$place"
debian_packages "$PWD/artifacts/python/debian" forky "$debian" python3.14 tzdata
unpack_debian "$PWD/artifacts/python/debian" "$place"

# It was built for a newer C library than this machine may have: it starts with its own, and looks there for all others.
loader=$(find "$place/usr/lib" "$place/usr/lib64" -maxdepth 1 -name 'ld-linux-*' 2>/dev/null | head -n 1)
patchelf --set-interpreter "$loader" --force-rpath --set-rpath "$place/usr/lib/$(uname -m)-linux-gnu" "$program"
works || { echo "CPython 3.14 was brought and does not start" >&2; exit 1; }
ln -sf python3.14 "$place/usr/bin/python3"
"$program" --version

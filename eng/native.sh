#!/usr/bin/env bash
# Compiles a host of the packages ahead of time, where a warning is an error, and runs it. eng/pack.sh has made the packages.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. eng/debian.sh
. eng/packages.sh

packages="$PWD/artifacts/packages"
if ! ls "$packages"/PolicyLayer.JsonSchema.*.nupkg >/dev/null 2>&1; then
    echo "there are no packages: run bash eng/pack.sh first" >&2
    exit 1
fi

# What links the program.
command -v clang >/dev/null || ensure_installed gcc:gcc /usr/include/stdio.h:libc6-dev

host=$(mktemp -d)
trap 'rm -rf "$host"' EXIT
cp eng/native/* "$host"
cd "$host"
use_packages "$packages"
dotnet publish --configuration Release --output out -p:PolicyLayerVersion="$version"
out/Native

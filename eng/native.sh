#!/usr/bin/env bash
# Compiles a host of the packages ahead of time, where a warning is an error, and runs it. eng/pack.sh has made the packages.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. eng/debian.sh

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

# A packages folder of its own, so that an earlier copy of the same version is never what is tested.
export NUGET_PACKAGES="$host/packages"
cat > nuget.config <<XML
<?xml version="1.0" encoding="utf-8"?>
<configuration>
  <packageSources>
    <add key="policylayer-local" value="$packages" />
  </packageSources>
</configuration>
XML
version=$(basename "$packages"/PolicyLayer.JsonSchema.*.nupkg .nupkg)
dotnet publish --configuration Release --output out -p:PolicyLayerVersion="${version#PolicyLayer.JsonSchema.}"
out/Native

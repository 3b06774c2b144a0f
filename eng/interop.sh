#!/usr/bin/env bash
# The proxy among real peers: reference servers, the TypeScript SDK's client, the conformance suite and the inspector.
# --no-build takes the tool as it was built; names choose parts, such as `bash eng/interop.sh --no-build everything-stdio conformance`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. eng/debian.sh

if ! command -v node >/dev/null 2>&1 || ! command -v npm >/dev/null 2>&1; then
    echo "node or npm is missing: installing them"
    if ! install_debian nodejs npm; then
        echo "eng/interop.sh needs node and npm: install Node.js 18 or later" >&2
        exit 1
    fi
fi

place=artifacts/interop
mkdir -p "$place/bin"
if ! cmp -s eng/interop/package-lock.json "$place/package-lock.json" || [ ! -f "$place/installed" ]; then
    rm -f "$place/installed"
    cp eng/interop/package.json eng/interop/package-lock.json "$place/"

    # A Node that the conformance suite and the inspector can run on is one of the packages: what is installed here may be older.
    npm ci --prefix "$place" --ignore-scripts --no-audit --no-fund --loglevel error
    touch "$place/installed"
fi

cp eng/interop/*.mjs "$place/"

if [ "${1:-}" = --no-build ]; then
    shift
else
    dotnet build src/PolicyLayer.Cli --configuration Release
fi
printf '#!/bin/sh\nexec dotnet "%s" "$@"\n' "$PWD/artifacts/bin/PolicyLayer.Cli/release/PolicyLayer.Cli.dll" > "$place/bin/policylayer"
chmod +x "$place/bin/policylayer"

node=$(find "$place/node_modules" -maxdepth 3 -path '*/node-linux-*/bin/node' | head -n 1)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
INTEROP_ROOT=$PWD INTEROP_SCRATCH=$scratch "${node:-node}" "$place/run.mjs" "$@"

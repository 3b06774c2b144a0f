#!/usr/bin/env bash
# Packs every package, installs them from the folder into a project outside the tree, and runs it: what users get is what is tested.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. eng/packages.sh

packages="$PWD/artifacts/packages"
rm -rf "$packages"
dotnet pack PolicyLayer.Sdk.sln --configuration Release --output "$packages" "$@"

consumer=$(mktemp -d)
trap 'rm -rf "$consumer"' EXIT
cp eng/consumer/* "$consumer"
cd "$consumer"
use_packages "$packages"
dotnet run -p:PolicyLayerVersion="$version"

dotnet tool install PolicyLayer.Cli --version "$version" --tool-path tools
tools/policylayer eval --policy "$OLDPWD/samples/policies/read-only.json" --calls "$OLDPWD/samples/policies/cases/read-only.jsonl"

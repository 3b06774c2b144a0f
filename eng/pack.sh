#!/usr/bin/env bash
# Packs every package, installs them from the folder into a project outside the tree, and runs it: what users get is what is tested.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

packages="$PWD/artifacts/packages"
rm -rf "$packages"
dotnet pack PolicyLayer.Sdk.sln --configuration Release --output "$packages" "$@"

consumer=$(mktemp -d)
trap 'rm -rf "$consumer"' EXIT
cp eng/consumer/* "$consumer"
cd "$consumer"

# A packages folder of its own, so that an earlier copy of the same version is never what is tested.
export NUGET_PACKAGES="$consumer/packages"
cat > nuget.config <<XML
<?xml version="1.0" encoding="utf-8"?>
<configuration>
  <packageSources>
    <add key="policylayer-local" value="$packages" />
  </packageSources>
</configuration>
XML
version=$(basename "$packages"/PolicyLayer.JsonSchema.*.nupkg .nupkg)
dotnet run -p:PolicyLayerVersion="${version#PolicyLayer.JsonSchema.}"

dotnet tool install PolicyLayer.Cli --version "${version#PolicyLayer.JsonSchema.}" --tool-path tools
tools/policylayer eval --policy "$OLDPWD/samples/policies/read-only.json" --calls "$OLDPWD/samples/policies/cases/read-only.jsonl"

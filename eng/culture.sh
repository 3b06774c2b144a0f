#!/usr/bin/env bash
# Runs the tests of what reads and writes texts once more as most hosts run: with ICU, in a culture whose numbers and letters are not English.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if ! ldconfig -p | grep -q libicuuc; then
    echo "Without libicu the tests in another culture are skipped." >&2
    exit 0
fi

[[ ${1:-} == --no-build ]] || dotnet build PolicyLayer.Sdk.sln --configuration Release

unset LC_ALL
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=0 DOTNET_SYSTEM_GLOBALIZATION_PREDEFINED_CULTURES_ONLY=0 LANG=tr_TR.UTF-8
for tests in PolicyLayer.Sdk.Tests PolicyLayer.JsonSchema.Tests PolicyLayer.Sdk.Yaml.Tests PolicyLayer.Sdk.NJsonSchema.Tests PolicyLayer.Sdk.AI.Tests PolicyLayer.Sdk.Mcp.Tests PolicyLayer.Sdk.Proxy.Tests; do
    echo "$tests"
    dotnet "artifacts/bin/$tests/release/$tests.dll" -noColor -noLogo -quiet
done

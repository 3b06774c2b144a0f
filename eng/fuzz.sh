#!/usr/bin/env bash
# Tries many more generated and mutated documents and calls than the tests do. The argument says how many times as many.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

dotnet build tests/PolicyLayer.Sdk.Tests --configuration Release
POLICYLAYER_FUZZ="${1:-20}" dotnet artifacts/bin/PolicyLayer.Sdk.Tests/release/PolicyLayer.Sdk.Tests.dll -class '*PolicyPropertyTests'

dotnet build tests/PolicyLayer.Sdk.Mcp.Tests --configuration Release
POLICYLAYER_FUZZ="${1:-20}" dotnet artifacts/bin/PolicyLayer.Sdk.Mcp.Tests/release/PolicyLayer.Sdk.Mcp.Tests.dll -class '*BindingPropertyTests'

dotnet build tests/PolicyLayer.EndToEnd.Tests --configuration Release
POLICYLAYER_FUZZ="${1:-20}" dotnet artifacts/bin/PolicyLayer.EndToEnd.Tests/release/PolicyLayer.EndToEnd.Tests.dll -class '*WayTests'

#!/usr/bin/env bash
# Runs the samples that check themselves, as the README does.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

dotnet run --project samples/ChatAgent --configuration Release
dotnet run --project samples/AspNetCoreServer --configuration Release -- smoke

#!/usr/bin/env bash
# Runs the tool as the README does: what users read first must work.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

dotnet run --project src/PolicyLayer.Cli -- validate samples/policies/spend-cap.json
dotnet run --project src/PolicyLayer.Cli -- eval --policy samples/policies/spend-cap.json --calls samples/policies/cases/spend-cap.jsonl
dotnet run --project src/PolicyLayer.Cli -- eval --policy samples/policies/spend-cap.json --tool create_charge --args '{ "currency": "usd", "amount": "7" }' --explain

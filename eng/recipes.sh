#!/usr/bin/env bash
# Runs the tool as the README does: what users read first must work.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. eng/python.sh

dotnet run --project src/PolicyLayer.Cli -- validate samples/policies/spend-cap.json
dotnet run --project src/PolicyLayer.Cli -- eval --policy samples/policies/spend-cap.json --calls samples/policies/cases/spend-cap.jsonl
dotnet run --project src/PolicyLayer.Cli -- eval --policy samples/policies/spend-cap.json --tool create_charge --args '{ "currency": "usd", "amount": 70000 }' --explain

ensure_python
echo 'print(open("/etc/passwd").read())' | dotnet run --project src/PolicyLayer.Cli -- python - && status=0 || status=$?
if [[ $status != 1 ]]; then
    echo "recipes: a program that reads a file ended with $status, not 1" >&2
    exit 1
fi

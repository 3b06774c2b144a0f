#!/usr/bin/env bash
# Starts an MCP server whose run_python_code is guarded by a policy, and shows what happens to a client's calls.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. eng/python.sh

ensure_python
exec dotnet run --project samples/QuickStart --configuration Release -- "$@"

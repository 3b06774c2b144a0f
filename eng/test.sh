#!/usr/bin/env bash
# Runs every test of the solution and ends with the sum over all projects. Arguments go to `dotnet test`.
# POLICYLAYER_FULL_MATRIX=1 tries every payload against every layer of the Python sandbox, which takes minutes.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. eng/python.sh
. eng/servers.sh

ensure_servers || echo "Without redis-server and postgresql the tests of shared counters are skipped." >&2
ensure_python || echo "Without python3 the tests of the Python runner are skipped." >&2
command -v python3.14 >/dev/null || bash eng/python-314.sh || echo "Without CPython 3.14 the tests of the Python runner on it are skipped." >&2

results="artifacts/test-results"
rm -rf "$results"
status=0
dotnet test PolicyLayer.Sdk.sln --configuration Release --logger trx --results-directory "$results" "$@" || status=$?

reports=$(find "$results" -name '*.trx' 2>/dev/null)
if [ -z "$reports" ]; then
    echo "no test ran" >&2
    exit 1
fi

# What was skipped or failed, and why, once more at the end: a skipped test that nobody hears of proves nothing.
awk '
    function plain(text) { gsub(/<[^>]*>/, "", text); return text }
    /<UnitTestResult / {
        outcome = /outcome="NotExecuted"/ ? "skipped" : /outcome="Failed"/ ? "failed" : ""
        if (match($0, /testName="[^"]*"/)) name = substr($0, RSTART + 10, RLENGTH - 11)
    }
    outcome == "skipped" && /<(Message|StdOut)>/ { sub(/^ */, ""); print "skipped: " name ": " plain($0); outcome = "" }
    outcome == "failed" && /<Message>/ { print "failed: " name; telling = 1 }
    telling { print "   " plain($0) }
    /<StackTrace>/ { telling = 0 }
' $reports

awk -v status="$status" '
    function count(name) { return match($0, name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 2, RLENGTH - length(name) - 3) + 0 : 0 }
    /<Counters / { total += count("total"); executed += count("executed"); passed += count("passed"); failed += count("executed") - count("passed") }
    END {
        if (status != 0 && failed == 0) { print "the test run itself failed" > "/dev/stderr" }
        printf "%d passed, %d failed, %d skipped\n", passed, failed, total - executed
        exit (status != 0 || failed > 0 || passed == 0)
    }
' $reports

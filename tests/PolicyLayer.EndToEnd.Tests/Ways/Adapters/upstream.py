"""An MCP server on stdio that says of each call what it was given. The first argument names a file with its list of tools, which it lists as it is written."""
import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    LISTING = file.read()
NAMES = {tool["name"] for tool in json.loads(LISTING)["tools"]}


def answer(message, line):
    method = message["method"]
    if method == "initialize":
        return '"result":{"protocolVersion":"2025-06-18","capabilities":{"tools":{}},"serverInfo":{"name":"up","version":"1"}}'
    if method == "tools/list":
        return '"result":' + LISTING
    name = message["params"]["name"]
    if name not in NAMES:
        return '"error":' + json.dumps({"code": -32602, "message": "Unknown tool: '" + name + "'"})
    return '"result":' + json.dumps({"content": [{"type": "text", "text": line}], "isError": name == "fail"})


sys.stdin.reconfigure(encoding="utf-8")
sys.stdout.reconfigure(encoding="utf-8")
for line in sys.stdin:
    message = json.loads(line)
    if "id" in message:
        sys.stdout.write('{"jsonrpc":"2.0","id":' + json.dumps(message["id"]) + "," + answer(message, line) + "}\n")
        sys.stdout.flush()

"""An MCP server on stdio without any package. The first argument says how it behaves."""
import json
import os
import signal
import subprocess
import sys
import time

MODE = sys.argv[1] if len(sys.argv) > 1 else "plain"
TOOLS = [
    {"name": "echo", "inputSchema": {"type": "object", "properties": {"text": {"type": "string"}}}},
    {"name": "secret", "inputSchema": {"type": "object"}},
    {"name": "big", "inputSchema": {"type": "object", "properties": {"size": {"type": "integer"}}}},
    {"name": "die", "inputSchema": {"type": "object"}},
    {"name": "elicit", "inputSchema": {"type": "object"}},
]


def say(message):
    sys.stdout.write(json.dumps(message, separators=(", ", ":")) + "\n")
    sys.stdout.flush()


def result(of, value):
    say({"jsonrpc": "2.0", "id": of["id"], "result": value})


def text(of, value):
    result(of, {"content": [{"type": "text", "text": value}]})


def call(message):
    name = message["params"]["name"]
    arguments = message["params"].get("arguments") or {}
    sys.stderr.write("ran " + name + "\n")
    sys.stderr.flush()
    if name == "echo":
        text(message, arguments["text"])
    elif name == "big":
        text(message, "x" * arguments["size"])
    elif name == "huge":
        block = "0123456789abcde\\n" * 4096
        sys.stdout.write('{"result": {"content": [{"type": "text", "text": "')
        for _ in range(arguments["blocks"]):
            sys.stdout.write(block)
        sys.stdout.write('"}]}, "jsonrpc": "2.0", "id": %s}\n' % json.dumps(message["id"]))
        sys.stdout.flush()
    elif name == "die":
        os._exit(7)
    elif name == "elicit":
        say({"jsonrpc": "2.0", "id": "ask", "method": "elicitation/create",
             "params": {"message": "a word?", "requestedSchema": {"type": "object", "properties": {"word": {"type": "string"}}}}})
        answer = json.loads(sys.stdin.readline())
        text(message, answer["result"]["content"]["word"])
    else:
        say({"jsonrpc": "2.0", "id": message["id"], "error": {"code": -32602, "message": "unknown"}})


def serve():
    for line in sys.stdin:
        message = json.loads(line)
        method = message.get("method")
        if method == "initialize":
            result(message, {"protocolVersion": message["params"]["protocolVersion"], "capabilities": {"tools": {"listChanged": True} if MODE == "tells" else {}},
                             "serverInfo": {"name": "peer", "version": "1"}})
        elif method == "tools/list":
            start = int(message.get("params", {}).get("cursor", "0"))
            page = {"tools": TOOLS[start:start + 2]}
            if start + 2 < len(TOOLS):
                page["nextCursor"] = str(start + 2)
            result(message, page)
        elif method == "tools/call":
            call(message)
        elif method == "subscriptions/listen":
            say({"jsonrpc": "2.0", "method": "notifications/subscriptions/acknowledged",
                 "params": {"notifications": message["params"]["notifications"], "_meta": {"io.modelcontextprotocol/subscriptionId": message["id"]}}})
        elif "id" in message:
            result(message, {})


if MODE == "signal":
    def on_signal(number, frame):
        sys.stderr.write("signal %d\n" % number)
        sys.stderr.flush()
        os._exit(40 + number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, on_signal)
elif MODE in ("stubborn", "family"):
    if MODE == "stubborn":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    grandchild = subprocess.Popen(["sleep", "1000"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)

    # One whose own parent is gone, and which holds the pipe to the proxy open.
    os.dup2(1, 9)
    orphan = subprocess.run(["sh", "-c", "sleep 1000 >&9 2>/dev/null & echo $!"], stdout=subprocess.PIPE, pass_fds=(9,)).stdout
    os.close(9)
    sys.stderr.write("family %d %d %d\n" % (os.getpid(), grandchild.pid, int(orphan)))
    sys.stderr.flush()

serve()
if MODE in ("code", "family"):
    sys.exit(3)
while MODE == "stubborn":
    time.sleep(1000)

"""A worker in Python: `ping` and `wait`, and everything else that spec/worker.md asks for."""

import json, os, select, signal, sys, time


def answer(line):
    try:
        frame = json.loads(line)
    except (ValueError, RecursionError):
        if line.strip():
            print("not JSON, or nested too deeply: skipped", file=sys.stderr)
        return
    if not isinstance(frame, dict) or "id" not in frame or not isinstance(frame.get("method"), str):
        return  # a notification, a response, or no frame
    reply = {"jsonrpc": "2.0", "id": frame["id"]}
    if "sessionId" in frame:
        reply["sessionId"] = frame["sessionId"]
    if frame["method"] == "ping":
        reply["result"] = {"pong": True}
    elif frame["method"] == "wait":
        time.sleep(1)
        reply["result"] = {}
    else:
        reply["error"] = {"code": -32601, "message": "unknown method"}
    sys.stdout.write(json.dumps(reply) + "\n")
    sys.stdout.flush()


wake, signalled = os.pipe()  # SIGTERM makes the end "wake" readable
os.set_blocking(signalled, False)
signal.set_wakeup_fd(signalled)
signal.signal(signal.SIGTERM, lambda *_: None)

rest = b""
while True:
    readable, _, _ = select.select([0, wake], [], [])
    if 0 not in readable:
        break  # SIGTERM, and nothing left to read
    data = os.read(0, 65536)
    if not data:
        break  # the end of stdin
    *lines, rest = (rest + data).split(b"\n")
    for line in lines:
        answer(line)

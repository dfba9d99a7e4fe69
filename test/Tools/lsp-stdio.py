"""An editor's session with the language server: over stdio, in the protocol's own
frames. It reports what the verifier says, completes names of ops, and survives
messages and files that are broken.

RUN: %python %s
"""

import json
import subprocess
import sys

GOOD = """func.func @f(%x: tensor<2xf32>) -> tensor<6xf32> {
  %r = ditto.repeat %x by [3] : tensor<2xf32> -> tensor<6xf32>
  return %r : tensor<6xf32>
}
"""
BAD = GOOD.replace("by [3]", "by [-3]")
BROKEN = GOOD.replace("by [3]", "by [3")
UNFINISHED = GOOD.replace("repeat %x by [3] : tensor<2xf32> -> tensor<6xf32>", "")

SCRIPT = """module attributes {transform.with_named_sequence} {
  transform.named_sequence @__transform_main(%root: !transform.any_op) {
    %r = transform.ditto.raise %root : (!transform.any_op) -> !transform.any_op
    transform.yield
  }
}
"""


class Server:
    def __init__(self):
        self.process = subprocess.Popen(
            ["ditto-lsp-server", "--log=error"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.requests = 0

    def send(self, method, params, **fields):
        message = {"jsonrpc": "2.0", "method": method, "params": params, **fields}
        body = json.dumps(message).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def receive(self):
        length = 0
        while line := self.process.stdout.readline().strip():
            name, value = line.split(b": ")
            if name == b"Content-Length":
                length = int(value)
        return json.loads(self.process.stdout.read(length))

    def request(self, method, params):
        self.requests += 1
        self.send(method, params, id=self.requests)
        while (answer := self.receive()).get("id") != self.requests:
            pass
        return answer

    def diagnostics(self, uri, text):
        """What the server says about a file that is opened."""
        document = {"uri": uri, "languageId": "mlir", "version": 1, "text": text}
        self.send("textDocument/didOpen", {"textDocument": document})
        while True:
            params = self.receive().get("params", {})
            if params.get("uri") == uri:
                return [item["message"] for item in params["diagnostics"]]


def expect(condition, what, found):
    if not condition:
        sys.exit(f"expected {what}, but got {found}")


def main():
    server = Server()
    answer = server.request(
        "initialize", {"processId": None, "rootUri": None, "capabilities": {}}
    )
    capabilities = answer["result"]["capabilities"]
    expect("completionProvider" in capabilities, "completion", capabilities)

    said = server.diagnostics("test:///good.mlir", GOOD)
    expect(said == [], "no diagnostics of a good file", said)
    said = server.diagnostics("test:///script.mlir", SCRIPT)
    expect(said == [], "no diagnostics of a transform script", said)
    said = server.diagnostics("test:///bad.mlir", BAD)
    expect(len(said) == 1 and "got -3" in said[0], "the verifier's error", said)
    said = server.diagnostics("test:///broken.mlir", BROKEN)
    expect(said and "expected ']'" in said[0], "the parser's error", said)

    # The cursor is behind `ditto.`.
    server.diagnostics("test:///unfinished.mlir", UNFINISHED)
    answer = server.request(
        "textDocument/completion",
        {
            "textDocument": {"uri": "test:///unfinished.mlir"},
            "position": {"line": 1, "character": len("  %r = ditto.")},
        },
    )
    labels = {item["label"] for item in answer["result"]["items"]}
    expect({"repeat", "repeat_interleave"} <= labels, "both ops", labels)

    answer = server.request("textDocument/nonsense", {})
    expect("error" in answer, "an error", answer)
    server.request("shutdown", None)
    server.send("exit", None)
    status = server.process.wait(timeout=60)
    expect(status == 0, "status 0", status)


if __name__ == "__main__":
    main()

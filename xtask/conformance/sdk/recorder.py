"""A server on loopback that notes what arrives and answers as the case demands."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

# Says to which case a request belongs.
CASE_HEADER = "X-Case"


class Recorder:
    def __init__(self, cases: list[dict[str, Any]]) -> None:
        self.cases = cases
        self.requests: dict[int, list[dict[str, Any]]] = {}
        recorder = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # An answer in two pieces would wait for the client's acknowledgement of the first.
            wbufsize = 64 * 1024

            def __getattr__(self, name: str) -> Any:
                if name.startswith("do_"):
                    return lambda: recorder.serve(self)
                raise AttributeError(name)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def take(self) -> dict[int, list[dict[str, Any]]]:
        """What has arrived since the last time."""
        taken, self.requests = self.requests, {}
        return taken

    def serve(self, handler: BaseHTTPRequestHandler) -> None:
        length = int(handler.headers.get("Content-Length", 0))
        body = handler.rfile.read(length)
        index = int(handler.headers[CASE_HEADER])
        self.requests.setdefault(index, []).append(
            {
                "method": handler.command,
                "target": handler.requestline.split(" ")[1],
                "headers": {name.lower(): value for name, value in handler.headers.items()},
                "body": body.decode(),
            }
        )
        answer = self.cases[index]["answer"]
        payload = (json.dumps(answer["json"]) if "json" in answer else answer["text"]).encode()
        handler.send_response(answer["status"])
        for name, value in answer["headers"].items():
            handler.send_header(name, value)
        if answer["status"] != 204:
            handler.send_header("Content-Type", answer["content_type"])
            handler.send_header("Content-Length", str(len(payload)))
        handler.end_headers()
        if answer["status"] != 204:
            handler.wfile.write(payload)

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

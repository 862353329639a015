"""A way to the server that can be cut: a proxy in front of it, on a port of its own.

`losing`: ends of paths whose answers are lost, after the server has done its work. `rewrite[path]`: what is made of the
bytes of an answer, as by a server with a newer app. `refusing[mark]`: the status that is answered, by itself, to a
request with the mark in its body. `asked`: what went through.
"""

import http.client
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

OF_ONE_WAY = {"connection", "transfer-encoding", "content-length", "keep-alive"}


class Passing:
    """The proxy; `address` is where browsers go."""

    def __init__(self, port: int) -> None:
        self.to_port = port
        self.rewrite: dict[str, Callable[[bytes], bytes]] = {}
        self.asked: list[str] = []
        self.losing: set[str] = set()
        self.refusing: dict[bytes, int] = {}
        passing = self

        class Handler(_Handler):
            way = passing

        self._server = _Server(("127.0.0.1", 0), Handler)
        self.address = f"http://localhost:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that is closed or killed goes in the middle of a sentence."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    way: Passing

    def log_message(self, *_said: object) -> None:
        """The server writes its own log."""

    def _pass(self) -> None:
        path = self.path.split("?")[0]
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.way.asked.append(f"{self.command} {path}")
        refused = next((status for mark, status in self.way.refusing.items() if mark in body), None)
        if refused is not None:
            self.send_response_only(refused)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        server = http.client.HTTPConnection("127.0.0.1", self.way.to_port, timeout=30)
        server.request(self.command, self.path, body, dict(self.headers.items()))
        answer = server.getresponse()
        data = answer.read()
        server.close()
        if any(path.endswith(end) for end in self.way.losing):
            self.close_connection = True
            return
        data = self.way.rewrite.get(path, bytes)(data)
        self.send_response_only(answer.status, answer.reason)
        for name, value in answer.getheaders():
            if name.lower() not in OF_ONE_WAY:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def __getattr__(self, name: str) -> object:
        # Every method is passed on the same way: http.server asks for do_GET, do_POST and so on.
        if name.startswith("do_"):
            return self._pass
        raise AttributeError(name)

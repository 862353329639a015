"""A service of keys of the tests' own, on loopback: wraps with a key that it never tells."""

import base64
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

TOKEN = "vem som far fraga"


class StandInKeys:
    """`asked`: what it was asked, in order; `silent`: it answers nothing of use; `elsewhere`: it sends there."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.silent = False
        self.elsewhere = ""
        self.redirects_with = 307
        self._aead = AESGCM(os.urandom(32))
        stand_in = self

        class Door(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                status, answer = stand_in.answer(self.path, self.headers.get("Authorization", ""), body)
                self.send_response(stand_in.redirects_with if stand_in.elsewhere else status)
                if stand_in.elsewhere:
                    self.send_header("Location", stand_in.elsewhere)
                self.end_headers()
                self.wfile.write(json.dumps(answer).encode())

            def do_GET(self) -> None:
                stand_in.asked.append(f"GET {self.path} {self.headers.get('Authorization', '')}")
                self.send_response(200)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                """Nothing is said while tests run."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self.address = f"http://127.0.0.1:{self._server.server_port}/v1"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, path: str, token: str, body: dict[str, str]) -> tuple[int, dict[str, str]]:
        if self.silent:
            return 500, {}
        if token != f"Bearer {TOKEN}" or body["key"] != "tillsyn":
            return 403, {}
        self.asked.append(path)
        given = {name: base64.b64decode(one) for name, one in body.items() if name != "key"}
        if path == "/v1/wrap":
            nonce = os.urandom(12)
            made = nonce + self._aead.encrypt(nonce, given["plain"], given["about"])
            return 200, {"wrapped": base64.b64encode(made).decode()}
        try:
            plain = self._aead.decrypt(given["wrapped"][:12], given["wrapped"][12:], given["about"])
        except InvalidTag:
            return 422, {}
        return 200, {"plain": base64.b64encode(plain).decode()}


@contextmanager
def stand_in_keys() -> Iterator[StandInKeys]:
    service = StandInKeys()
    try:
        yield service
    finally:
        service.close()

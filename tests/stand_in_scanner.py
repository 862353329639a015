"""A virus scanner of the tests' own: speaks clamd's INSTREAM on loopback and finds what it is told to find."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class StandInScanner:
    """`seen`: the files that were shown to it. `answer`: said instead of what it finds, when set."""

    def __init__(self) -> None:
        self.seen: list[bytes] = []
        self.answer: bytes | None = None
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._door.getsockname()[1])
        self._open = True
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._open = False
        with socket.create_connection(("127.0.0.1", self.port)):
            pass
        self._thread.join()
        self._door.close()

    def _serve(self) -> None:
        while self._open:
            line, _ = self._door.accept()
            with line:
                if self._open:
                    self._look(line)

    def _look(self, line: socket.socket) -> None:
        read = line.makefile("rb")
        assert read.read(10) == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack(">I", read.read(4))[0]:
            content += read.read(size)
        self.seen.append(content)
        found = b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"
        line.sendall(self.answer if self.answer is not None else found)


@contextmanager
def stand_in_scanner() -> Iterator[StandInScanner]:
    scanner = StandInScanner()
    try:
        yield scanner
    finally:
        scanner.close()

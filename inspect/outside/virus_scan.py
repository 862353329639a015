"""Ask a virus scanner about a file, by the protocol of clamd (INSTREAM): the file goes there in memory.

Without a scanner nothing is asked. With one, a file that could not be looked at is not taken in.
"""

import socket
import struct
from dataclasses import dataclass
from pathlib import Path

_PIECE = 256 * 1024
_LONGEST_ANSWER = 4096


class ScannerSilent(Exception):
    """The scanner could not be reached, or gave no answer that says what it found."""


class VirusFound(Exception):
    """The scanner says that the file is harmful; its name for what it found is the argument."""


@dataclass(frozen=True, slots=True)
class Scanner:
    """Where clamd listens: a socket file, or host and port. `seconds`: how long an answer may take."""

    path: Path | None = None
    host: str = ""
    port: int = 0
    seconds: float = 30

    @classmethod
    def at(cls, address: str) -> "Scanner":
        """From `/run/clamav/clamd.ctl` or `127.0.0.1:3310`. Raises ValueError for anything else."""
        if address.startswith("/"):
            return cls(path=Path(address))
        host, _, port = address.rpartition(":")
        if not host or not port.isdecimal() or not 0 < int(port) < 65536:
            raise ValueError(address)
        return cls(host=host.strip("[]"), port=int(port))

    def look_at(self, content: bytes) -> None:
        """Nothing when the scanner finds the file clean. Raises VirusFound or ScannerSilent."""
        try:
            answer = self._ask(content)
        except OSError as fault:
            raise ScannerSilent(str(fault)) from fault
        if answer.endswith(" FOUND"):
            raise VirusFound(answer.removeprefix("stream: ").removesuffix(" FOUND"))
        if not answer.endswith(": OK"):
            raise ScannerSilent(answer)

    def _ask(self, content: bytes) -> str:
        with self._connect() as line:
            line.settimeout(self.seconds)
            line.sendall(b"zINSTREAM\0")
            for at in range(0, len(content), _PIECE):
                piece = content[at : at + _PIECE]
                line.sendall(struct.pack(">I", len(piece)) + piece)
            line.sendall(struct.pack(">I", 0))
            answer = b""
            while not answer.endswith(b"\0") and len(answer) < _LONGEST_ANSWER:
                more = line.recv(_LONGEST_ANSWER)
                if not more:
                    break
                answer += more
        return answer.rstrip(b"\0\n").decode("utf-8", "replace")

    def _connect(self) -> socket.socket:
        if self.path is None:
            return socket.create_connection((self.host, self.port), timeout=self.seconds)
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            line.settimeout(self.seconds)
            line.connect(str(self.path))
        except BaseException:
            line.close()
            raise
        return line

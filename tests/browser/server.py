"""The site as a person meets it: the command `tillsyn serve` on an instance folder of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

TILLSYN = Path(sys.executable).with_name("tillsyn")
START_WITHIN = 120.0


class Site:
    """`start()`, then `address`; `stop()` asks the server to end and says what it wrote if it ended badly."""

    def __init__(self, instance: Path) -> None:
        self.instance = instance
        self.port = _free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._server: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        return self.instance / "server.log"

    def environment(self) -> dict[str, str]:
        """The process's environment without settings of the developer's own."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("TILLSYN_")}
        return {**clean, "TILLSYN_INSTANCE": str(self.instance), "PORT": str(self.port)}

    def command(self, *arguments: str) -> str:
        """What `tillsyn …` writes on this instance. Raises RuntimeError when it fails."""
        done = subprocess.run(
            [TILLSYN, *arguments], env=self.environment(), capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"tillsyn {' '.join(arguments)}: {done.stdout}{done.stderr}")
        return done.stdout

    def start(self) -> None:
        with self.log.open("wb") as log:
            self._server = subprocess.Popen(
                [TILLSYN, "serve"], env=self.environment(), stdout=log, stderr=subprocess.STDOUT
            )
        until = time.monotonic() + START_WITHIN
        while not self._answers():
            if self._server.poll() is not None or time.monotonic() > until:
                self.stop()
                raise RuntimeError(f"the server did not start: {self.log.read_text()}")
            time.sleep(0.05)

    def stop(self) -> None:
        if self._server is not None:
            self._server.terminate()
            try:
                self._server.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self._server.kill()
                self._server.wait()
            self._server = None

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/sign-in", timeout=5):
                return True
        except urllib.error.HTTPError as answer:
            answer.close()
            return True
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

"""The step of building a wheel that makes the compiled catalogues, which the repository doesn't keep."""

import subprocess  # runs our own file  # nosec B404
import sys
from pathlib import Path

from setuptools.command.build_py import build_py


class BuildWithCatalogues(build_py):  # type: ignore[misc] # setuptools carries no types
    """`build_py` after compiling every messages.po. Named in pyproject.toml under `cmdclass`."""

    def run(self) -> None:
        # Setuptools loads this file alone, before there is a package whose parts it could import.
        compiler = Path(__file__).with_name("catalogue.py")
        subprocess.run([sys.executable, compiler, "compile"], check=True)  # noqa: S603 - our own file  # nosec B603
        super().run()

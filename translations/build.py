"""The step of building a wheel that makes the compiled catalogues, which the repository doesn't keep."""

from setuptools.command.build_py import build_py

from . import catalogue


class BuildWithCatalogues(build_py):
    """`build_py` after compiling every messages.po. Named in pyproject.toml under `cmdclass`."""

    def run(self) -> None:
        catalogue.compile_all()
        super().run()

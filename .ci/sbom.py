"""Write the bill of materials (CycloneDX 1.6, JSON) of what the locks name and what is vendored.

    python .ci/sbom.py [FILE]      build/tillsyn.cdx.json unless FILE is given

What runs is `required`, what an extra needs is `optional`, what only developing and testing need is
`excluded`. Hashes are those of the locks. Licences and who needs whom are read from what is installed here.
"""

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from os import environ
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, XsUri
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import License
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\\s]+)|--hash=sha256:([0-9a-f]{64})", re.MULTILINE)
LONG = 60
"""Longer than a name: the whole text of a licence."""
OSI = "License :: OSI Approved :: "
LICENCES = LicenseFactory()


@dataclass(frozen=True, slots=True)
class Locked:
    """One package of a lock: its name as the index writes names, its version, the hashes of its files."""

    name: str
    version: str
    hashes: tuple[str, ...]


def read_lock(path: Path) -> dict[str, Locked]:
    found: list[tuple[str, str, list[str]]] = []
    for name, version, checksum in LOCKED.findall(path.read_text()):
        if name:
            found.append((canonicalize_name(name), version, []))
        else:
            found[-1][2].append(checksum)
    return {name: Locked(name, version, tuple(hashes)) for name, version, hashes in found}


def needed_by(name: str, extras: Iterable[str] = ()) -> Iterator[str]:
    """The names that an installed package asks for here, with its `extras`."""
    installed = _installed(name)
    for line in (installed.requires if installed else None) or ():
        wanted = Requirement(line)
        marker = wanted.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            yield canonicalize_name(wanted.name)
            for extra in wanted.extras:
                yield from needed_by(wanted.name, [extra])


def with_what_they_need(wanted: Iterable[str]) -> set[str]:
    """The packages that `wanted` (lines of requirements) name, and all that these need."""
    found: set[str] = set()
    left = []
    for line in wanted:
        asked = Requirement(line)
        left += [canonicalize_name(asked.name), *needed_by(asked.name, asked.extras)]
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += needed_by(name)
    return found


def component(locked: Locked, scope: ComponentScope) -> Component:
    package = PackageURL("pypi", name=locked.name, version=locked.version)
    files = ExternalReference(
        type=ExternalReferenceType.DISTRIBUTION,
        url=XsUri(package.to_string()),
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=one) for one in locked.hashes],
    )
    return Component(
        name=locked.name,
        version=locked.version,
        type=ComponentType.LIBRARY,
        bom_ref=f"pypi:{locked.name}@{locked.version}",
        purl=package,
        scope=scope,
        licenses=licences_of(locked.name),
        external_references=[files],
    )


def licences_of(name: str) -> list[License]:
    """As the package says itself: an SPDX expression, else its classifiers, else a short name; else none."""
    installed = _installed(name)
    if installed is None:
        return []
    said = installed.metadata.get("License-Expression")
    if said:
        return [LICENCES.make_from_string(said)]
    classified = installed.metadata.get_all("Classifier") or []
    named = [one.removeprefix(OSI) for one in classified if one.startswith(OSI)]
    short = installed.metadata.get("License", "")
    if not named and 0 < len(short) < LONG:
        named = [short]
    return [LICENCES.make_from_string(one) for one in named]


def vendored() -> list[Component]:
    """What lies in the tree as it came from others, as static/vendor/CHECKSUMS.md says."""
    table = (ROOT / "static/vendor/CHECKSUMS.md").read_text()
    row = re.search(
        r"\| (@[^ ]+)/([^ ]+) \| ([^ ]+) \| ([^ ]+) \| `[^`]+` \| `[^`]+` \| `([0-9a-f]{64})` \|", table
    )
    if row is None:
        sys.exit("static/vendor/CHECKSUMS.md has another form than this reads")
    group, name, version, licence, checksum = row.groups()
    style = Component(
        group=group,
        name=name,
        version=version,
        type=ComponentType.LIBRARY,
        bom_ref=f"npm:{group}/{name}@{version}",
        purl=PackageURL("npm", namespace=group, name=name, version=version),
        licenses=[LICENCES.make_from_string(licence)],
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=checksum)],
        scope=ComponentScope.REQUIRED,
    )
    fonts = Component(
        name="noto-fonts",
        type=ComponentType.FILE,
        bom_ref="noto-fonts",
        description="Noto Sans, Noto Serif and Noto Naskh Arabic: reports/fonts/SOURCES.md",
        licenses=[LICENCES.make_from_string("OFL-1.1")],
        scope=ComponentScope.REQUIRED,
    )
    return [style, fonts]


def _installed(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def bill() -> Bom:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    running = read_lock(ROOT / "requirements/run.txt")
    everything = read_lock(ROOT / "requirements/dev.txt") | running
    extras = with_what_they_need(
        line for lines in project["optional-dependencies"].values() for line in lines
    )
    scopes = {
        name: ComponentScope.REQUIRED
        if name in running
        else ComponentScope.OPTIONAL
        if name in extras
        else ComponentScope.EXCLUDED
        for name in everything
    }
    product = Component(
        name=project["name"], version=project["version"], type=ComponentType.APPLICATION, bom_ref="tillsyn"
    )
    made = datetime.fromtimestamp(int(environ.get("SOURCE_DATE_EPOCH", datetime.now(UTC).timestamp())), UTC)
    bom = Bom(metadata=BomMetaData(component=product, timestamp=made))
    parts = {name: component(one, scopes[name]) for name, one in everything.items()}
    lying = vendored()
    for part in (*parts.values(), *lying):
        bom.components.add(part)
    for name, part in parts.items():
        bom.register_dependency(part, [parts[other] for other in needed_by(name) if other in parts])
    own = with_what_they_need(()) | {
        canonicalize_name(Requirement(line).name) for line in project["dependencies"]
    }
    bom.register_dependency(product, [*(parts[name] for name in own if name in parts), *lying])
    return bom


def main(file: Path) -> None:
    text = JsonV1Dot6(bill()).output_as_string(indent=1)
    faults = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if faults is not None:
        sys.exit(f"the bill of materials is not valid: {faults}")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{text}\n")
    print(f"written to {file}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build/tillsyn.cdx.json")

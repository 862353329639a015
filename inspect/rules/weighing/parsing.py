"""The door for cases from outside: the JSON contract of METHOD 2.20, inwards."""

from collections.abc import Sequence

from .inputs import Case, Catalogue, Check, Coding, Inspection, Interview
from .reading import Fault, Reader, UnusableCase, shown
from .scales import CheckResult, Perspective, Resolution, Status

_CODING_FIELDS = frozenset(Coding.__dataclass_fields__)
_CHECK_FIELDS = frozenset(Check.__dataclass_fields__)
_INTERVIEW_FIELDS = frozenset(Interview.__dataclass_fields__)
_CODED_PERSPECTIVES = [one for one in Perspective if one is not Perspective.COMPLIANCE]


def parse_case(data: object) -> Case:
    """The case in decoded JSON. Raises `UnusableCase` with every fault, each with its path.

    `resolution` may be left out for null; the fields that describe a deviation may be left out
    for any other result. Nothing else has a default. Fields beside the contract's are ignored in
    the outer objects and refused in codings, checks and interviews.
    """
    if not isinstance(data, dict):
        raise UnusableCase([Fault("case", f"must be an object, not {shown(data)}")])
    faults: list[Fault] = []
    reader = Reader(data, "", faults)
    catalogue = _catalogue(reader.object("catalogue"))
    inspection = _inspection(reader.object("inspection"), catalogue)
    if faults:
        raise UnusableCase(faults)
    return Case(catalogue, inspection)


def _catalogue(reader: Reader) -> Catalogue:
    themes = reader.object("themes")
    areas = {theme: themes.text(theme) for theme in reader.mapping_once("themes")}
    requirements: dict[str, frozenset[str]] = {}
    covers = reader.object("requirements")
    for requirement in reader.mapping_once("requirements"):
        listed = covers.items(requirement)
        if isinstance(listed, list) and not listed and covers.holds_list(requirement):
            covers.fault(requirement, "covers no theme")
        requirements[requirement] = frozenset(
            theme
            for number, theme in enumerate(listed)
            if _is_known(covers, f"{requirement}[{number}]", theme, areas, "theme")
        )
    administrative = frozenset(
        area
        for number, area in enumerate(reader.items("administrative_areas"))
        if _is_known(reader, f"administrative_areas[{number}]", area, set(areas.values()), "area")
    )
    return Catalogue(areas, requirements, administrative)

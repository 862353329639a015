"""The door for cases from outside: the JSON contract of METHOD 2.20, inwards."""

from collections.abc import Container

from ....models.vocabulary import N_
from .inputs import Case, Catalogue, Check, Coding, Inspection, Interview
from .reading import Fault, Reader, UnusableCase, shown
from .scales import CheckResult, Perspective, Resolution, Status

_UNKNOWN = {
    "theme": N_("unknown theme %(name)s"),
    "area": N_("unknown area %(name)s"),
    "requirement": N_("unknown requirement %(name)s"),
}

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
        raise UnusableCase([Fault("case", N_("must be an object, not %(value)s"), {"value": shown(data)})])
    faults: list[Fault] = []
    reader = Reader(data, "", faults)
    not_to_be_judged: set[str] = set()
    catalogue = _catalogue(reader.inner("catalogue"), not_to_be_judged)
    inspection = _inspection(reader.inner("inspection"), catalogue, faults)
    if faults:
        raise UnusableCase(fault for fault in faults if fault.text not in not_to_be_judged)
    return Case(catalogue, inspection)


def _catalogue(reader: Reader, not_to_be_judged: set[str]) -> Catalogue:
    """The catalogue. Where a part of it cannot be read at all, no name in the case can be called unknown."""
    themes = reader.inner("themes")
    if not themes.readable:
        not_to_be_judged |= {_UNKNOWN["theme"], _UNKNOWN["area"]}
    areas = {theme: themes.text(theme) for theme in themes.names()}
    covers = reader.inner("requirements")
    if not covers.readable:
        not_to_be_judged.add(_UNKNOWN["requirement"])
    requirements = {
        requirement: frozenset(
            _known_names(covers, requirement, areas, _UNKNOWN["theme"], empty=N_("covers no theme"))
        )
        for requirement in covers.names()
    }
    administrative = _known_names(reader, "administrative_areas", set(areas.values()), _UNKNOWN["area"])
    return Catalogue(areas, requirements, frozenset(administrative))


def _inspection(reader: Reader, catalogue: Catalogue, faults: list[Fault]) -> Inspection:
    earlier_faults = len(faults)
    residents = reader.whole("residents", lowest=0, highest=None)
    residents_known = len(faults) == earlier_faults
    codings = _codings(reader, catalogue)
    heard = {coding.source for coding in codings if coding.source and coding.perspective is Perspective.CHILD}
    if residents_known and len(heard) > residents:
        text = N_("%(heard)s children heard, but only %(residents)s live in the home")
        reader.fault("codings", text, heard=len(heard), residents=residents)
    return Inspection(
        id=reader.text("id"),
        residents=residents,
        codings=tuple(codings),
        checks=tuple(_check(record, catalogue) for record in reader.records("checks")),
        interviews=tuple(_interview(record) for record in reader.records("interviews")),
        alpha=reader.optional_fraction("alpha", highest=1),
        children_first=reader.flag("children_first"),
    )


def _codings(reader: Reader, catalogue: Catalogue) -> list[Coding]:
    """All codings. Ids are unique, and a person speaks in one role only: one person, one voice."""
    ids: set[str] = set()
    roles: dict[str, Perspective] = {}
    codings = []
    for record in reader.records("codings"):
        coding, perspective = _coding(record, catalogue)
        if coding.id in ids:
            record.fault("id", N_("%(id)s is used by an earlier coding"), id=shown(coding.id))
        elif coding.id:
            ids.add(coding.id)
        if coding.source and perspective is not None:
            role = roles.setdefault(coding.source, perspective)
            if role is not perspective:
                text = N_("%(source)s is %(role)s in an earlier coding")
                record.fault("perspective", text, source=shown(coding.source), role=str(role))
        codings.append(coding)
    return codings


def _coding(record: Reader, catalogue: Catalogue) -> tuple[Coding, Perspective | None]:
    record.only(_CODING_FIELDS)
    perspective = record.choice("perspective", _CODED_PERSPECTIVES)
    coding = Coding(
        id=record.text("id"),
        source=record.text("source"),
        perspective=perspective or Perspective.OTHER,
        theme=_known_name(record, "theme", catalogue.themes),
        severity=record.whole("severity", lowest=0, highest=4),
        firsthand=record.flag("firsthand"),
        status=record.choice("status", Status) or Status.ACTIVE,
        resolution=record.optional_choice("resolution", Resolution),
        prompted=record.flag("prompted"),
        important=record.flag("important"),
        concrete=record.flag("concrete"),
        release=record.flag("release"),
    )
    return coding, perspective


def _check(record: Reader, catalogue: Catalogue) -> Check:
    record.only(_CHECK_FIELDS)
    result = record.choice("result", CheckResult)
    described = result is CheckResult.DEVIATION
    zero = None if described else 0
    no = None if described else False
    return Check(
        requirement=_known_name(record, "requirement", catalogue.requirements),
        result=result or CheckResult.NOT_CHECKED,
        consequence=record.whole("consequence", lowest=0, highest=4, missing=zero),
        extent=record.whole("extent", lowest=0, highest=2, missing=zero),
        repeated=record.flag("repeated", missing=no),
        fixed=record.flag("fixed", missing=no),
        self_reported=record.flag("self_reported", missing=no),
    )


def _interview(record: Reader) -> Interview:
    record.only(_INTERVIEW_FIELDS)
    return Interview(source=record.text("source"), deviation=record.flag("deviation"))


def _known_name(record: Reader, key: str, known: Container[str]) -> str:
    name = record.text(key)
    if name and name not in known:
        record.fault(key, _UNKNOWN[key], name=shown(name))
    return name


def _known_names(
    reader: Reader, key: str, known: Container[str], unknown: str, *, empty: str | None = None
) -> list[str]:
    names = []
    for number, name in enumerate(reader.items(key, empty=empty)):
        if not isinstance(name, str) or name not in known:
            reader.fault(f"{key}[{number}]", unknown, name=shown(name))
        else:
            names.append(name)
    return names

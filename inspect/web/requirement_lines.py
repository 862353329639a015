"""The lines of the requirements page as plain values: what stands or was typed, and what is said on it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...interview_guides.content import Area, Requirement
from ...interview_guides.guide import Pack, load_pack
from ...models.assessments import Check
from ...models.inspections import Inspection
from ...models.interviews import Interview, Statement
from ...models.vocabulary import Informant, StatementStatus
from ..errors import Conflict
from ..services.mark_requirement import checks_of, mark_of
from ..services.requirements_in_force import requirements_in_force
from .forms.checks import MarkForm
from .language import ago

DESCRIBES = ("consequence", "extent", "repeated", "fixed", "self_reported")
VOICES = {Informant.CHILD: "B", Informant.STAFF: "P", Informant.MANAGER: "L", Informant.OTHER: "A"}


@dataclass(frozen=True, slots=True)
class Voice:
    """What one person has said on a theme of the requirement."""

    perspective: str
    informant: Informant
    person: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Returned:
    """The form of one requirement that could not be saved, as it was sent."""

    requirement: str
    form: MarkForm
    conflict: Conflict | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One requirement on the page. `values` are those of the form's fields (see `fields_of`)."""

    id: str
    requirement: Requirement
    is_marked: bool
    values: Mapping[str, Any]
    version: int
    marked: str
    """When it was marked, in words; empty when it is not."""
    marked_by: str
    themes: tuple[str, ...]
    """Those of its themes on which something has been said."""
    children: int
    adults: int
    errors: Mapping[str, Any] = field(default_factory=dict)
    faults: tuple[str, ...] = ()
    conflict: Conflict | None = None
    is_returned: bool = False

    @property
    def standing(self) -> str:
        """The mark that stands, for the look of the line: "none" when there is none."""
        return str(self.values["result"] or "none") if self.is_marked else "none"


def fields_of(check: Check | None) -> dict[str, Any]:
    """The mark that stands, as the fields of the form carry it."""
    if check is None:
        return plain({"result": "", "note": ""})
    standing = mark_of(check)
    return plain({name: getattr(standing, name) for name in ("result", "note", *DESCRIBES)})


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """A mark as text and booleans: a number that is not chosen is empty text."""
    fields: dict[str, Any] = {"result": str(values["result"] or ""), "note": values["note"] or ""}
    for name in ("consequence", "extent"):
        fields[name] = "" if values.get(name) is None else str(values[name])
    for name in ("repeated", "fixed", "self_reported"):
        fields[name] = bool(values.get(name))
    return fields


def lines_of(
    db: Session, inspection: Inspection, voices: Mapping[str, list[Voice]], returned: Returned | None
) -> list[Line]:
    """A line for each requirement in force, or marked all the same; `returned` is shown as it was sent."""
    marks = checks_of(db, inspection)
    names = {member.user_id: member.name for member in inspection.team}
    in_force = {one.id for one in requirements_in_force(inspection)}
    return [
        _line(requirement, marks.get(requirement.id), voices, names, returned)
        for requirement in load_pack(inspection.pack).requirements
        if requirement.id in in_force or requirement.id in marks
    ]


def _line(
    requirement: Requirement,
    check: Check | None,
    voices: Mapping[str, list[Voice]],
    names: Mapping[Any, str],
    returned: Returned | None,
) -> Line:
    back = returned if returned and returned.requirement == requirement.id else None
    themes = tuple(theme for theme in requirement.themes if theme in voices)
    people = {(voice.informant, voice.person) for theme in themes for voice in voices[theme]}
    children = sum(informant is Informant.CHILD for informant, _person in people)
    return Line(
        id=requirement.id,
        requirement=requirement,
        is_marked=check is not None,
        values=plain(back.form.data) if back else fields_of(check),
        version=(back.form.version.data or 0) if back else check.version if check else 0,
        marked=ago(check.marked_at) if check else "",
        marked_by=names.get(check.marked_by_id, "") if check else "",
        themes=themes,
        children=children,
        adults=len(people) - children,
        errors=back.form.errors if back else {},
        faults=tuple(str(text) for text in back.form.form_errors) if back else (),
        conflict=back.conflict if back else None,
        is_returned=back is not None,
    )


def grouped(pack: Pack, lines: list[Line], *, only_left: bool) -> list[tuple[Area, list[Line]]]:
    """Each requirement once, under the first area that it touches."""
    groups: dict[str, list[Line]] = {area.id: [] for area in pack.areas}
    for line in lines:
        if only_left and line.is_marked and not line.is_returned:
            continue
        groups[pack.areas_of(line.requirement)[0].id].append(line)
    return [(area, groups[area.id]) for area in pack.areas if groups[area.id]]


def voices_by_theme(db: Session, inspection: Inspection) -> dict[str, list[Voice]]:
    """What has been said in talks, by theme; what was taken back is left out. Children first."""
    rows = db.execute(
        select(Statement, Interview.informant, Interview.person)
        .join(Interview, Interview.id == Statement.interview_id)
        .where(
            Statement.inspection_id == inspection.id,
            Statement.status != StatementStatus.WITHDRAWN,
            Statement.theme.is_not(None),
        )
        .order_by(Statement.position)
    )
    found: defaultdict[str, list[Voice]] = defaultdict(list)
    for statement, informant, person in rows:
        voice = Voice(VOICES[informant], informant, person, statement.label, statement.text)
        found[statement.theme or ""].append(voice)
    order = list(Informant)
    return {theme: sorted(said, key=lambda v: order.index(v.informant)) for theme, said in found.items()}

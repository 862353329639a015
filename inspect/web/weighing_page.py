"""The weighing page put together: what it shows of each area, of the gap and of the register, in one pass."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from ...interview_guides.content import Area
from ...interview_guides.guide import Pack, load_pack
from ...models.assessments import AreaAssessment, Check, WeighingRun
from ...models.inspections import Inspection
from ...models.interviews import Statement
from ..errors import Conflict, TillsynError
from ..rules.weighing import Position, Word
from ..rules.weighing.scales import WORD_OF_POSITION
from ..services.answer_divergence import find_register
from ..services.find_evidence import Sources
from ..services.find_overrides import DecidedPosition, decided_positions
from ..services.weigh_inspection import Weighed, weighed
from .database import db
from .evidence_links import NOBODY
from .forms.weighing import OwnViewForm
from .language import label, message, say, translate
from .register_lines import RegisterView, register_view
from .weighing_drawn import DrawnArea, drawn_weighing


@dataclass(frozen=True, slots=True)
class SaidLine:
    """Who said or showed what; `href` leads to where it is written down."""

    label: str
    who: str
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class DecidedLine:
    """The latest decided position of an area; `stands` beside the computed one, or why it does not."""

    code: int | str
    word: str
    stands: bool
    about: str


@dataclass(slots=True)
class AreaPart:
    """What the page holds of one area: first the blank for the own view, later the weighed picture."""

    area: Area
    form: OwnViewForm | None
    """Only while the own view is not written."""
    assessment: AreaAssessment | None
    drawn: DrawnArea | None = None
    own: str = ""
    """How the own picture lies to the computed one: same, better, worse or apart; "" before it is weighed."""
    decided: DecidedLine | None = None
    theirs: dict[str, Any] | None = None
    fault: str | None = None
    typed: dict[str, str] | None = None

    def text(self, name: str) -> str:
        if self.typed is not None:
            return self.typed[name]
        return str(getattr(self.assessment, name)) if self.assessment else ""


@dataclass(frozen=True, slots=True)
class GraveLine:
    """One open grave account in the strip that stays: its area, who told, and the account's own page."""

    area: str
    anchor: str
    label: str
    who: str
    href: str


@dataclass(frozen=True, slots=True)
class Changed:
    """What was kept and what holds now, where the evidence or the method has changed since."""

    area: str
    before: str
    after: str


@dataclass(slots=True)
class Shown:
    """All of the page that stands on the weighing."""

    grave: tuple[GraveLine, ...]
    gap: Markup
    lines: Mapping[str, SaidLine]
    register: RegisterView
    is_stale: bool
    other_method: bool
    changed: tuple[Changed, ...] = ()
    weighed: Weighed | None = field(default=None, repr=False)


def show_weighing(
    inspection: Inspection, parts: Sequence[AreaPart], run: WeighingRun, sources: Sources
) -> Shown:
    """Put the weighed picture into each part, and give the rest of the page.

    Everything is computed from the evidence as it stands; `run` only says what was kept last.
    """
    pack = load_pack(inspection.pack)
    found = weighed(db(), inspection, sources, now=run.at)
    result = found.result
    picture = drawn_weighing(found, pack)
    decided, _every = decided_positions(db(), inspection, result.stamp)
    for part in parts:
        part.drawn = picture.areas.get(part.area.id)
        part.own = _own(part)
        part.decided = _decided_line(decided.get(part.area.id))
    told = {label for area in picture.areas.values() for cell in area.cells for label, _pulls in cell.said}
    stamp = result.stamp
    return Shown(
        grave=tuple(_grave(inspection, parts)),
        gap=picture.gap,
        lines=said_lines(inspection, sources, found.checks, pack, told),
        register=register_view(inspection, find_register(db(), inspection, result), pack),
        is_stale=stamp.input_hash != run.input_hash,
        other_method=(stamp.version, stamp.config_hash) != (run.method_version, run.config_hash),
        changed=tuple(_changed(parts, run)),
        weighed=found,
    )


def _decided_line(one: DecidedPosition | None) -> DecidedLine | None:
    if one is None:
        return None
    code = one.override.decided
    about = (
        _("decided")
        if one.stands
        else _("waits for countersignature")
        if one.waits
        else _("lapsed: the computed position stands")
    )
    return DecidedLine("none" if code is None else code, word_of_code(code), one.stands, about)


def _own(part: AreaPart) -> str:
    """The difference between a person and the method is shown and recorded (method §10, automation bias)."""
    if part.assessment is None or part.drawn is None:
        return ""
    own, position = part.assessment.own_position, part.drawn.view.result.position
    if own == position:
        return "same"
    if own is None or position is None:
        return "apart"
    return "better" if own > position else "worse"


def said_lines(
    inspection: Inspection, sources: Sources, checks: Iterable[Check], pack: Pack, labels: Collection[str]
) -> dict[str, SaidLine]:
    """What was said, seen, read and checked, of those `labels`, each with where it is written down.

    A passage is told of by its statement: `u1.2` stands in `u1`. Only texts that are shown are opened.
    """
    dnr = inspection.dnr
    sides = (
        (sources.talks, url_for("talks.interview", dnr=dnr, talk_id=NOBODY)),
        (sources.evidence, url_for("checks.evidence_item", dnr=dnr, evidence_id=NOBODY)),
    )
    known: dict[str, tuple[Statement, str, str]] = {}
    for side, address in sides:
        for source in side:
            href = address.replace(str(NOBODY), str(source.id))
            for statement in source.statements:
                known[statement.label] = statement, source.person, href
    marks = {check.requirement: check for check in checks}
    page = url_for("checks.requirements", dnr=dnr)
    lines = {}
    for name in labels:
        if (found := known.get(name) or known.get(name.rpartition(".")[0])) is not None:
            statement, who, href = found
            lines[name] = SaidLine(name, who, statement.text, f"{href}#note-{statement.id}")
        elif (check := marks.get(name)) is not None:
            text = f"{say(pack.requirement(name).title)}: {label(check.result)}"
            note = f"{text}. {check.note}" if check.note else text
            lines[name] = SaidLine(name, "", note, f"{page}#{name}")
        else:
            lines[name] = SaidLine(name, "", "", "")
    return lines


def _grave(inspection: Inspection, parts: Sequence[AreaPart]) -> Iterator[GraveLine]:
    for part in parts:
        for account in part.drawn.view.result.accounts if part.drawn else ():
            if account.is_open:
                yield GraveLine(
                    area=say(part.area.name),
                    anchor=part.area.id,
                    label=account.coding.id,
                    who=account.coding.source,
                    href=url_for("accounts.account", dnr=inspection.dnr, label=account.coding.id),
                )


def _changed(parts: Sequence[AreaPart], run: WeighingRun) -> Iterator[Changed]:
    for part in parts:
        kept = run.result["areas"].get(part.area.id)
        if part.drawn is not None and kept is not None and kept["word"] != part.drawn.view.result.word.value:
            yield Changed(say(part.area.name), translate(Word(kept["word"]).title), part.drawn.view.word)


def typed_again(part: AreaPart, given: Mapping[str, Any], fault: TillsynError) -> None:
    """What was typed and could not be saved stays in the form, with why, and with the other text."""
    part.typed = {name: given.get(name, "") for name in ("reasoning", "children_weighed")}
    part.fault = message(fault)
    part.theirs = fault.theirs if isinstance(fault, Conflict) else None


def word_of_code(code: int | None) -> str:
    """The word of an own or decided position."""
    word = WORD_OF_POSITION[Position(code)] if code else Word.NOT_ASSESSABLE
    return translate(word.title)

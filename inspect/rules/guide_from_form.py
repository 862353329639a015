"""An XLSForm as a guide: open questions in the order of the form, and a report of what has no place.

A cell that is carried over is crossed off; every cell that is left when all rows are read stands in the
report. So nothing is dropped in silence, whatever a form may hold. Nothing is evaluated, no word is changed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ...interview_guides.guide import Pack
from ...models.vocabulary import N_
from ..exchange.xlsform_columns import OWN
from ..exchange.xlsform_model import Form, Item, Row
from ..exchange.xlsform_read import GROUP, NOTE, QUESTION
from ..exchange.xlsform_report import Fate, ReportLine
from .form_conditions import AGE, INTERPRETED, THEMES_RAISED, conditions_of
from .form_leftovers import tell_leftovers
from .form_needs import tell_needs_of_guide, tell_needs_of_question
from .form_placing import Places, Placing
from .form_record import FormRecord, Wording
from .guide_to_form import CLOSING, FOLLOW_UP, OPENING, PROBE

Plain = dict[str, Any]
_FACTS = (AGE, INTERPRETED, THEMES_RAISED)
_TEXT_TYPES = ("text", "string")
_NOT_IN_ID = re.compile(r"[^A-Za-z0-9_]+")
_REQUIRED = ("area", "text", "probes", "why")
_COUNT = re.compile(r"(\d+)-(\d+)")


@dataclass(frozen=True, slots=True)
class FormGuide:
    """The guide as its file has it (see interview_guides.guide_writing), and what became of the form."""

    written: Plain
    report: tuple[ReportLine, ...]


def guide_of_form(form: Form, placing: Placing, pack: Pack | None) -> FormGuide:
    """The guide and the report. `pack`: where areas and themes are looked up by id and name."""
    return _Import(form, placing, pack).done()


class _Import:
    def __init__(self, form: Form, placing: Placing, pack: Pack | None) -> None:
        self.form = form
        self.placing = placing
        self.record = FormRecord(form, placing)
        self.places = Places(placing, pack)
        self.asked: dict[str, str] = {}
        self.ids: set[str] = set()
        self.rows: set[int] = set()
        self.facts: dict[str, str] = {}
        self.questions: list[Plain] = []
        self.words: dict[str, list[Wording]] = {OPENING: [], CLOSING: []}
        self.after: list[Item] = []

    def done(self) -> FormGuide:
        for item in self.form.items:
            self._item(item)
        for note in self.after:
            self._say(CLOSING, note)
        guide = self._guide()
        tell_needs_of_guide(self.record, guide)
        tell_leftovers(self.record, self.rows)
        return FormGuide(guide, self.record.report.lines())

    def _item(self, item: Item) -> None:
        part = self.record.own(item.row, "part")
        self.record.carry(item.row.cell("name"))
        if part in (OPENING, CLOSING):
            self._say(part, item)
        elif part in _FACTS:
            self.facts[item.name] = part
            self.record.carry(*item.row.cells)
        elif part == FOLLOW_UP and self.questions:
            self._follow_up(item)
        elif item.kind == QUESTION:
            self.after = []
            self._question(item)
        elif item.kind == NOTE:
            self._note(item)
        elif item.kind == GROUP:
            self.record.carry(item.row.cell("type"))

    def _note(self, item: Item) -> None:
        """Notes before the first question are opening words, those after the last one closing words."""
        if item.row.value("relevant"):
            return
        if self.questions:
            self.after.append(item)
        else:
            self._say(OPENING, item)

    def _say(self, part: str, item: Item) -> None:
        self.rows.add(item.number)
        self.record.carry(item.row.cell("type"))
        self.words[part].append(self.record.wording(item.row, "label"))

    def _follow_up(self, item: Item) -> None:
        self.rows.add(item.number)
        self.record.carry(item.row.cell("type"), item.row.cell("relevant"))
        text, says = (self.record.wording(item.row, field) for field in ("label", "guidance_hint"))
        self.questions[-1].setdefault("follow_ups", []).append({"text": text, "if_says": says})

    def _question(self, item: Item) -> None:
        row, record = item.row, self.record
        area, theme, cells = self.places.of(item)
        record.carry(*cells)
        probes, heard = self._hints(row)
        question: Plain = {
            "id": self._id(item),
            "area": area,
            "theme": theme,
            **{field: record.own(row, field) for field in ("pair", "information", "pictures")},
            "asked_of": record.own_wording(row, "asked_of"),
            "only_if": self._only_if(item),
            "text": record.wording(row, "label"),
            "probes": probes,
            "picture_text": record.own_wording(row, "picture_text"),
            "why": record.own_wording(row, "why"),
            "listen_for": _joined([record.wording(row, "guidance_hint"), heard]),
        }
        if item.type.strip().lower() in _TEXT_TYPES:
            record.carry(row.cell("type"))
        self.asked[item.name] = question["id"]
        self.rows.add(item.number)
        tell_needs_of_question(record, item, question, self.places)
        self.questions.append({name: value for name, value in question.items() if value or name in _REQUIRED})

    def _id(self, item: Item) -> str:
        """The name as an id of a guide: letters a–z, digits and _, once in the guide."""
        id = _NOT_IN_ID.sub("_", item.name).strip("_") or f"row_{item.number}"
        id = wanted = id if id[0].isalpha() else f"q_{id}"
        number = 2
        while id in self.ids:
            id, number = f"{wanted}_{number}", number + 1
        self.ids.add(id)
        if id != item.name:
            self.record.tell(
                Fate.CHANGED, item, "name", N_("The question has the id %(id)s in the guide"), id=id
            )
        return id

    def _only_if(self, item: Item) -> list[Plain]:
        found: list[Plain] = []
        for one in (*item.within, item):
            cell = one.row.cell("relevant")
            conditions = conditions_of(cell.value, self.asked, self.facts) if cell is not None else None
            if conditions is not None:
                found += [condition for condition in conditions if condition not in found]
                self.record.carry(cell)
        return found

    def _hints(self, row: Row) -> tuple[list[Wording], Wording]:
        """The probes; else what is no question, and so stands under what to listen for."""
        hints = self.record.wording(row, "hint")
        lists = {language: _probes(hint) for language, hint in hints.items()}
        if hints and all(lists.values()):
            most = max(map(len, lists.values()))
            return [
                {language: probes[number] for language, probes in lists.items() if number < len(probes)}
                for number in range(most)
            ], {}
        if hints:
            text = N_("The hint is no question; it stands under what to listen for")
            cell = next(row.all("hint"))
            self.record.report.cell(Fate.CHANGED, self.form.survey.name, cell, text, whole_column=True)
        return [], hints

    def _guide(self) -> Plain:
        setting, placing = self.record.setting, self.placing
        titles = {self.record.languages.plain or "sv": setting("form_title")}
        own = {language: setting(f"{OWN}title_{language}") for language in ("sv", "en")}
        form_id = _NOT_IN_ID.sub("_", setting("form_id")).strip("_")
        informant, version = setting(f"{OWN}informant"), setting("version")
        count = _COUNT.fullmatch(setting(f"{OWN}question_count"))
        for field in ("default_language", f"{OWN}format"):
            setting(field)
        guide: Plain = {
            "id": placing.guide_id or form_id,
            "informant": placing.informant or informant,
            "version": placing.version or version,
            "title": _joined([titles, own]),
            "ages": _joined([{language: setting(f"{OWN}ages_{language}") for language in ("sv", "en")}]),
            "information": setting(f"{OWN}information").split(),
            "offered": "false" if setting(f"{OWN}offered") == "false" else None,
            "question_count": {"min": count[1], "max": count[2]} if count is not None else None,
            "opening": _joined(self.words[OPENING]),
            "closing": _joined(self.words[CLOSING]),
            "questions": self.questions,
        }
        return {
            name: value
            for name, value in guide.items()
            if value or name not in ("ages", "information", "offered", "question_count")
        }


def _joined(wordings: Iterable[Wording]) -> Wording:
    """The wordings below each other, each language by itself."""
    found = {
        language: "\n".join(wording[language] for wording in wordings if wording.get(language))
        for language in ("sv", "en")
    }
    return {language: text for language, text in found.items() if text}


def _probes(hint: str) -> list[str]:
    """The questions in a hint: our own list of probes, or lines that all end with a question mark."""
    if hint.startswith(PROBE):
        indent = " " * len(PROBE)
        return [one.replace(f"\n{indent}", "\n") for one in hint[len(PROBE) :].split(f"\n{PROBE}")]
    lines = [line.strip() for line in hint.splitlines() if line.strip()]
    return lines if all(line.endswith("?") for line in lines) else []

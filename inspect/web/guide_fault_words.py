"""What is wrong in a draft, in the reader's language and at its field.

The checks of the files speak English to whoever runs `tillsyn guides check`. Here each of their messages
about guides has its sentence in the catalogue; one that is not known yet is shown as the checks say it.
"""

import re
from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext as _

from ...interview_guides.guide import Pack, UnknownContent
from ...models.vocabulary import N_
from ..rules import guide_drafts as drafts
from ..services.check_guide_draft import DraftFault
from .addresses import address_of
from .forms.guide_drafts import LANGUAGES, title_of
from .language import say

_SENTENCES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), text)
    for pattern, text in (
        (
            r"'(?:sv|en)' is empty|'[a-z_]+' is empty|the field '[a-z_]+' is missing",
            N_("Nothing is written here."),
        ),
        (r"'[a-z_]+' is not translated: .*", N_("The same words stand in both languages. Translate them.")),
        (
            r"two questions in one \((?P<language>sv|en)\): .*",
            N_("Two questions in one. Ask one thing at a time."),
        ),
        (
            r"a leading question \((?P<language>sv|en)\): .*",
            N_("A leading question: it puts an answer in the person’s mouth."),
        ),
        (
            r"a forced choice \((?P<language>sv|en)\): .*",
            N_("A choice between two answers. Ask openly, so that the person finds the words."),
        ),
        (
            r"the question \((?P<language>sv|en)\) can be answered with yes or no",
            N_("It can be answered with yes or no. Begin with how, what, who, when or tell me."),
        ),
        (
            r"a question has 1–3 probes, this one has 0",
            N_("A probe is missing: a question has one to three."),
        ),
        (
            r"a question has 1–3 probes, this one has (?P<num>\d+)",
            N_("A question has at most three probes; this one has %(num)s."),
        ),
        (
            r"the question names the unknown (?:area|theme) '(?P<id>.*)'",
            N_("“%(id)s” is not in the code book."),
        ),
        (
            r"the theme '(?P<theme>.*)' is in the area '(?P<area>.*)', not '.*'",
            N_("The theme “%(theme)s” belongs to the area “%(area)s”."),
        ),
        (
            r"no question of the guide is about the area '(?P<area>.*)'",
            N_("No question is about “%(area)s”. Each area can be talked about with each informant."),
        ),
        (
            r"the guide is to have (?P<least>\d+)–(?P<most>\d+) questions, and has (?P<num>\d+)",
            N_("The guide is to have %(least)s–%(most)s questions; it has %(num)s."),
        ),
        (
            r"no question of another guide has the pair '(?P<pair>.*)'",
            N_("No question of another guide has the pair “%(pair)s”. Pair both, or leave the word out."),
        ),
        (
            r"'picture_text' needs 'pictures: smiley'",
            N_("There is something to say with the pictures, but the question has none."),
        ),
        (
            r"'only_if' names '(?P<id>.*)', which is no question of this guide",
            N_("The condition names %(id)s, which is not in this guide."),
        ),
        (
            r"'only_if' names (?P<id>.*), which does not come before",
            N_("The condition names %(id)s, which comes later. Move one of them."),
        ),
        (r"'only_if' names the unknown theme '(?P<id>.*)'", N_("“%(id)s” is not in the code book.")),
        (
            r"(?P<id>\w+) is never put: .*",
            N_("The question would never be asked: its conditions cannot all hold."),
        ),
        (
            r"the id '(?P<id>.*)' is used twice among the questions: .*",
            N_("The number %(id)s is used in another guide too."),
        ),
        (r"the list 'questions' is missing or empty", N_("The guide has no questions.")),
        (
            r"'(?:min|max)' is .*|'min' is greater than 'max'",
            N_("Write two whole numbers, the lower first, or leave both out."),
        ),
        (
            r"'information' names '(?P<id>.*)', which does not exist",
            N_("The information “%(id)s” is none of those that the law asks for."),
        ),
    )
)


@dataclass(frozen=True, slots=True)
class FaultLine:
    """One fault as a page lists it: where, in words, and a link to the field."""

    part: str
    field: str
    """The name of the form's field; empty where it is none of them."""
    place: str
    text: str
    href: str


def fault_lines(pack: Pack, draft_id: UUID, faults: tuple[DraftFault, ...]) -> list[FaultLine]:
    """The faults in the order of the guide."""
    return [_line(pack, draft_id, fault) for fault in faults]


def _line(pack: Pack, draft_id: UUID, fault: DraftFault) -> FaultLine:
    if fault.part == drafts.ELSEWHERE:
        name = next((say(one.title) for one in pack.guides if one.id == fault.field), fault.field)
        place = _("The guide “%(title)s”", title=name)
        return FaultLine(fault.part, "", place, sentence(pack, fault.message), "")
    field, whole = _field_of(fault), fault.field in ("questions", "")
    address = (
        address_of("guide_drafts.draft", draft_id=draft_id, _anchor="questions")
        if fault.part == drafts.FRAME and whole
        else address_of("guide_drafts.part", draft_id=draft_id, part=fault.part, _anchor=field or None)
    )
    place = _("Around the questions") if fault.part == drafts.FRAME else fault.part
    if field and not whole:
        place = f"{place}, {title_of(field)}"
    return FaultLine(fault.part, field, place, sentence(pack, fault.message), address)


def _field_of(fault: DraftFault) -> str:
    """The field with its language, which may stand in the message only; Swedish where nobody says."""
    field, stem = fault.field, fault.field.rpartition("_")[2]
    if not field or stem in LANGUAGES or field in _ONE_FIELD or field.startswith("only_if"):
        return field
    found = re.search(r"\((sv|en)\)", fault.message)
    return f"{field}_{found[1] if found else 'sv'}"


_ONE_FIELD = frozenset({"topic", "pair", "pictures", "information", "version", "questions", "count_max"})


def sentence(pack: Pack, message: str) -> str:
    """The message of a check in the reader's language."""
    for pattern, text in _SENTENCES:
        found = pattern.fullmatch(message)
        if found:
            values = {name: _name(pack, name, value) for name, value in found.groupdict().items()}
            return _(text, **values) if values else _(text)
    return message


def _name(pack: Pack, kind: str, id: str) -> str:
    """What the pack calls an area or a theme; everything else as it stands."""
    try:
        if kind == "area":
            return say(pack.area(id).name)
        if kind == "theme":
            return say(pack.theme(id).name)
    except UnknownContent:
        pass
    return id

"""The words of the field app: `words/<language>.json`, which the app keeps on the device.

The scripts say each text by its English, like the pages do. A visit that is taken along brings the words of
its pack with it (services/field_bundle.py), which go before these.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from babel import Locale

from ...models.vocabulary import (
    N_,
    CheckResult,
    ChildOutcome,
    EnquiryKind,
    EvidenceKind,
    Informant,
    ReportedTo,
    State,
    StatementStatus,
    Titled,
    Wish,
)
from ..i18n import catalogue
from ..services.lay_out_guide import FACES
from . import field_texts_device, field_texts_talk, field_texts_visit
from .forms.talks import AGE_BANDS, LANGUAGES_SPOKEN, NAMED_BY_US

NAME, SHORT_NAME = N_("Tillsyn, field mode"), N_("Field mode")

PARTS = (field_texts_device, field_texts_visit, field_texts_talk)

DOCUMENT_KINDS = (
    ("visit", N_("The visit")),
    ("child", N_("Child or young person")),
    ("talk", N_("Talk")),
    ("statement", N_("Note")),
    ("evidence", N_("Observation or document")),
    ("check", N_("Requirement")),
    ("acute", N_("Acute")),
    ("photo", N_("Photo")),
    ("recording", N_("Recording")),
)
"""What a device records, as a person calls it: the kinds of rules/field_documents.py."""

FIELD_NAMES = (
    ("started", N_("Begun")),
    ("children_confirmed", N_("Is the list complete?")),
    ("override", N_("Why the order is departed from")),
    ("added", N_("Place in the list")),
    ("outcome", N_("What came of the offer?")),
    ("start", N_("Start of the talk")),
    ("end", N_("End of the talk")),
    ("lead", N_("Who holds the talk?")),
    ("age_band", N_("Age")),
    ("language", N_("Language of the talk")),
    ("place", N_("Place")),
    ("note", N_("Note on the talk")),
    ("feedback_channel", N_("How does the person want to hear what we found?")),
    ("interpreter", N_("With an interpreter")),
    ("chose_company", N_("The person chose who else was there")),
    ("own_recording", N_("The person recorded the talk")),
    ("deviation", N_("The talk could not be held as it should: disturbed, overheard or cut short")),
    ("read_back", N_("The notes were read back")),
    ("source", N_("Where it was noted")),
    ("text", N_("What is said")),
    ("own_question", N_("Your own question")),
    ("question", N_("Answers the question")),
    ("theme", N_("Theme")),
    ("own_words", N_("Own words")),
    ("prompted", N_("Answer to a question of ours")),
    ("important", N_("Among the most important")),
    ("concrete", N_("Concrete enough to follow up")),
    ("firsthand", N_("Own experience, or seen oneself")),
    ("wish", N_("May it be told?")),
    ("status", N_("Does it stand?")),
    ("severity", N_("What it means for the children")),
    ("about", N_("What it is, in a few words")),
    ("requirement", N_("Requirement")),
    ("mark", N_("Mark")),
    ("step", N_("What was done")),
)
"""The fields of those documents, as the pages call them."""

VOCABULARIES: tuple[tuple[str, type[Titled]], ...] = (
    ("outcome", ChildOutcome),
    ("informant", Informant),
    ("evidence", EvidenceKind),
    ("wish", Wish),
    ("status", StatementStatus),
    ("result", CheckResult),
    ("reported_to", ReportedTo),
    ("state", State),
    ("enquiry", EnquiryKind),
)


@lru_cache(maxsize=8)
def field_words(language: str) -> dict[str, Any]:
    """All texts of the app in one language.

    `texts`: English → text, where it is another. `counted`: the English for one → [for one, for several].
    `choices`: name → [[value, English]], to be looked up among the texts. `languages`: [[code, name]].
    """
    said = catalogue(language)
    choices = _choices()
    texts = {text for part in PARTS for text in part.TEXTS}
    texts.update(title for pairs in choices.values() for _value, title in pairs)
    counted = {pair for part in PARTS for pair in part.COUNTED}
    return {
        "language": language,
        "texts": {text: other for text in sorted(texts) if (other := said.gettext(text)) != text},
        "counted": {
            one: forms
            for one, many in sorted(counted)
            if (forms := [said.ngettext(one, many, 1), said.ngettext(one, many, 2)]) != [one, many]
        },
        "choices": choices,
        "languages": _languages(language),
    }


SIGNS = "0123456789abcdefghijklmnopqrstuvwxyz"
LENGTH = 6


def words_to_send(language: str) -> dict[str, Any]:
    """field_words as a device is given them: each text by a short sum of its English, which the scripts say.

    The English would be half of what is sent. Raises ValueError when two texts have the same sum: word one of
    them otherwise.
    """
    words = field_words(language)
    texts = {short_sum(english): text for english, text in words["texts"].items()}
    if len(texts) < len(words["texts"]):
        raise ValueError("Two texts of the field app have the same sum.")
    return words | {"texts": texts}


def short_sum(text: str) -> str:
    """FNV-1a of the UTF-16 code units, 32 bits in base 36, as `sumOf` in static/field/words.js counts it."""
    units = text.encode("utf-16-le")
    counted = 0x811C9DC5
    for low, high in zip(units[::2], units[1::2], strict=True):
        counted = (counted ^ (low | high << 8)) * 0x01000193 & 0xFFFFFFFF
    signs = ""
    while counted:
        counted, rest = divmod(counted, 36)
        signs = SIGNS[rest] + signs
    return signs[:LENGTH]


def _choices() -> dict[str, list[list[Any]]]:
    return {
        **{name: _titles(members) for name, members in VOCABULARIES},
        "document_kind": [list(pair) for pair in DOCUMENT_KINDS],
        "field_name": [list(pair) for pair in FIELD_NAMES],
        "age_band": [[band, band.replace("-", "–")] for band in AGE_BANDS],
        "faces": [[number, word] for number, word in enumerate(FACES, 1)],
    }


def _titles(members: Iterable[Titled]) -> list[list[Any]]:
    return [[member.value, member.title] for member in members]


def _languages(language: str) -> list[list[str]]:
    """The languages a talk can be held in, by their names in `language`: Swedish and English first."""
    names, said = Locale(language).languages, catalogue(language)
    named = [
        [code, said.gettext(NAMED_BY_US[code]) if code in NAMED_BY_US else str(names.get(code, code))]
        for code in LANGUAGES_SPOKEN
    ]
    named = [[code, name[:1].upper() + name[1:]] for code, name in named]
    return named[:2] + sorted(named[2:], key=lambda one: one[1])

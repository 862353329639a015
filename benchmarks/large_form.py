"""Forms of any size with all that real XLSForms hold, for the benchmark and the tests."""

from collections.abc import Iterator
from io import BytesIO
from itertools import count

from openpyxl import Workbook

LANGUAGES = ("Svenska (sv)", "English (en)", "Français (fr)")
HEADERS = (
    "type", "name",
    *(f"{field}::{language}" for field in ("label", "hint") for language in LANGUAGES),
    "required", "relevant",
    "constraint", *(f"constraint_message::{language}" for language in LANGUAGES[:2]),
    "appearance", "calculation", "choice_filter", "parameters", "repeat_count", "default", "media::image",
    "notes of the author",
)  # fmt: skip
LISTS = {
    "yes_no": ("yes", "no", "dont_know"),
    "county": ("north", "south", "west"),
    "town": tuple(f"town_{number}" for number in range(30)),
    "feeling": ("good", "so_so", "bad"),
    "thing": tuple(f"thing_{number}" for number in range(12)),
}
SECTION = 25

_Row = dict[str, str]


def large_form(questions: int) -> bytes:
    """An xlsx with so many rows that ask a person something, in sections of SECTION."""
    rows = [*_before(), *_sections(questions), *_after()]
    book = Workbook()
    survey = book.worksheets[0]
    survey.title = "survey"
    survey.append(HEADERS)
    for row in rows:
        survey.append([row.get(header) for header in HEADERS])
    choices = book.create_sheet("choices")
    choices.append(
        ("list_name", "name", *(f"label::{language}" for language in LANGUAGES), "county", "media::image")
    )
    for name, values in LISTS.items():
        for number, value in enumerate(values):
            county = LISTS["county"][number % 3] if name == "town" else None
            picture = f"{value}.png" if name == "feeling" else None
            choices.append((name, value, *(f"{value} {language}" for language in LANGUAGES), county, picture))
    settings = book.create_sheet("settings")
    settings.append(("form_title", "form_id", "version", "default_language", "style"))
    settings.append(("Frågor om boendet", f"housing_{questions}", 2026030101, LANGUAGES[0], "pages"))
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _row(type: str, name: str, words: str = "", hint: str = "", **cells: str) -> _Row:
    texts = {
        f"{field}::{language}": f"{text} ({language[:2]})"
        for field, text in (("label", words), ("hint", hint))
        for language in LANGUAGES
        if text
    }
    return {"type": type, "name": name, **texts, **cells}


def _before() -> Iterator[_Row]:
    for name in ("start", "end", "today", "deviceid"):
        yield _row(name, name)
    yield _row("note", "welcome", "Thank you for taking the time")


def _after() -> Iterator[_Row]:
    yield _row("acknowledge", "consent", "I have been told how the answers are used")
    yield _row("note", "goodbye", "That was all")


def _sections(questions: int) -> Iterator[_Row]:
    numbers = count()
    for first in range(0, questions, SECTION):
        section = first // SECTION
        size = min(SECTION, questions - first)
        kind = "repeat" if section % 4 == 3 else "group"
        opened = _row(f"begin_{kind}", f"part_{section}", f"Part {section}")
        if kind == "repeat":
            opened["repeat_count"] = "3"
        elif section % 4 == 2:
            opened |= {"appearance": "field-list", "relevant": f"${{q_{first - 1}}} != ''"}
        yield opened
        for _ in range(size):
            yield from _question(next(numbers), first)
        yield {"type": f"end_{kind}", "name": f"part_{section}"}


def _question(number: int, first: int) -> Iterator[_Row]:
    """One row that asks something, and at times one beside it that does not."""
    later = number > first
    before = f"${{q_{number - 1}}}"
    kinds = len(_KINDS)
    type, cells = _KINDS[number % kinds]
    row = _row(type, f"q_{number}", f"What about matter {number}?")
    for name, value in cells.items():
        if "BEFORE" not in value:
            row[name] = value
        elif later:  # nothing comes before the first of a section
            row[name] = value.replace("BEFORE", before)
    if type == "date":
        yield _row("note", f"n_{number}", "The next question is about the past")
    yield row
    if type == "integer":
        yield _row("calculate", f"c_{number}", calculation=f"${{q_{number}}} * 12")
    if type == "range":
        yield _row("geopoint", f"g_{number}", "Where is it?")


_KINDS: tuple[tuple[str, _Row], ...] = (
    ("text", {"required": "yes", "hint::English (en)": "Write as much as you like"}),
    ("select_one yes_no", {"required": "yes", "appearance": "horizontal"}),
    ("select_multiple thing", {"relevant": "BEFORE = 'yes'"}),
    (
        "integer",
        {
            "constraint": ". >= 0 and . < 150",
            "constraint_message::Svenska (sv)": "0 till 149",
            "constraint_message::English (en)": "0 to 149",
        },
    ),
    (
        "select_one county",
        {"hint::Svenska (sv)": "I vilken del av landet?", "hint::English (en)": "In which part?"},
    ),
    ("select_one town", {"choice_filter": "county = BEFORE"}),
    ("date", {"relevant": "BEFORE != ''"}),
    ("decimal", {"default": "0.5"}),
    ("select_one feeling or_other", {"media::image": "scale.png"}),
    ("range", {"parameters": "start=1 end=5 step=1"}),
    ("text", {"label::English (en)": "You said BEFORE. What then?", "appearance": "multiline"}),
    ("time", {"relevant": "BEFORE = 'x' or BEFORE = 'y'", "notes of the author": "ask Lena"}),
)

"""What openness cites of TF and OSL cannot be checked against their text here: docs/openness.md lists all of it."""

import re
from collections.abc import Iterator
from pathlib import Path

from tillsyn.interview_guides import reading

from .statutes import statutes

ROOT = reading.PACKS.parents[1]
OPENNESS = (
    "inspect/rules/openness.py", "inspect/rules/case_texts.py", "inspect/rules/masking.py", "models/openness*.py",
    "inspect/services/*disclos*.py", "inspect/services/assess_text.py", "inspect/services/mask_text.py",
    "inspect/services/freeze_texts.py", "inspect/services/texts_of_case.py", "inspect/services/list_diary.py",
    "inspect/services/receive_request.py", "inspect/services/who_said.py", "inspect/web/*disclos*.py",
    "inspect/web/received_requests.py", "inspect/web/forms/openness.py", "templates/openness/*.html",
    "interview_guides/openness_words.yaml", "reports/disclosure_pdf.py",
)  # fmt: skip
SHORT = re.compile(r"\b(?P<act>TF|OSL) (?P<chapter>\d+):(?P<first>\d+(?: [a-z]\b)?)(?:–(?P<last>\d+))?")
LONG = re.compile(
    r"\b(?P<act>TF|OSL) (?P<chapter>\d+) kap\. (?P<first>\d+(?: [a-z]\b)?)(?:(?:–| and )(?P<last>\d+))? ?§"
)
NAMED = re.compile(
    r"(?P<chapter>\d+) kap\. (?P<first>\d+)(?:–(?P<last>\d+))? §§? (?:offentlighets- och\s+sekretesslagen)"
)


def places(text: str) -> Iterator[str]:
    """Each section that a text cites, as "OSL 26:14 b"."""
    for form in (SHORT, LONG, NAMED):
        for found in form.finditer(text):
            act = found.groupdict().get("act") or "OSL"
            yield f"{act} {found['chapter']}:{found['first']}"
            for section in range(int(found["first"].split()[0]) + 1, int(found["last"] or 0) + 1):
                yield f"{act} {found['chapter']}:{section}"


def cited() -> dict[str, Path]:
    return {
        place: path
        for pattern in OPENNESS
        for path in sorted(ROOT.glob(pattern))
        for place in places(path.read_text(encoding="utf-8"))
    }


def listed() -> set[str]:
    page = (ROOT / "docs/openness.md").read_text(encoding="utf-8")
    return set(re.findall(r"^\| ((?:TF|OSL) \d+:\d+(?: [a-z])?) \|", page, re.MULTILINE))


def test_every_section_that_openness_rests_on_is_listed_for_the_lawyer() -> None:
    missing = {place: str(path.relative_to(ROOT)) for place, path in cited().items() if place not in listed()}
    assert missing == {}


def test_nothing_is_listed_that_openness_does_not_rest_on() -> None:
    assert listed() - set(cited()) == set()


def test_neither_act_is_held_in_an_extract() -> None:
    """When one is, what is cited of it is checked against it, and the page need not ask for it."""
    assert {"2009:400", "1949:105"} & set(statutes()) == set()


def test_a_section_that_is_not_listed_would_be_found() -> None:
    found = set(
        places("OSL 26:14 b, OSL 99 kap. 1 §, TF 2:15–16 och 6 kap. 7–8 §§ offentlighets- och sekretesslagen")
    )
    assert found == {"OSL 26:14 b", "OSL 99:1", "TF 2:15", "TF 2:16", "OSL 6:7", "OSL 6:8"}

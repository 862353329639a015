"""The tabs of a case: its pages, with how much each holds."""

from collections.abc import Collection
from dataclasses import dataclass

from flask import g, request

from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterKind
from ...models.vocabulary import N_
from ..rules.access import Permission, may
from ..rules.inspection_flow import CaseFacts
from .addresses import in_the_frame
from .language import translate as _
from .session import current_actor


@dataclass(frozen=True, slots=True)
class CaseLink:
    """A tab of the case. `within`: the page is not the tab's own, but one that is reached from it."""

    title: str
    href: str
    current: bool
    count: int | None = None
    within: bool = False


LINKS: tuple[tuple[str, str], ...] = (
    ("cases.overview", N_("Overview")),
    ("talks.talks", N_("Talks")),
    ("checks.evidence", N_("Observations and documents")),
    ("from_field.waiting", N_("From the field")),
    ("checks.requirements", N_("Requirements")),
    ("coding.units", N_("Coding")),
    ("weighing.areas", N_("Weighing")),
    ("findings.findings", N_("Findings")),
    ("letters.editor", N_("Letter")),
    ("case_letters.letters", N_("All letters")),
    ("dialogue.answers", N_("Provider’s answers")),
    ("sanctions.matters", N_("Sanction fees")),
    ("disclosures.requests", N_("Requests for documents")),
    ("search.words", N_("Search")),
    ("cases.log", N_("Log")),
)

MAIN_LETTER = "letters.editor"
"""Its parts have addresses of their own: `/review`, `/identities`."""

COUNTED: dict[str, str] = {
    "talks.talks": "talks",
    "checks.evidence": "evidence",
    "from_field.waiting": "from_field",
    "checks.requirements": "checks",
    "coding.units": "to_code",
    "findings.findings": "findings",
    "dialogue.answers": "answers",
}
"""The links that carry a number, and which count it is (services/count_records.py)."""

NEEDS: dict[str, Permission] = {
    "coding.units": Permission.CODE_STATEMENTS,
    "disclosures.requests": Permission.DISCLOSE,
    "search.words": Permission.DISCLOSE,
}
"""Links that not all who read have: a lawyer and a decision-maker do not code; who reads in need does not
search, nor answer requests."""

SANCTIONS = "sanctions.matters"
"""A link that only a case has in which a breach can cost a fee."""


def case_links(inspection: Inspection, facts: CaseFacts, counts: dict[str, int]) -> tuple[CaseLink, ...]:
    """Those that this person has, in this case."""
    from_field = facts.field_conflicts + facts.field_held + facts.field_waiting
    sanctions = facts.sanction or facts.sanctions_open
    return _links(inspection, counts | {"from_field": from_field}, () if sanctions else (SANCTIONS,))


def _links(inspection: Inspection, counts: dict[str, int], left_out: Collection[str]) -> tuple[CaseLink, ...]:
    here = request.endpoint or ""
    of_feedback = g.get("letter_kind", LetterKind.FEEDBACK) == "feedback"
    return tuple(
        CaseLink(
            title=_(title),
            href=(href := in_the_frame(endpoint, inspection.dnr)),
            current=(is_current := here == endpoint and of_feedback),
            count=counts.get(COUNTED.get(endpoint, "")) or None,
            within=not is_current
            and (of_feedback and here.startswith("letters.") if endpoint == MAIN_LETTER else _is_below(href)),
        )
        for endpoint, title in LINKS
        if endpoint not in left_out
        and (endpoint not in NEEDS or may(current_actor(), NEEDS[endpoint], inspection))
    )


def _is_below(tab: str) -> bool:
    """Whether the page is reached from the page at `tab`, by their addresses; never from the overview."""
    return tab.count("/") > 2 and request.path.startswith(f"{tab.partition('?')[0]}/")

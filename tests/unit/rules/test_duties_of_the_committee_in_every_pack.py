"""What the law puts on the placing committee alone is never a deficiency of the provider, in any pack."""

from datetime import date

import pytest

from tillsyn.inspect.rules.case_view import CaseView, Marked, Talks
from tillsyn.inspect.rules.finding_proposals import propose
from tillsyn.inspect.rules.letter_phrases import Phrases
from tillsyn.inspect.rules.weighing import CheckResult
from tillsyn.inspect.services.weighing_catalogue import catalogue_of
from tillsyn.interview_guides.guide import Requirement, available_packs, load_pack
from tillsyn.interview_guides.letter_wording import load_letter_wording
from tillsyn.models.vocabulary import FindingKind, Responsible

WORST = {"severity": 4, "extent": 2, "repeated": True}
DUTIES = [
    (pack, requirement)
    for pack in available_packs()
    for requirement in load_pack(pack).requirements
    if not requirement.can_be_deficiency_of_home
]
NAMES = [f"{pack}-{requirement.id}" for pack, requirement in DUTIES]


@pytest.mark.parametrize(("pack", "requirement"), DUTIES, ids=NAMES)
def test_the_worst_deviation_is_advice_to_the_committee_and_no_sanction(
    pack: str, requirement: Requirement
) -> None:
    marks = (Marked(requirement.id, CheckResult.DEVIATION, **WORST),)  # type: ignore[arg-type]
    view = CaseView(load_pack(pack), date(2026, 11, 1), "Hemmet", True, talks=Talks(), marks=marks)
    (proposal,) = propose(view, Phrases(load_letter_wording(pack)))
    assert (proposal.kind, proposal.responsible) == (FindingKind.ADVICE, Responsible.COMMITTEE)
    assert not proposal.sanction
    assert not requirement.sanction


@pytest.mark.parametrize(("pack", "requirement"), DUTIES, ids=NAMES)
def test_it_is_not_weighed(pack: str, requirement: Requirement) -> None:
    assert requirement.id not in catalogue_of(load_pack(pack)).requirements


def test_there_are_such_duties() -> None:
    assert DUTIES

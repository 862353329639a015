"""A case that has gone all the way, in any pack: facts sent, decided, answered, followed up."""

from dataclasses import replace
from datetime import date
from functools import cache
from uuid import UUID, uuid4

from tillsyn.inspect.rules.case_course import Course, Decided, MeasureView, SentFact
from tillsyn.inspect.rules.case_view import AreaView, CaseView, FindingView, Marked, Said, Talks
from tillsyn.inspect.rules.finding_proposals import propose
from tillsyn.inspect.rules.letter_composers import COMPOSERS
from tillsyn.inspect.rules.letter_phrases import Composed, Phrases
from tillsyn.inspect.rules.weighing import CheckResult, Perspective
from tillsyn.interview_guides.content import Text
from tillsyn.interview_guides.guide import load_pack
from tillsyn.interview_guides.letter_wording import load_letter_wording
from tillsyn.models.letter_vocabulary import DecisionKind, LetterKind
from tillsyn.models.vocabulary import FindingKind, MeasureOutcome, Responsible, Wish
from tillsyn.reports.wording import wording

DAY = date(2026, 11, 10)
DUE = date(2027, 2, 1)
TODAY = date(2027, 3, 1)
TALKS = Talks(residents=6, offered=6, talked=6, staff=2, managers=1, observations=1)
SIX = (
    LetterKind.INFORMATION,
    LetterKind.COMMUNICATION,
    LetterKind.DECISION,
    LetterKind.REMINDER,
    LetterKind.FOLLOWUP,
    LetterKind.CLOSING,
)
"""The kinds whose words stand in interview_guides/letter/<kind>.yaml."""


def on(day: date) -> Text:
    return Text(wording("sv").on(day), wording("en").on(day))


def phrases_of(pack_id: str) -> Phrases:
    return Phrases(load_letter_wording(pack_id))


@cache
def case(pack_id: str = "hvb", *, severity: int = 2) -> CaseView:
    """Two deficiencies of that severity in the pack, something to praise and something to advise on."""
    pack = load_pack(pack_id)
    rules = [one for one in pack.requirements_on(DAY) if one.can_be_deficiency_of_home]
    first = rules[0]
    second = next(one for one in rules if not set(one.themes) & set(first.themes))
    taken = {*first.themes, *second.themes}
    free = [theme for theme in pack.themes if theme.id not in taken]
    said = tuple(
        Said(uuid4(), f"u{n}{theme.id}", f"b{n}", Perspective.CHILD, theme.id, level, wish=Wish.MAY_BE_TOLD,
             unprompted=level == 0)
        for n in range(1, 7)
        for theme, level in ((free[0], 1), (free[-1], 0), (pack.theme(first.themes[0]), 1))
    )  # fmt: skip
    marks = tuple(Marked(one.id, CheckResult.DEVIATION, severity, extent=1) for one in (first, second))
    view = CaseView(
        pack, DAY, "Björken", True,
        talks=TALKS, said=said, marks=marks, contact="Anna Berg", weighed=True,
        areas={one.id: AreaView(one.id, "Behöver förbättras") for one in pack.areas},
        communicated_on=date(2026, 11, 20), reply_by=date(2026, 12, 11), replied=True,
        course=Course(team=("Anna Berg", "Olle Ek"), planned_on=DAY, came_on=DAY),
    )  # fmt: skip
    findings = tuple(
        FindingView(
            uuid4(), one.kind, one.area, one.theme, one.requirement, int(one.level), one.sanction, one.responsible,
            one.title.sv, one.saw.sv, one.matters.sv, one.proportion.sv, one.achieve.sv,
            due_on=DUE if one.kind is FindingKind.DEFICIENCY else None,
            evidence=tuple(sorted(said.label for said in one.behind)),
        )
        for one in propose(view, phrases_of(pack_id))
    )  # fmt: skip
    return replace(view, findings=findings)


def with_course(view: CaseView, **changed: object) -> CaseView:
    return replace(view, course=replace(view.course, **changed))  # type: ignore[arg-type]


def deficiencies(view: CaseView) -> tuple[FindingView, ...]:
    return tuple(one for one in view.findings if one.kind is FindingKind.DEFICIENCY)


def facts_of(view: CaseView) -> tuple[SentFact, ...]:
    return tuple(SentFact(one.id, one.title, one.saw, one.level) for one in view.findings)


def measure(finding: UUID, outcome: MeasureOutcome | None, **changed: object) -> MeasureView:
    made = MeasureView(
        id=uuid4(), finding=finding, description="Vi skriver en ny rutin tillsammans",
        owner="Verksamhetschefen", due_on=DUE, outcome=outcome,
        shown="Rutinen finns, och personalen känner till den." if outcome else "",
        children_say="De märker att det är lugnare på kvällarna." if outcome else "",
        asked=4 if outcome else None, wish=Wish.ONLY_IN_GENERAL if outcome else None,
        followed_up_on=TODAY if outcome else None,
    )  # fmt: skip
    return replace(made, **changed)  # type: ignore[arg-type]


@cache
def gone_all_the_way(
    pack_id: str = "hvb", *, severity: int = 2, outcomes: tuple[MeasureOutcome | None, ...] | None = None
) -> CaseView:
    """Decided, sent, answered; the outcomes are those of its deficiencies in order."""
    view = case(pack_id, severity=severity)
    found = deficiencies(view)
    outcomes = outcomes or (MeasureOutcome.REMEDIED, MeasureOutcome.PARTLY)
    kind = DecisionKind.ORDER if severity >= 3 else DecisionKind.CRITICISM
    return with_course(
        view,
        facts=facts_of(view),
        decided=Decided(kind, date(2027, 1, 7), "Beslutet gäller det som står i brevet.", "Eva Dahl", "Anna Berg",
                        "Juristen Maria Lind"),
        sent={LetterKind.FEEDBACK: date(2027, 1, 8)},
        answered_on=date(2027, 1, 20),
        measures=tuple(measure(one.id, out) for one, out in zip(found, outcomes, strict=False)),
        today=TODAY,
    )  # fmt: skip


def with_points_for_committees(view: CaseView) -> CaseView:
    """Two points that a committee answers for, one of them for its share; a third is routed to nobody."""
    rules = [one for one in view.pack.requirements_on(DAY) if not one.can_be_deficiency_of_home]
    rules += [one for one in view.pack.requirements_on(DAY) if one.can_be_deficiency_of_home]
    points = tuple(
        FindingView(
            uuid4(), FindingKind.ADVICE, view.pack.areas[0].id, None, rule.id, 1, False, responsible,
            rule.title.sv, saw="Fyra säger att ingen har frågat dem.",
        )
        for rule, responsible in zip(
            rules, (Responsible.COMMITTEE, Responsible.BOTH, Responsible.COMMITTEE), strict=False
        )
    )  # fmt: skip
    routed = frozenset(one.id for one in points[:2])
    marks = (*view.marks, Marked(rules[0].id, CheckResult.DEVIATION, 2, extent=1))
    return replace(view, findings=(*view.findings, *points), routed=routed, marks=marks)


def letter(kind: LetterKind, view: CaseView) -> dict[str, Composed]:
    made = COMPOSERS[kind](view, phrases_of(view.pack.id), on)
    found = {one.key: one for one in made}
    assert len(found) == len(made), "keys are unique"
    return found


def text_of(kind: LetterKind, view: CaseView, language: str = "sv") -> str:
    return "\n".join(one.text.in_language(language) for one in letter(kind, view).values())

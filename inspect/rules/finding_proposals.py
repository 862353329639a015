"""What the checks and the statements propose as findings; a person accepts, changes or removes each.

- a deviation becomes a deficiency on the level that its severity proposes; where the duty lies on
  the placing committee it is never one, but advice that goes to the committee
- a theme that the children find wanting, where no checked requirement deviates, becomes advice
- a theme that the children say works, or that we saw work, becomes a strength
"""

from dataclasses import dataclass

from ...interview_guides.content import Text
from ...models.vocabulary import FindingKind, LegalLevel, Responsible
from .case_view import CaseView, Marked, Said
from .disclosure import may_name_children, source_labels
from .finding_levels import level_of_deviation
from .letter_phrases import NOTHING, Phrases, listed, lowered, sentences
from .weighing import CheckResult, Perspective
from .weighing.levels import read_at
from .weighing.severity import level_of_severity

ONE_THIRD = 3
EXTENTS = ("single", "recurring", "systematic")

Key = tuple[str, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A finding before a person has looked at it. Its texts are in both languages."""

    kind: FindingKind
    area: str
    theme: str | None
    requirement: str | None
    level: LegalLevel
    title: Text
    sanction: bool = False
    responsible: Responsible = Responsible.PROVIDER
    saw: Text = NOTHING
    matters: Text = NOTHING
    proportion: Text = NOTHING
    achieve: Text = NOTHING
    behind: tuple[Said, ...] = ()

    @property
    def key(self) -> Key:
        """Two findings with the same key are about the same matter (see `key_of`)."""
        return key_of(self.kind, self.area, self.theme, self.requirement)


def key_of(kind: FindingKind, area: str, theme: str | None, requirement: str | None) -> Key:
    """What a finding is about. A deviation keeps its key when a person moves it between the kinds."""
    if requirement:
        return ("requirement", requirement, None)
    return (kind.value, theme or area, None)


def propose(view: CaseView, phrases: Phrases) -> tuple[Proposal, ...]:
    """All proposals: strengths, advice, deficiencies; each group in the order of the content pack."""
    order = {requirement.id: at for at, requirement in enumerate(view.pack.requirements)}
    deviations = [
        made
        for mark in sorted(view.deviations, key=lambda mark: order[mark.requirement])
        if (made := _from_deviation(view, mark, phrases)) is not None
    ]
    wanting = [
        made for theme in view.pack.themes if (made := _advice_on(view, theme.id, phrases)) is not None
    ]
    strengths = [
        made for area in view.pack.areas if (made := _strength_of(view, area.id, phrases)) is not None
    ]
    passed_on = [one for one in deviations if one.kind is FindingKind.ADVICE]
    return (
        *strengths,
        *wanting,
        *passed_on,
        *(one for one in deviations if one.kind is FindingKind.DEFICIENCY),
    )


def children_level(said: tuple[Said, ...]) -> int | None:
    """The children's level 4–1 on what they said, read at one third as the method does; None: no child."""
    worst: dict[str, int] = {}
    for one in said:
        if one.is_child:
            worst[one.source] = max(worst.get(one.source, 0), one.severity)
    return read_at([level_of_severity(severity) for severity in worst.values()], ONE_THIRD) if worst else None


def heard_in(view: CaseView, area: str) -> frozenset[str]:
    """The children heard in an area."""
    themes = {theme.id for theme in view.pack.themes_in(area)}
    return frozenset(one.source for one in view.said if one.is_child and one.theme in themes)


def failed_themes(view: CaseView) -> frozenset[str]:
    """The themes covered by a requirement that deviates."""
    return frozenset(
        theme for mark in view.deviations for theme in view.pack.requirement(mark.requirement).themes
    )


def behind_requirement(view: CaseView, requirement: str) -> tuple[Said, ...]:
    """What was said that points the same way as a deviation. Grave accounts are told elsewhere."""
    themes = view.pack.requirement(requirement).themes
    return tuple(one for one in view.said if one.theme in themes and one.severity >= 1 and not one.grave)


def _from_deviation(view: CaseView, mark: Marked, phrases: Phrases) -> Proposal | None:
    requirement = view.pack.requirement(mark.requirement)
    sanction = requirement.carries_sanction_on(view.day)
    if mark.severity == 0 and not sanction:
        return None
    area = view.pack.theme(requirement.themes[0]).area
    behind = behind_requirement(view, requirement.id)
    saw = _saw_of(mark, may_name_children(behind, heard_in(view, area)), phrases)
    if not requirement.can_be_deficiency_of_home:
        return Proposal(
            FindingKind.ADVICE, area, None, requirement.id, LegalLevel.DEVELOPMENT, requirement.title,
            responsible=Responsible.COMMITTEE, saw=saw,
            achieve=phrases.say("advice.committee"), behind=behind,
        )  # fmt: skip
    level = level_of_deviation(mark.severity)
    return Proposal(
        FindingKind.DEFICIENCY, area, None, requirement.id, level, requirement.title,
        sanction=sanction,
        responsible=Responsible(requirement.responsible),
        saw=saw,
        matters=phrases.wording.areas[area].matters,
        proportion=sentences(
            phrases.say(f"deficiency.extent.{EXTENTS[mark.extent]}"), phrases.wording.levels[level].proportion
        ),
        achieve=phrases.say(
            f"deficiency.achieve.{_how(mark, level)}", **_rule(requirement.wording, mark, level)
        ),
        behind=behind,
    )  # fmt: skip


def _how(mark: Marked, level: int) -> str:
    if level >= LegalLevel.MALPRACTICE:
        return "order"
    return "done" if mark.fixed else "requirement"


def _rule(wording: Text, mark: Marked, level: int) -> dict[str, Text]:
    return {} if _how(mark, level) == "order" else {"requirement": wording}


def _saw_of(mark: Marked, children_too: bool, phrases: Phrases) -> Text:
    note = mark.note.strip()
    circumstances = (
        ("children_too", children_too),
        ("repeated", mark.repeated),
        ("corrected", mark.fixed),
        ("self_found", mark.self_reported),
    )
    return sentences(
        Text(note, note) if note else phrases.say("deficiency.saw.plain"),
        *(phrases.say(f"deficiency.saw.{name}") for name, is_so in circumstances if is_so),
    )


def _advice_on(view: CaseView, theme: str, phrases: Phrases) -> Proposal | None:
    """Advice on a theme that the children find wanting; a grave account is never a row of a letter."""
    said = view.on_theme(theme)
    level = children_level(said)
    if theme in failed_themes(view) or level is None or level > 3 or any(one.grave for one in said):
        return None
    about = view.pack.theme(theme)
    behind = tuple(one for one in said if one.severity >= 1)
    covering = [rule for rule in view.pack.requirements if theme in rule.themes]
    committee = bool(covering) and not any(rule.can_be_deficiency_of_home for rule in covering)
    return Proposal(
        FindingKind.ADVICE, about.area, theme, None, LegalLevel.DEVELOPMENT, about.name,
        responsible=Responsible.COMMITTEE if committee else Responsible.PROVIDER,
        saw=phrases.say("advice.raised"),
        achieve=phrases.say("advice.committee")
        if committee
        else _suggest(view, theme, level, behind, phrases),
        behind=behind,
    )  # fmt: skip


def _suggest(view: CaseView, theme: str, level: int, behind: tuple[Said, ...], phrases: Phrases) -> Text:
    """What we suggest, and why; the why speaks of the children only where they may be named."""
    suggestion = phrases.suggestion(theme)
    kind = _kind_of_advice(view, theme, level)
    if kind != "minor" and not may_name_children(behind, heard_in(view, view.pack.theme(theme).area)):
        return suggestion
    return phrases.say(f"advice.{kind}", suggestion=suggestion)


def _kind_of_advice(view: CaseView, theme: str, level: int) -> str:
    """METHOD 2.11: no requirement, one that was not checked, or a check that says otherwise."""
    covering = [requirement.id for requirement in view.pack.requirements if theme in requirement.themes]
    if not covering:
        return "beyond"
    results = {mark.result for mark in view.marks if mark.requirement in covering}
    if CheckResult.MET not in results:
        return "unchecked"
    return "differs" if level <= 2 else "minor"


def _strength_of(view: CaseView, area: str, phrases: Phrases) -> Proposal | None:
    """What the children say works, or we saw work, in one area.

    The area's own sentence is used only where nothing in the area says otherwise.
    """
    themes = [theme for theme in view.pack.themes_in(area) if _works(view, theme.id)]
    if not themes:
        return None
    behind = tuple(
        one for theme in themes for one in view.on_theme(theme.id) if one.severity == 0 and _is_praise(one)
    )
    every = {theme.id for theme in view.pack.themes_in(area)}
    spotless = not (failed_themes(view) & every) and all(
        one.severity == 0 for one in view.said if one.theme in every
    )
    told = phrases.say("strengths.themes", themes=listed(lowered(theme.name) for theme in themes))
    labels = source_labels(behind, heard_in(view, area))
    return Proposal(
        FindingKind.STRENGTH, area, None, None, LegalLevel.WORKS_WELL, view.pack.area(area).name,
        saw=sentences(
            phrases.wording.areas[area].strength if spotless and not view.areas_pending(area) else NOTHING,
            told,
            phrases.say("strengths.children") if labels == ("children",) else NOTHING,
        ),
        behind=behind,
    )  # fmt: skip


def _works(view: CaseView, theme: str) -> bool:
    said = view.on_theme(theme)
    if theme in failed_themes(view) or any(one.grave or one.severity >= 2 for one in said):
        return False
    level = children_level(said)
    return level in (None, 4) and any(one.severity == 0 and _is_praise(one) for one in said)


def _is_praise(one: Said) -> bool:
    if one.is_child:
        return one.unprompted or one.important
    return one.perspective is Perspective.OBSERVATION

"""What the checks and the statements propose as findings; a person accepts, changes or removes each.

- a deviation becomes a deficiency on the level that its severity proposes; where the duty lies on
  the placing committee it is never one, but advice that goes to the committee
- a theme that the children find wanting, where no checked requirement deviates, becomes advice
- a theme that the children say works, or that we saw work, becomes a strength

What the inspector noted at a check is internal: no proposal holds a word of it.
"""

from dataclasses import dataclass

from ...interview_guides.content import Requirement, Text
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
SINGLE = 0
REASONS = ("raised", "unchecked", "differs", "minor", "beyond", "committee")
"""Why something is advice and no demand, in the order of the letter: sentences `advice.*` of the wording."""

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
    """The children heard in an area; those too whose words must not be passed on, for they are left over."""
    themes = {theme.id for theme in view.pack.themes_in(area)}
    told = frozenset(one.source for one in view.said if one.is_child and one.theme in themes)
    return told | view.heard.get(area, frozenset())


def names_children(view: CaseView, area: str, behind: tuple[Said, ...]) -> bool:
    """May the children be named beside this? Never in an area on hold (METHOD 2.17, rules 2 and 5)."""
    return not view.areas_pending(area) and may_name_children(behind, heard_in(view, area))


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
    saw = _saw_of(mark, names_children(view, area, behind), phrases)
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
            phrases.say("deficiency.again") if mark.repeated else NOTHING,
            phrases.wording.levels[level].proportion,
        ),
        achieve=_achieve(requirement, mark, level, phrases),
        behind=behind,
    )  # fmt: skip


def _achieve(requirement: Requirement, mark: Marked, level: int, phrases: Phrases) -> Text:
    """The result, with its provision beside it; the requirement itself is told where the rule is."""
    order, done, plain = achieve_sentences(requirement, phrases)
    if level >= LegalLevel.MALPRACTICE:
        return order
    return done if mark.fixed else plain


def achieve_sentences(requirement: Requirement, phrases: Phrases) -> tuple[Text, Text, Text]:
    """What is proposed: to follow the order, to keep it so, to meet the requirement."""
    source = first_source(requirement)
    return (
        phrases.say("deficiency.achieve.order"),
        phrases.say("deficiency.achieve.done", source=source),
        phrases.say("deficiency.achieve.requirement", source=source),
    )


def first_source(requirement: Requirement) -> Text:
    """The provision that the requirement rests on first; the others stand with the rule."""
    return Text(*(text.split("; ")[0] for text in (requirement.source.sv, requirement.source.en)))


def _saw_of(mark: Marked, children_too: bool, phrases: Phrases) -> Text:
    """What the mark itself tells. A fault found before is not called a single one."""
    circumstances = {
        EXTENTS[mark.extent]: mark.extent > SINGLE or not mark.repeated,
        "children_too": children_too,
        "repeated": mark.repeated,
        "corrected": mark.fixed,
        "self_found": mark.self_reported,
    }
    return sentences(
        phrases.say("deficiency.saw.plain"),
        *(phrases.say(f"deficiency.saw.{name}") for name, is_so in circumstances.items() if is_so),
    )


def _advice_on(view: CaseView, theme: str, phrases: Phrases) -> Proposal | None:
    """Advice on a theme that the children find wanting; a grave account is never a row of a letter."""
    said = view.on_theme(theme)
    level = children_level(said)
    if theme in failed_themes(view) or level is None or level > 3 or view.has_account(theme):
        return None
    about = view.pack.theme(theme)
    behind = tuple(one for one in said if one.severity >= 1)
    covering = [rule for rule in view.pack.requirements if theme in rule.themes]
    committee = bool(covering) and not any(rule.can_be_deficiency_of_home for rule in covering)
    reason = "committee" if committee else _reason_of_advice(view, theme, level, behind)
    return Proposal(
        FindingKind.ADVICE, about.area, theme, None, LegalLevel.DEVELOPMENT, about.name,
        responsible=Responsible.COMMITTEE if committee else Responsible.PROVIDER,
        saw=phrases.say(f"advice.{reason}"),
        achieve=NOTHING if committee else phrases.suggestion(theme),
        behind=behind,
    )  # fmt: skip


def _reason_of_advice(view: CaseView, theme: str, level: int, behind: tuple[Said, ...]) -> str:
    """Why it is advice; the reason speaks of the children only where they may be named."""
    kind = _kind_of_advice(view, theme, level)
    named = names_children(view, view.pack.theme(theme).area, behind)
    return kind if kind == "minor" or named else "raised"


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
    is_pending = view.areas_pending(area)
    of_children = not is_pending and source_labels(behind, heard_in(view, area)) == ("children",)
    return Proposal(
        FindingKind.STRENGTH, area, None, None, LegalLevel.WORKS_WELL, view.pack.area(area).name,
        saw=sentences(
            phrases.wording.areas[area].strength if spotless and not is_pending else NOTHING,
            told,
            phrases.say("strengths.children") if of_children else NOTHING,
        ),
        behind=behind,
    )  # fmt: skip


def _works(view: CaseView, theme: str) -> bool:
    said = view.on_theme(theme)
    if theme in failed_themes(view) or view.has_account(theme) or any(one.severity >= 2 for one in said):
        return False
    level = children_level(said)
    return level in (None, 4) and any(one.severity == 0 and _is_praise(one) for one in said)


def _is_praise(one: Said) -> bool:
    if one.is_child:
        return one.unprompted or one.important
    return one.perspective is Perspective.OBSERVATION

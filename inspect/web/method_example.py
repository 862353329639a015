"""The method's first worked example, by the constants in force: one child of four tells of violence."""

from dataclasses import dataclass, replace

from ..rules.weighing import (
    AreaResult,
    Catalogue,
    Ceiling,
    Check,
    CheckResult,
    Coding,
    Inspection,
    Perspective,
    weigh,
)
from ..rules.weighing import configuration as constants
from .certainty_words import word_of
from .explanation import code_of
from .language import current_language
from .language import translate as _

AREA, THEME = "safety", "violence"
CATALOGUE = Catalogue({THEME: AREA}, {"R1": frozenset({THEME})})
OTHERS = {
    Perspective.CHILD: 3,
    Perspective.STAFF: 3,
    Perspective.MANAGER: 1,
    Perspective.OBSERVATION: 1,
    Perspective.DOCUMENT: 1,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the method makes of the example. `code` is what position_pill draws."""

    code: int | str
    word: str
    basis: str
    action: str
    confidence: str


@dataclass(frozen=True, slots=True)
class WorkedExample:
    """`alone`: the word that the weighing by itself would have given."""

    levels: tuple[tuple[str, str], ...]
    alone: str
    ceilings: tuple[tuple[str, str], ...]
    outcome: Outcome
    confirmed: Outcome


_kept: dict[tuple[str, str], WorkedExample] = {}


def worked_example() -> WorkedExample:
    """Method §5.1 and 5.1b by the rules as they stand, weighed once for each language and its constants."""
    values = repr([value for name, value in vars(constants).items() if name.isupper()])
    key = (current_language(), values)
    found = _kept.get(key)
    if found is None:
        found = _kept[key] = _weighed_example()
    return found


def _weighed_example() -> WorkedExample:
    case = _home()
    found = weigh(CATALOGUE, case).areas[AREA]
    seen = Coding("p2", "p2", Perspective.STAFF, THEME, 2)
    confirmed = replace(case, codings=(*(one for one in case.codings if one.id != "staff2"), seen))
    return WorkedExample(
        levels=tuple((_(who.title), word_of(level)) for who, level in found.levels.items()),
        alone=word_of(found.base),
        ceilings=tuple(
            (_(ceiling.title), word_of(found.ceilings.of(ceiling)))
            for ceiling in Ceiling
            if found.ceilings.of(ceiling) < 4
        ),
        outcome=_outcome(found),
        confirmed=_outcome(weigh(CATALOGUE, confirmed).areas[AREA]),
    )


def _home() -> Inspection:
    """Four children, one of whom tells of violence; everybody and everything else has nothing to remark."""
    quiet = [
        Coding(f"{who}{number}", f"{who}{number}", who, THEME, 0, prompted=True)
        for who, count in OTHERS.items()
        for number in range(1, count + 1)
    ]
    told = Coding("b4", "b4", Perspective.CHILD, THEME, 3, important=True)
    return Inspection(
        id="example",
        residents=4,
        codings=(told, *quiet),
        checks=(Check("R1", CheckResult.MET),),
    )


def _outcome(area: AreaResult) -> Outcome:
    return Outcome(
        code=code_of(area),
        word=_(area.word.title),
        basis=_(area.basis.title) if area.basis else "",
        action=_(area.action.title) if area.action is not None else "",
        confidence=_(area.confidence.title) if area.confidence else "",
    )

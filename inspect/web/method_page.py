"""The method told to everybody, from the constants that the weighing itself reads (docs/method.md).

Nothing here is a number of its own: change a constant of rules/weighing/configuration.py and the page
says something else. The constants are read when the page is, so that the two cannot drift apart.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from flask_babel import format_decimal

from ...interview_guides.guide import Pack
from ..rules.weighing import Ceiling, Perspective, Position, Word, config_hash
from ..rules.weighing import configuration as constants
from ..rules.weighing.external_view import K_SHARE
from ..rules.weighing.scales import WORD_OF_POSITION
from .certainty_words import word_of
from .language import say
from .language import translate as _
from .method_example import WorkedExample, worked_example

GROUPS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class WeightLine:
    """A perspective and its weight; `length` of its bar, in units of the drawing."""

    title: str
    code: str
    weight: int
    length: int


@dataclass(frozen=True, slots=True)
class CeilingLine:
    """One ceiling: what it is, and each condition with the word that it holds an area at."""

    title: str
    rows: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class MethodText:
    """What the page says that depends on constants."""

    version: str
    config: str
    weights: tuple[WeightLine, ...]
    whole: int
    enough: int
    third: str
    half: str
    voices: tuple[tuple[int, int, int], ...]
    ceilings: tuple[CeilingLine, ...]
    severities: tuple[tuple[str, str, str], ...]
    k: int
    k_share: int
    alpha: tuple[str, str]
    concerns_per_step: int
    pattern: int
    unheard: tuple[str, str]
    example: WorkedExample


SIGNS = {
    Perspective.CHILD: "B",
    Perspective.COMPLIANCE: "K",
    Perspective.OBSERVATION: "O",
    Perspective.STAFF: "P",
    Perspective.MANAGER: "L",
    Perspective.DOCUMENT: "D",
}


def method_text(pack: Pack) -> MethodText:
    weights = constants.WEIGHTS
    most = max(weights.values())
    return MethodText(
        version=f"{constants.METHOD} {constants.VERSION}",
        config=config_hash()[:12],
        weights=tuple(
            WeightLine(_(who.title), SIGNS[who], weight, round(160 * weight / most))
            for who, weight in weights.items()
        ),
        whole=sum(weights.values()),
        enough=constants.ENOUGH_WEIGHT,
        third=part_in_words(constants.READING_DIVISOR),
        half=part_in_words(constants.HALF_DIVISOR),
        voices=tuple(
            (count, _ceil(count, constants.READING_DIVISOR), _ceil(count, constants.HALF_DIVISOR))
            for count in range(1, GROUPS_SHOWN + 1)
        ),
        ceilings=tuple(_ceilings()),
        severities=tuple(
            (say(one.name), say(one.text), word_of(constants.HIGHEST_LEVEL - min(3, one.severity)))
            for one in pack.severity
        ),
        k=constants.DISCLOSURE_K,
        k_share=K_SHARE,
        alpha=(_decimal(constants.ALPHA_GOOD), _decimal(constants.ALPHA_TENTATIVE)),
        concerns_per_step=constants.CONCERN_PER_STEP,
        pattern=constants.PATTERN_DEVIATIONS,
        unheard=(word_of(constants.UNHEARD_WORST), word_of(constants.UNHEARD_BEST)),
        example=worked_example(),
    )


def code_of_word(word: Word) -> int | str:
    """What position_pill draws for a word of the method."""
    for position, known in WORD_OF_POSITION.items():
        if word is known:
            return int(position)
    return "under_investigation" if word is Word.ACCOUNT_INVESTIGATED else "none"


def part_in_words(divisor: int) -> str:
    """1/2 as half, 1/3 as a third."""
    known = {2: _("half"), 3: _("a third"), 4: _("a quarter")}
    return known.get(divisor) or _("one in %(num)s", num=divisor)


def _ceil(count: int, divisor: int) -> int:
    return -(-count // divisor)


def _decimal(share: Fraction) -> str:
    return str(format_decimal(round(float(share), 2)))


def _ceilings() -> Iterator[CeilingLine]:
    def held(condition: str, at: int) -> tuple[str, str, int]:
        return condition, word_of(at), at

    yield CeilingLine(
        _(Ceiling.GRAVE_ACCOUNT.title),
        (
            held(
                _("Something grave that another source confirms, or that we saw ourselves"),
                constants.T1_CORROBORATED,
            ),
            held(
                _("Danger to life, violence or abuse, told by the one it happened to"),
                constants.T1_ACUTE_FIRST_HAND,
            ),
            held(_("Something grave that nobody has investigated yet"), constants.T1_OPEN),
            held(_("Something grave that was investigated and not confirmed"), constants.T1_NOT_CONFIRMED),
        ),
    )
    statute = constants.T2_BY_COMPLIANCE
    yield CeilingLine(
        _(Ceiling.STATUTE.title),
        tuple(
            held(condition, statute[level])
            for condition, level in (
                (_("A minor deviation"), 3),
                (_("A deviation that clearly affects children"), 2),
                (_("A grave deviation"), 1),
            )
        ),
    )
    third, half = part_in_words(constants.READING_DIVISOR), part_in_words(constants.HALF_DIVISOR)
    yield CeilingLine(
        _(Ceiling.CHILDREN.title),
        (
            held(_("No child was heard on something close to children’s daily life"), constants.T3_NO_CHILD),
            held(_("One child tells of a clear problem"), constants.T3_ONE_CHILD),
            held(
                _("%(part)s of the children tell of at least something minor", part=third.capitalize()),
                constants.T3_BY_THIRD[3],
            ),
            held(
                _("%(part)s of the children tell of something grave", part=third.capitalize()),
                constants.T3_BY_THIRD[1],
            ),
            held(
                _("%(part)s of the children tell of a clear problem", part=half.capitalize()),
                Position.NEEDS_IMPROVEMENT,
            ),
            held(
                _("%(part)s of the children tell of something grave", part=half.capitalize()),
                Position.SERIOUS,
            ),
        ),
    )
    yield CeilingLine(
        _(Ceiling.BREADTH.title),
        (
            held(
                _(
                    "Fewer than %(num)s perspectives reach the highest word",
                    num=constants.T4_PERSPECTIVES_AT_TOP,
                ),
                constants.T4_TOO_FEW,
            ),
        ),
    )

"""How sure a weighing is, in words: confidence and its four reasons, children not heard, how firm it is."""

from collections.abc import Iterator

from ..rules.weighing import AreaResult, Inspection, Perspective
from ..rules.weighing.configuration import ADEQUATE_PERSPECTIVES, ALPHA_GOOD, ALPHA_TENTATIVE
from ..rules.weighing.scales import WORD_OF_POSITION, Position
from ..rules.weighing.sensitivity import Sensitivity, Stability
from .language import translate as _

Concern = tuple[str, str, str]
"""What the concern is about, how large it is, and why: three texts."""


def word_of(level: int) -> str:
    return _(WORD_OF_POSITION[Position(level)].title)


def how_sure(result: AreaResult, case: Inspection) -> str:
    """The third sentence of “Why?”: the confidence, and what limits it most."""
    if result.confidence is None or result.position is None:
        return ""
    limits = tuple(_limits(result, case))
    word = _(result.confidence.title)
    if limits:
        return _("%(word)s: %(why)s.", word=word, why=", ".join(limits))
    concerned = [why for _about, size, why in concerns(result, case) if size != _size(0)]
    if concerned:
        return _("%(word)s: %(why)s.", word=word, why=", ".join(concerned))
    return _("%(word)s: nothing speaks against it.", word=word)


def concerns(result: AreaResult, case: Inspection) -> tuple[Concern, ...]:
    """The four reasons of the confidence (method §2.9), always all four and in the same order."""
    parts = result.confidence_parts
    if parts is None:
        return ()
    return (
        (_("How we talked and coded"), _size(parts.method), _method(case)),
        (_("Whether they say the same"), _size(parts.coherence), _coherence(parts.coherence)),
        (_("Whether it is enough"), _size(parts.adequacy), _adequacy(result, case)),
        (_("Whether they know it themselves"), _size(parts.relevance), _relevance(parts.relevance)),
    )


def _limits(result: AreaResult, case: Inspection) -> Iterator[str]:
    heard = len(result.voices.get(Perspective.CHILD, {}))
    if result.flags.investigate:
        yield _("a grave account is not investigated to the end")
    if result.child_near and heard == 0:
        yield _("no child was heard on this")
    if heard == 1 and case.residents > 1:
        yield _("only one child was heard on this")


def _size(concern: int) -> str:
    return (
        _("no concern"),
        _("minor concern"),
        _("moderate concern"),
        _("serious concern"),
    )[concern]


def _method(case: Inspection) -> str:
    found = []
    deviating = sum(talk.deviation for talk in case.interviews)
    if deviating:
        found.append(
            _(
                "%(num)s of %(all)s talks were held in other ways than meant",
                num=deviating,
                all=len(case.interviews),
            )
        )
    if case.alpha is None:
        found.append(_("how alike coders judge is not measured yet"))
    elif case.alpha < ALPHA_TENTATIVE:
        found.append(_("coders judge too differently"))
    elif case.alpha < ALPHA_GOOD:
        found.append(_("coders judge somewhat differently"))
    if not case.children_first:
        found.append(_("adults were interviewed before the children"))
    return ", ".join(found) or _("the talks were held as meant, and the children came first")


def _coherence(concern: int) -> str:
    return (
        _("they tell the same story"),
        _("people in the same group see it very differently"),
        _("two perspectives point clearly apart"),
        _("the children see it otherwise than at least two other perspectives"),
    )[concern]


def _adequacy(result: AreaResult, case: Inspection) -> str:
    found = []
    heard = len(result.voices.get(Perspective.CHILD, {}))
    if result.child_near:
        found.append(_("%(num)s of %(all)s children were heard on this", num=heard, all=case.residents))
        concrete = {
            active.coding.source
            for active in result.codings
            if active.coding.perspective is Perspective.CHILD and active.coding.concrete
        }
        if 2 * len(concrete) < heard:
            found.append(_("few of them could be followed up"))
    if len(result.levels) < ADEQUATE_PERSPECTIVES:
        found.append(_("few perspectives speak of it"))
    return ", ".join(found) or _("there is enough to go by")


def _relevance(concern: int) -> str:
    return (
        _("most tell of what they have been through or seen themselves"),
        _("about half tell of what they have been through or seen themselves"),
        _("few tell of what they have been through or seen themselves"),
        _("nobody tells of what they have been through or seen themselves"),
    )[concern]


def bounds_in_words(result: AreaResult, case: Inspection) -> str:
    """What the children who were not heard could have changed (method §2.13)."""
    if result.bounds is None:
        return ""
    heard = len(result.voices.get(Perspective.CHILD, {}))
    if heard >= case.residents:
        return _("Every child was heard on this.")
    lowest, highest = result.bounds
    if lowest == highest:
        return _("Whatever the children we have not heard on this had said, the position would be the same.")
    return _(
        "If the children we have not heard on this had said something else, "
        "the position could have been between “%(lowest)s” and “%(highest)s”.",
        lowest=word_of(lowest),
        highest=word_of(highest),
    )


def steady_in_words(found: Sensitivity | None) -> str:
    """How firmly the position stands (method §2.14). One grave account is meant to decide, and is said so."""
    if found is None:
        return ""
    if found.carried_by is not None:
        return _("Carried by a single account: not to be weighed away.")
    match found.word:
        case Stability.ROBUST:
            return _(
                "Robust: no single statement or source would change it, and the weights have room to spare."
            )
        case Stability.STABLE:
            return _(
                "Stable: a single statement, a source or other weights could move it, "
                "but not how groups are read."
            )
        case _:
            return _("Sensitive: with a slightly different way to read or weigh, the word would be another.")

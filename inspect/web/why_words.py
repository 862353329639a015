"""Why a position is what it is, in words: what binds, what would change it, each step."""

from collections.abc import Iterator, Sequence
from typing import cast

from ...interview_guides.guide import Pack
from ..rules.weighing import AreaResult, Ceiling, DecidingCircumstances, Perspective, deciding_circumstances
from ..rules.weighing.circumstances import BindingCeiling
from ..rules.weighing.counterfactual import Counterfactual, counterfactual
from ..rules.weighing.patterns import Pattern
from .certainty_words import word_of
from .language import say
from .language import translate as _


def what_binds(result: AreaResult, pack: Pack) -> tuple[str, ...]:
    """The deciding circumstances: at most a handful of sentences (FL 32 §: what decided)."""
    why = deciding_circumstances(result)
    if why is None:
        return (_("Too little is known: the perspectives present do not carry enough weight together."),)
    lines = [_ceiling(binding, result, pack) for binding in why.ceilings]
    lines.append(_majority(why))
    return tuple(line for line in lines if line)


def _ceiling(binding: BindingCeiling, result: AreaResult, pack: Pack) -> str:
    word = word_of(binding.at_most)
    match binding.ceiling:
        case Ceiling.GRAVE_ACCOUNT:
            return _(
                "A grave account (%(which)s) holds the area at “%(word)s”, however good the rest is.",
                which=", ".join(binding.codings),
                word=word,
            )
        case Ceiling.STATUTE:
            titles = [f"{name} {say(pack.requirement(name).title)}" for name in binding.requirements]
            return _(
                "A deviation from the law holds it at “%(word)s”: %(which)s.",
                word=word,
                which="; ".join(titles),
            )
        case Ceiling.CHILDREN if not binding.sources:
            return _("No child was heard here, so the area stops at “%(word)s”.", word=word)
        case Ceiling.CHILDREN:
            return _("What the children tell holds it at “%(word)s”; only children can lift it.", word=word)
        case _:
            return _(
                "The highest word needs at least two perspectives, so the area stops at “%(word)s”.",
                word=word,
            )


def _majority(why: DecidingCircumstances) -> str:
    won = ", ".join(_(one.title).lower() for one in why.won.reaching)
    below = ", ".join(_(one.title).lower() for one in why.won.below)
    if why.decided_by_ceiling and why.won.level < 4 and why.next_step and not why.next_step.missing:
        return _("Without that, the weighing would have been higher.")
    if below:
        return _(
            "More than half of the weight reaches it: %(won)s. Below it: %(below)s.", won=won, below=below
        )
    return _("All that was heard and seen reaches it: %(won)s.", won=won) if won else ""


def what_would_change(result: AreaResult) -> str:
    """What it would have taken for the position to be one step higher (method §2.16)."""
    found = counterfactual(result)
    if found is None:
        return _("It is the highest word already; less evidence than this would not have given it.")
    if found.to is None:
        return _("A position takes more: %(who)s.", who=_any_of(found.evidence_from))
    return _(
        "The position would have been one step higher if %(what)s.",
        what=_listed([*_ceilings_gone(found, result), *_weight_there(found)]),
    )


def _ceilings_gone(found: Counterfactual, result: AreaResult) -> Iterator[str]:
    for binding in found.ceilings:
        match binding.ceiling:
            case Ceiling.GRAVE_ACCOUNT if result.flags.investigate:
                yield _("the grave account had been investigated and not been confirmed")
            case Ceiling.GRAVE_ACCOUNT:
                yield _("nobody had told of anything so grave")
            case Ceiling.STATUTE:
                yield _("%(which)s had been met", which=", ".join(binding.requirements))
            case Ceiling.CHILDREN if not binding.sources:
                yield _("children had been heard on this and seen it so")
            case Ceiling.CHILDREN:
                yield _("fewer of the children had seen it so badly")
            case _:
                yield _("one more perspective had reached the highest word")


def _weight_there(found: Counterfactual) -> Iterator[str]:
    step = found.weighing
    if found.missing and step is not None:
        yield _(
            "more than half of the weight had reached “%(word)s”: now %(part)s of %(whole)s do, "
            "and %(who)s would be enough",
            word=word_of(step.level),
            part=step.weight,
            whole=step.of,
            who=_any_of(found.any_of or step.below),
        )
    if found.evidence:
        yield _("more had been heard or seen: %(who)s", who=_any_of(found.evidence_from))


def _any_of(who: Sequence[Perspective]) -> str:
    """Children, staff or managers."""
    names = [_(one.title).lower() for one in who]
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s or %(last)s", first=", ".join(names[:-1]), last=names[-1])


def _listed(parts: list[str]) -> str:
    """One, two and three: parts in a row, the last after “and”."""
    if len(parts) < 2:
        return "".join(parts)
    return _("%(first)s and %(last)s", first=", ".join(parts[:-1]), last=parts[-1])


def pattern_in_words(pattern: Pattern | None, pack: Pack) -> Iterator[str]:
    """The question that the flag *mönster* puts to a person (method §2.8); nothing follows by itself."""
    if pattern is None:
        return
    if pattern.requirements:
        yield _(
            "Is this systemic? Several minor deviations stand here: %(which)s. "
            "If it is, say so at the requirement.",
            which=", ".join(pattern.requirements),
        )
    if pattern.themes:
        yield _(
            "Is this systemic? The same minor things stood here at the inspection before this one: "
            "%(which)s. If it is, say so at the requirement.",
            which=", ".join(say(pack.theme(theme).name) for theme in pattern.themes),
        )


def trace_in_words(result: AreaResult) -> tuple[str, ...]:
    """Each step of the method, in order, as sentences."""
    lines = []
    titles = {str(one): _(one.title) for one in Perspective}
    ceilings = {str(one.value): _(one.title) for one in Ceiling}
    for row in result.trace:
        match row["rule"]:
            case "P":
                lines.append(f"{titles[str(row['perspective'])]}: {word_of(_whole(row['level']))}")
            case "V1":
                words = {"word": word_of(_whole(row["level"])), "part": row["for"], "whole": row["of"]}
                text = (
                    _("“%(word)s”: %(part)s of %(whole)s in weight reach it, more than half.", **words)
                    if row["reached"]
                    else _(
                        "“%(word)s”: %(part)s of %(whole)s in weight reach it, not more than half.", **words
                    )
                )
                lines.append(text)
            case "T1" | "T2" | "T3" | "T4" if _whole(row["at_most"]) < 4:
                name = ceilings[str(row["rule"])]
                lines.append(
                    _("%(ceiling)s: at most “%(word)s”.", ceiling=name, word=word_of(_whole(row["at_most"])))
                )
            case "V0" if not row["enough"]:
                lines.append(_("There is not enough evidence to assess the area yet."))
            case "L" if row["position"] is not None:
                lines.append(_("The lowest of these decides: “%(word)s”.", word=_(result.word.title)))
    return tuple(lines)


def _whole(value: object) -> int:
    return cast(int, value)

"""The gap as a picture: per theme two facing bars, what children bring up and what we check (§2.11)."""

from dataclasses import dataclass
from fractions import Fraction

from ...interview_guides.guide import Pack
from ..rules.weighing import Gap, GapClass, ThemeGap
from .language import say
from .language import translate as _

MIDDLE = 200
LONGEST = 186
ROW = 48
HEADING = 34
ORDER = (GapClass.NO_REQUIREMENT, GapClass.NOT_CHECKED, GapClass.DIFFERENT_PICTURE, GapClass.SAME_PICTURE)


@dataclass(frozen=True, slots=True)
class Bar:
    """One theme in the picture. `top` and lengths are units of the drawing; shares are whole per cent."""

    name: str
    kind: str
    kind_text: str
    top: int
    children: float
    checks: float
    children_share: str
    checks_share: str


@dataclass(frozen=True, slots=True)
class Group:
    """The themes of one class, under their heading."""

    kind: str
    title: str
    top: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class GapPicture:
    """The picture, the sentences beside it, and the table behind it. `height` in units of the drawing."""

    groups: tuple[Group, ...]
    height: int
    sentence: str
    parts: tuple[tuple[str, str], ...]
    more: tuple[str, ...]
    silent: tuple[str, ...]
    """Themes that were checked and that no child brought up."""

    @property
    def bars(self) -> tuple[Bar, ...]:
        return tuple(bar for group in self.groups for bar in group.bars)


def gap_picture(gap: Gap, pack: Pack) -> GapPicture:
    """Themes that children bring up, by class and then by how much; the largest share fills its side."""
    names = {theme.id: say(theme.name) for theme in pack.themes}
    raised = {theme: one for theme, one in gap.themes.items() if one.children}
    largest = max(
        (share for one in raised.values() for share in (one.children, one.checks) if share),
        default=Fraction(1),
    )
    groups, top = [], 0
    for kind in ORDER:
        found = sorted(
            ((theme, one) for theme, one in raised.items() if one.kind is kind),
            key=lambda pair: (-(pair[1].children or 0), names[pair[0]]),
        )
        if not found:
            continue
        first = top + HEADING
        bars = tuple(
            _bar(names[theme], one, first + ROW * number, largest)
            for number, (theme, one) in enumerate(found)
        )
        groups.append(Group(kind.value, _(kind.title), top, bars))
        top = first + ROW * len(bars)
    return GapPicture(
        groups=tuple(groups),
        height=top,
        sentence=outside_in_words(gap.outside),
        parts=_parts(gap),
        more=_more(gap),
        silent=tuple(
            sorted(names[theme] for theme, one in gap.themes.items() if one.checks and not one.children)
        ),
    )


def _bar(name: str, one: ThemeGap, top: int, largest: Fraction) -> Bar:
    return Bar(
        name=name,
        kind=one.kind.value,
        kind_text=_(one.kind.title),
        top=top,
        children=_length(one.children, largest),
        checks=_length(one.checks, largest),
        children_share=_per_cent(one.children),
        checks_share=_per_cent(one.checks),
    )


def _length(share: Fraction | None, largest: Fraction) -> float:
    return round(float((share or 0) / largest * LONGEST), 1)


def _per_cent(share: Fraction | None) -> str:
    return _("%(num)s per cent", num=round((share or 0) * 100))


def share_in_words(share: Fraction) -> str:
    """A share as people say it: no per cent where there are few children behind it."""
    for limit, words in (
        (Fraction(0), _("nothing")),
        (Fraction(1, 4), _("a small part")),
        (Fraction(5, 12), _("about a third")),
        (Fraction(7, 12), _("about half")),
        (Fraction(3, 4), _("more than half")),
    ):
        if share <= limit:
            return words
    return _("most of it") if share < 1 else _("all of it")


def outside_in_words(outside: Fraction | None) -> str:
    """U as a sentence (method §2.11). Undefined is said to be missing, never to be nothing."""
    if outside is None:
        return _("No child has brought anything up, so the gap is missing. That is not the same as no gap.")
    if outside == 0:
        return _("Everything the children bring up lies within what we checked.")
    if outside == 1:
        return _("All that the children bring up lies outside what we checked.")
    if outside <= Fraction(1, 4):
        return _("A small part of what the children bring up lies outside what we checked.")
    if outside <= Fraction(5, 12):
        return _("About a third of what the children bring up lies outside what we checked.")
    if outside <= Fraction(7, 12):
        return _("About half of what the children bring up lies outside what we checked.")
    return _("Most of what the children bring up lies outside what we checked.")


def _parts(gap: Gap) -> tuple[tuple[str, str], ...]:
    """U + B3 + B0 = 1, each part in words; empty when no child brought anything up."""
    shares = (gap.no_requirement, gap.not_checked, gap.different_picture)
    if gap.outside is None:
        return ()
    known = [share or Fraction(0) for share in shares]
    return tuple(
        (_(kind.title), share_in_words(share))
        for kind, share in zip(ORDER, [*known, 1 - sum(known, Fraction(0))], strict=True)
    )


def _more(gap: Gap) -> tuple[str, ...]:
    lines = []
    if gap.checks_without_voice is not None:
        lines.append(
            _(
                "Of what we checked, %(share)s concerns what no child mentioned. "
                "That is no fault: some checks protect children who have never heard of them.",
                share=share_in_words(gap.checks_without_voice),
            )
        )
    if gap.saturation is not None:
        lines.append(
            _("More talks would hardly bring new themes.")
            if gap.saturation >= Fraction(4, 5)
            else _("More talks would probably bring new themes.")
        )
    return tuple(lines)

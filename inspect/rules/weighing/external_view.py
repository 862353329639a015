"""What may leave the authority, area by area: the k-rule (method §2.17, rules 1–8).

Words and themes, never ids, quotations, counts or shares in figures. Even so, in a home with three
children a manager can guess whatever is written; that is why the children decide about retelling,
a person reviews what would be disclosed, and a letter can be held.
"""

from collections.abc import Collection, Iterator, Sequence, Set
from dataclasses import dataclass
from fractions import Fraction

from ....models.vocabulary import N_, Titled
from .circumstances import deciding_circumstances
from .configuration import DISCLOSURE_K, HIGHEST_LEVEL
from .inputs import Case
from .results import AreaResult, Weighing
from .scales import Basis, Confidence, Perspective, Word
from .severity import ActiveCoding

#: The fewest children heard before the gap is told of, in words.
K_SHARE = 5
#: What an area says of itself that may not say more.
PENDING = "Bedömning pågår"

_ADULTS = (Perspective.STAFF, Perspective.MANAGER)
_PEOPLE = (Perspective.CHILD, *_ADULTS, Perspective.OTHER)


class Picture(Titled):
    """What was told or found on a theme, and no finer than that."""

    WORKS = "works", N_("Works well")
    COULD_BE_BETTER = "could_be_better", N_("Could be better")


class Label(Titled):
    """The kinds of sources that may stand beside a theme."""

    CHILDREN = "barn", N_("Children")
    ADULTS = "personal och ledning", N_("Staff and managers")
    OBSERVATION = "observation", N_("Our own observations")
    DOCUMENT = "dokument", N_("Documents")
    CHECK = "kontroll", N_("Our checks")


class OutsideShare(Titled):
    """How much of what children bring up lies outside what was checked."""

    NOTHING = "inget", N_("none of it")
    SOME = "en del", N_("some of it")
    ABOUT_HALF = "ungefär hälften", N_("about half of it")
    MOST = "det mesta", N_("most of it")


@dataclass(frozen=True)
class ExternalTheme:
    """One theme with one picture of it, and who may be named beside it: at least one kind of source."""

    theme: str
    picture: Picture
    labels: tuple[Label, ...]


@dataclass(frozen=True)
class ExternalArea:
    """One area as it may be told. `word` is `None` while the assessment is in progress; then all is empty."""

    word: Word | None
    basis: Basis | None = None
    confidence: Confidence | None = None
    themes: tuple[ExternalTheme, ...] = ()


@dataclass(frozen=True)
class ExternalView:
    """What may leave. The input's hash is not among it (rule 8)."""

    method: str
    version: str
    config_hash: str
    areas: dict[str, ExternalArea]
    outside: OutsideShare | None


def external_view(result: Weighing, case: Case, released: Collection[str] = ()) -> ExternalView:
    """What may leave of `result`, which must be the weighing of `case`.

    `released` are areas that a disclosure reviewer let go (method §8, A5). An open account is not
    let go that way: it is resolved by a record.
    """
    heard = {source for area in result.areas.values() for source in area.voices.get(Perspective.CHILD, {})}
    return ExternalView(
        method=result.stamp.method,
        version=result.stamp.version,
        config_hash=result.stamp.config_hash,
        areas={
            name: ExternalArea(word=None)
            if is_on_hold(area, released=name in released)
            else _told(area, case)
            for name, area in result.areas.items()
        },
        outside=outside_share(result.gap.outside, len(heard)),
    )


def is_on_hold(area: AreaResult, *, released: bool = False) -> bool:
    """Rule 5: an open account, a disclosure risk, or nothing but fewer than k persons behind it."""
    if area.flags.investigate:
        return True
    return not released and (area.flags.disclosure_risk or _rests_on_few(area))


def may_name_children(behind: Set[str], heard: Set[str], *, consented: bool) -> bool:
    """Rule 2. `behind` are the children behind the row, `heard` those heard in the area.

    They may be named when every one said that it may be retold; or when at least k are behind it and
    those left over are none or at least k: three of four who are content point out the fourth.
    """
    if not behind:
        return False
    others = len(heard - behind)
    return consented or (len(behind) >= DISCLOSURE_K and (others == 0 or others >= DISCLOSURE_K))


def may_name_adults(behind: Set[str]) -> bool:
    """Rule 3: staff and managers are named together, from k persons."""
    return len(behind) >= DISCLOSURE_K


def outside_share(outside: Fraction | None, heard: int) -> OutsideShare | None:
    """Rule 7: the gap in words, and only when enough children were heard in the inspection."""
    if outside is None or heard < K_SHARE:
        return None
    if outside == 0:
        return OutsideShare.NOTHING
    if outside < Fraction(2, 5):
        return OutsideShare.SOME
    return OutsideShare.ABOUT_HALF if outside <= Fraction(3, 5) else OutsideShare.MOST


def external_as_json(view: ExternalView) -> dict[str, object]:
    """The view as plain JSON values; what may not be told is null or left out of its list."""
    return {
        "stamp": {"method": view.method, "version": view.version, "config_hash": view.config_hash},
        "areas": {name: _area_as_json(area) for name, area in view.areas.items()},
        "outside": None if view.outside is None else str(view.outside),
    }


def _area_as_json(area: ExternalArea) -> dict[str, object]:
    return {
        "word": PENDING if area.word is None else str(area.word),
        "basis": None if area.basis is None else str(area.basis),
        "confidence": None if area.confidence is None else _CONFIDENCE_WORDS[area.confidence],
        "themes": [
            {"theme": one.theme, "picture": str(one.picture), "sources": [str(label) for label in one.labels]}
            for one in area.themes
        ],
    }


_CONFIDENCE_WORDS = {
    Confidence.HIGH: "hög",
    Confidence.MODERATE: "måttlig",
    Confidence.LOW: "låg",
    Confidence.VERY_LOW: "mycket låg",
}


def _rests_on_few(area: AreaResult) -> bool:
    if area.requirements or {Perspective.OBSERVATION, Perspective.DOCUMENT} & set(area.voices):
        return False
    people = {source for who in _PEOPLE for source in area.voices.get(who, {})}
    return 0 < len(people) < DISCLOSURE_K


def _told(area: AreaResult, case: Case) -> ExternalArea:
    return ExternalArea(
        word=area.word, basis=_basis(area), confidence=area.confidence, themes=tuple(_themes(area, case))
    )


def _basis(area: AreaResult) -> Basis | None:
    """Rule 6: the children's overall picture is called that only when k children stand behind it."""
    decided = deciding_circumstances(area)
    if decided is not None and area.basis is Basis.CHILDRENS_PICTURE:
        [binding, *_] = decided.ceilings
        if len(binding.sources) < DISCLOSURE_K:
            return Basis.WEIGHED_PICTURE
    return area.basis


def _themes(area: AreaResult, case: Case) -> Iterator[ExternalTheme]:
    """The rows of one area. Rule 4: a theme with a grave account on it has none."""
    grave = {account.coding.theme for account in area.accounts}
    heard = set(area.voices.get(Perspective.CHILD, {}))
    for theme, of_area in sorted(case.catalogue.themes.items()):
        if of_area != area.area or theme in grave:
            continue
        codings = [active for active in area.codings if active.coding.theme == theme]
        for picture in Picture:
            checked = any(
                theme in case.catalogue.requirements[one.requirement]
                and _picture(one.severity == 0) is picture
                for one in area.requirements
            )
            labels = tuple(_labels(_behind(codings, picture), heard, checked=checked))
            if labels:
                yield ExternalTheme(theme, picture, labels)


def _picture(works: bool) -> Picture:
    return Picture.WORKS if works else Picture.COULD_BE_BETTER


def _behind(codings: Sequence[ActiveCoding], picture: Picture) -> list[ActiveCoding]:
    """The codings of those whose worst on the theme gives this picture, as far as they give it."""
    lowest: dict[str, int] = {}
    for active in codings:
        source = active.coding.source
        lowest[source] = min(active.level, lowest.get(source, HIGHEST_LEVEL))
    return [
        active
        for active in codings
        if _picture(lowest[active.coding.source] == HIGHEST_LEVEL) is picture
        and _picture(active.level == HIGHEST_LEVEL) is picture
    ]


def _labels(behind: Sequence[ActiveCoding], heard: Set[str], *, checked: bool) -> Iterator[Label]:
    children = [one.coding for one in behind if one.coding.perspective is Perspective.CHILD]
    consented = all(coding.release for coding in children)
    if may_name_children({coding.source for coding in children}, heard, consented=consented):
        yield Label.CHILDREN
    if may_name_adults({one.coding.source for one in behind if one.coding.perspective in _ADULTS}):
        yield Label.ADULTS
    present = {one.coding.perspective for one in behind}
    if Perspective.OBSERVATION in present:
        yield Label.OBSERVATION
    if Perspective.DOCUMENT in present:
        yield Label.DOCUMENT
    if checked:
        yield Label.CHECK

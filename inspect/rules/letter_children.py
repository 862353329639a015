"""The section that comes first in substance: what the children told, in our words, pointing at nobody."""

from collections.abc import Iterable, Iterator

from ...interview_guides.content import Text
from ...models.vocabulary import FindingKind
from .case_view import CaseView, Said
from .finding_proposals import failed_themes, names_children
from .letter_phrases import NOTHING, Phrases, listed, lowered, sentences
from .weighing import CheckResult
from .weighing.configuration import DISCLOSURE_K as K
from .weighing.external_view import K_SHARE

Part = tuple[str, Text, tuple[str, ...]]


def compose_children(view: CaseView, phrases: Phrases) -> Iterator[Part]:
    """Key, text and labels of each paragraph of the section."""
    order = _order(view, phrases)
    if order is not None:
        yield ("children.order", order, ())
    yield ("children.talks", _talks(view, phrases), ())
    if not view.talks.talked:
        return
    yield ("children.anonymous", phrases.say("children.anonymous"), ())
    told = told_by_children(view)
    important = {theme: said for theme, said in told.items() if any(one.important for one in said)}
    if important:
        yield (
            "children.raised.important",
            phrases.say("children.raised.important", themes=listed(important_themes(view))),
            _labels(important.values()),
        )
    for name, low, high in (("marked", 2, 2), ("minor", 1, 1), ("good", 0, 0)):
        rows = {
            theme: said
            for theme, said in told.items()
            if theme not in important and low <= max(one.severity for one in said) <= high
        }
        if rows:
            yield _row(view, phrases, name, rows)
    if view.withheld or _hides(view, told):
        yield ("children.withheld", phrases.say("children.withheld"), ())
    if any(area.pending for area in view.areas.values()):
        yield ("children.investigated", phrases.say("children.investigated"), ())
    yield from _weight(view, phrases, told)


def important_themes(view: CaseView) -> tuple[Text, ...]:
    """What the children themselves called most important, of what may be told."""
    told = told_by_children(view)
    wanted = {theme for theme, said in told.items() if any(one.important for one in said)}
    return tuple(lowered(theme.name) for theme in view.pack.themes if theme.id in wanted)


def _order(view: CaseView, phrases: Phrases) -> Text | None:
    if view.acute and view.talks.adults_before_children:
        return phrases.say("children.order.acute")
    if view.order_reasons:
        reason = "; ".join(_clause(one) for one in view.order_reasons)
        return phrases.say("children.order.departed", reason=reason)
    if not view.talks.talked:
        return None
    if not view.children_first:
        return phrases.say("children.order.others_first")
    early = view.talks.adults_before_children
    return phrases.say("children.order.not_all_asked" if early else "children.order.first")


def _clause(reason: str) -> str:
    """A sentence that an inspector wrote, as a clause after "the reason was that"."""
    text = reason.strip().rstrip(".")
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def _talks(view: CaseView, phrases: Phrases) -> Text:
    talks = view.talks
    everyone_asked = talks.offered == talks.residents and not talks.not_heard_harm
    total, talked = phrases.number(talks.residents), phrases.number(talks.talked)
    if not talks.talked:
        said = phrases.say("children.talks.declined" if talks.declined else "children.talks.none_present")
    elif everyone_asked and talks.talked == talks.residents and talks.talked >= K:
        said = phrases.say("children.talks.all", total=total)
    elif everyone_asked and talks.talked >= K:
        said = phrases.say("children.talks.some", total=total, talked=talked)
    else:
        said = phrases.say("children.talks.few")
    later = phrases.say("children.later") if talks.later and talks.talked else NOTHING
    return sentences(said, later)


def told_by_children(view: CaseView) -> dict[str, tuple[Said, ...]]:
    """Per theme, what children said that may stand beside the word "children"; never a grave account.

    Nothing of an area on hold: it says only that the assessment is in progress (METHOD 2.17 rule 5).
    """
    found: dict[str, tuple[Said, ...]] = {}
    for theme in view.pack.themes:
        said = tuple(one for one in view.on_theme(theme.id) if one.is_child)
        if not said or view.has_account(theme.id):
            continue
        level = max(one.severity for one in said)
        row = tuple(one for one in said if one.severity == level or (level and one.severity >= 1))
        if names_children(view, theme.area, row):
            found[theme.id] = row
    return found


def _hides(view: CaseView, told: dict[str, tuple[Said, ...]]) -> bool:
    return any(one.is_child and one.severity >= 1 and one.theme not in told for one in view.said)


def _row(view: CaseView, phrases: Phrases, name: str, rows: dict[str, tuple[Said, ...]]) -> Part:
    heard = {one.source for one in view.said if one.is_child}
    behind = {one.source for said in rows.values() for one in said}
    text = phrases.say(
        f"children.raised.{name}", share=phrases.say(f"share.{_share(len(behind), len(heard))}"),
        themes=_names(view, rows),
    )  # fmt: skip
    return (f"children.raised.{name}", text, _labels(rows.values()))


def _share(behind: int, heard: int) -> str:
    """A share in words, only from K_SHARE children heard and K behind it; never a figure."""
    if heard < K_SHARE or behind < K or 0 < heard - behind < K:
        return "few"
    if behind == heard:
        return "all"
    if 5 * behind >= 3 * heard:
        return "most"
    return "half" if 5 * behind >= 2 * heard else "some"


def _names(view: CaseView, themes: Iterable[str]) -> Text:
    wanted = set(themes)
    return listed(lowered(theme.name) for theme in view.pack.themes if theme.id in wanted)


def _labels(rows: Iterable[tuple[Said, ...]]) -> tuple[str, ...]:
    return tuple(one.label for said in rows for one in said)


def _weight(view: CaseView, phrases: Phrases, told: dict[str, tuple[Said, ...]]) -> Iterator[Part]:
    """How what the children said was weighed in."""
    checked = {
        theme
        for mark in view.marks
        if mark.result in (CheckResult.MET, CheckResult.DEVIATION)
        for theme in view.pack.requirement(mark.requirement).themes
    }
    raised = {theme: said for theme, said in told.items() if max(one.severity for one in said) >= 1}
    led = {theme: said for theme, said in raised.items() if theme in checked}
    if led:
        text = phrases.say("children.weight.led", themes=_names(view, led))
        yield ("children.weight.led", text, _labels(led.values()))
    failed = failed_themes(view)
    areas = {view.pack.theme(theme).area for theme in raised if theme in failed}
    areas &= {one.area for one in view.findings if one.kind is FindingKind.DEFICIENCY}
    if areas:
        names = listed(lowered(area.name) for area in view.pack.areas if area.id in areas)
        yield ("children.weight.decided", phrases.say("children.weight.decided", areas=names), ())
    covered = {theme for requirement in view.pack.requirements for theme in requirement.themes}
    advised = {one.theme for one in view.findings if one.kind is FindingKind.ADVICE}
    beyond = {theme: said for theme, said in raised.items() if theme not in covered and theme in advised}
    if beyond:
        text = phrases.say("children.weight.beyond", themes=_names(view, beyond))
        yield ("children.weight.beyond", text, _labels(beyond.values()))
    if view.outside is not None:
        yield ("children.outside", phrases.say(f"children.outside.{view.outside.name.lower()}"), ())


def told_beyond(view: CaseView) -> tuple[tuple[Text, ...], tuple[str, ...]]:
    """What they raise that no requirement of the pack covers, as far as it may be told: names and labels."""
    covered = {theme for requirement in view.pack.requirements for theme in requirement.themes}
    found = {
        theme: said
        for theme, said in told_by_children(view).items()
        if theme not in covered and max(one.severity for one in said) >= 1
    }
    names = tuple(lowered(theme.name) for theme in view.pack.themes if theme.id in found)
    return names, _labels(found.values())

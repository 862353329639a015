"""What must hold of guides: each area can be talked about, each question can be reached and is well put."""

from collections.abc import Iterator, Mapping

from .asking import faults_of_asking, is_closed
from .content import Area, Guide, Question, Text
from .nodes import Entry, check_names
from .pack import Pack
from .places import Places
from .reachability import check_conditions

PROBES = range(1, 4)


def check_guides(pack: Pack, places: Places, *, wordings: bool) -> None:
    """Record every fault of the guides and their questions, alone and between guides.

    ``wordings``: whether to look at how the questions are put, which takes as long as all the rest.
    """
    themes = {theme.id: theme.area for theme in pack.themes}
    areas = {area.id for area in pack.areas}
    items = {id for id, _ in pack.information_items}
    for guide, entry in places.guides:
        check_names(entry, "information", guide.information, items)
        _check_count(guide, entry)
        _check_areas_reached(guide, entry, pack.areas)
        check_conditions(guide, places, set(themes))
    for question, entry in places.questions:
        _check_place(question, entry, areas, themes)
        if len(question.probes) not in PROBES:
            entry.fault(
                f"a question has 1–3 probes, this one has {len(question.probes)}", entry.line_of("probes")
            )
        if wordings:
            _check_words(question, entry)
        if question.information is not None and question.information not in items:
            entry.fault(
                f"'information' names {question.information!r}, which does not exist",
                entry.line_of("information"),
            )
        if question.picture_text is not None and question.pictures == "none":
            entry.fault("'picture_text' needs 'pictures: smiley'", entry.line_of("picture_text"))
    _check_pairs(pack, places)


def _check_count(guide: Guide, entry: Entry) -> None:
    if guide.question_count is None:
        return
    least, most = guide.question_count
    if not least <= len(guide.questions) <= most:
        entry.fault(
            f"the guide is to have {least}–{most} questions, and has {len(guide.questions)}",
            entry.line_of("question_count"),
        )


def _check_areas_reached(guide: Guide, entry: Entry, areas: tuple[Area, ...]) -> None:
    """Each area can be talked about with each informant, but where it says that it is not asked of them."""
    reached = {question.area for question in guide.questions}
    for area in areas:
        if area.id not in reached and guide.informant not in area.not_asked_of:
            entry.fault(f"no question of the guide is about the area {area.id!r}", entry.line_of("questions"))


def _check_place(question: Question, entry: Entry, areas: set[str], themes: Mapping[str, str]) -> None:
    if question.area and question.area not in areas:
        entry.fault(f"the question names the unknown area {question.area!r}", entry.line_of("area"))
    if question.theme is not None and question.theme not in themes:
        entry.fault(f"the question names the unknown theme {question.theme!r}", entry.line_of("theme"))
    elif question.theme is not None and themes[question.theme] != question.area:
        entry.fault(
            f"the theme {question.theme!r} is in the area {themes[question.theme]!r}, not {question.area!r}",
            entry.line_of("theme"),
        )


def _check_words(question: Question, entry: Entry) -> None:
    for text, name, place in _said(question):
        for language in ("sv", "en"):
            words = text.in_language(language)
            for fault in faults_of_asking(words, language):
                entry.fault(f"{fault} ({language}): {words!r}", entry.line_of_wording(name, language, place))
    for language in ("sv", "en"):
        if is_closed(question.text.in_language(language), language):
            entry.fault(
                f"the question ({language}) can be answered with yes or no",
                entry.line_of_wording("text", language),
            )


def _said(question: Question) -> Iterator[tuple[Text, str, int]]:
    """What is said aloud, with the field and the place in it."""
    yield question.text, "text", 0
    for place, probe in enumerate(question.probes):
        yield probe, "probes", place
    for place, follow_up in enumerate(question.follow_ups):
        yield follow_up.text, "follow_ups", place
    if question.picture_text is not None:
        yield question.picture_text, "picture_text", 0


def _check_pairs(pack: Pack, places: Places) -> None:
    """What is paired has its partner in another guide."""
    pairs = pack.pairs()
    for question, entry in places.questions:
        if question.pair is None:
            continue
        if len({guide.id for guide, _ in pairs.get(question.pair, ())}) < 2:
            entry.fault(f"no question of another guide has the pair {question.pair!r}", entry.line_of("pair"))

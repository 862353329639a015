"""The blocks of the letters besides the feedback letter: what each of their sections looks like.

Keys are those that the composers give (rules/letter_<kind>.py). A paragraph that somebody has taken away is
left out of its block; one that has no place of its own stands as running text, so that none is lost.
"""

from collections.abc import Mapping
from itertools import groupby

from ...interview_guides.letter_wording import LetterWording
from ...reports import content as c
from ...reports.wording import wording as fixed_words
from .lay_out_parts import Blocks, Layout, Texts, facts, grouped, lines, points, run_on, titled

NOTHING_TOLD = "–"
"""Stands in a cell of a table that has nothing in it."""

# --- Information ----------------------------------------------------------------------------


def _talks(_words: LetterWording, _language: c.Language, texts: Texts) -> Blocks:
    listed = ("talks.voluntary", "talks.how", "talks.support", "talks.told")
    yield from run_on(texts, "talks.first")
    items = tuple(texts[key] for key in listed if texts.get(key))
    if items:
        yield c.Bullets("talks.points", items)
    known = {*listed, "talks.first"}
    yield from (c.Paragraph(key, text) for key, text in texts.items() if key not in known)


def _rights(_words: LetterWording, _language: c.Language, texts: Texts) -> Blocks:
    around = ("rights.intro", "rights.law")
    yield from run_on(texts, "rights.intro")
    items = tuple(text for key, text in texts.items() if key not in around)
    if items:
        yield c.Bullets("rights.points", items)
    yield from run_on(texts, "rights.law")


def _reach(_words: LetterWording, _language: c.Language, texts: Texts) -> Blocks:
    yield from run_on(texts, "contact.reach", "contact.name")
    yield from run_on(texts, "contact.angry")
    if texts.get("contact.danger"):
        yield c.Notice("contact.danger", texts["contact.danger"])
    known = {"contact.reach", "contact.name", "contact.angry", "contact.danger"}
    yield from (c.Paragraph(key, text) for key, text in texts.items() if key not in known)


# --- Communication --------------------------------------------------------------------------


GROUPS = ("strengths", "deficiencies", "advice")


def _of_facts(words: LetterWording, language: c.Language, texts: Texts) -> Blocks:
    """Deficiencies each in its parts; what works, and what is only advice, a line each."""
    fixed = fixed_words(language)
    labels = {
        "title": words.say("communication.preliminary.about", language),
        "saw": fixed.saw, "sources": fixed.sources, "rule": fixed.rule, "matters": fixed.matters,
    }  # fmt: skip
    for group, names in groupby(grouped(texts), key=lambda one: one[0].removeprefix("facts.").split("-")[0]):
        if group in ("strengths", "advice"):
            rows = tuple(_line(parts, fixed.sources) for _name, parts in names)
            yield c.Facts(f"facts.{group}.each", rows)
            continue
        for name, parts in names:
            if group == "deficiencies":
                yield from facts(name, parts, labels)
            else:
                for part, text in parts.items():
                    yield (c.Subheading if part in GROUPS else c.Paragraph)(f"facts.{part}", text)


def _line(parts: Mapping[str, str], sources: str) -> tuple[str, str]:
    named = f"{sources}: {parts['sources']}" if parts.get("sources") else ""
    said = "\n\n".join(one for one in (parts.get("saw", ""), named) if one)
    return parts.get("title") or NOTHING_TOLD, said or NOTHING_TOLD


def _preliminary(words: LetterWording, language: c.Language, texts: Texts) -> Blocks:
    rows = tuple(
        (parts.get("title") or NOTHING_TOLD, parts.get("level") or NOTHING_TOLD)
        for name, parts in grouped(texts)
        if name != "preliminary"
    )
    yield from run_on(texts, "preliminary.intro")
    if rows:
        caption, *heads = (
            words.say(f"communication.preliminary.{one}", language) for one in ("caption", "about", "level")
        )
        yield c.Grid("preliminary.levels", caption, tuple(heads), rows)
    for name, parts in grouped(texts):
        if name == "preliminary":
            parts.pop("intro", None)
            yield from (c.Paragraph(f"{name}.{part}", text) for part, text in parts.items())


# --- Decision -------------------------------------------------------------------------------


def _decided(_words: LetterWording, _language: c.Language, texts: Texts) -> Blocks:
    if texts.get("decision.words"):
        yield c.Notice("decision.words", texts["decision.words"])
    yield from run_on(texts, "decision.states", "decision.sanction")
    yield from run_on(texts, "decision.who", "decision.participants")
    known = (
        "decision.states",
        "decision.words",
        "decision.sanction",
        "decision.who",
        "decision.participants",
    )
    yield from (c.Paragraph(key, text) for key, text in texts.items() if key not in known)


def _grounds(_words: LetterWording, language: c.Language, texts: Texts) -> Blocks:
    fixed = fixed_words(language)
    labels = {
        "saw": fixed.saw, "sources": fixed.sources, "rule": fixed.rule, "matters": fixed.matters,
        "level": fixed.level,
    }  # fmt: skip
    for name, parts in grouped(texts):
        if name == "grounds":
            for part, text in parts.items():
                is_heading = part in ("weighed", "reply")
                yield (c.Subheading if is_heading else c.Paragraph)(f"grounds.{part}", text)
            continue
        why = "\n\n".join(text for part in ("level", "proportion") if (text := parts.pop(part, "")))
        yield from titled(name, parts | ({"level": why} if why else {}), labels)


def _measures_ordered(_words: LetterWording, _language: c.Language, texts: Texts) -> Blocks:
    yield from run_on(texts, "measures.intro")
    rows = tuple(
        (parts.get("label") or NOTHING_TOLD, "\n\n".join(
            text for part in ("achieve", "due") if (text := parts.get(part))) or NOTHING_TOLD)
        for name, parts in grouped(texts)
        if name != "measures"
    )  # fmt: skip
    if rows:
        yield c.Facts("measures.each", rows)
    for name, parts in grouped(texts):
        if name == "measures":
            parts.pop("intro", None)
            yield from (c.Paragraph(f"{name}.{part}", text) for part, text in parts.items())


def _appeal(_words: LetterWording, _language: c.Language, texts: Texts) -> Blocks:
    steps = {key: text for key, text in texts.items() if key.startswith("appeal.how-")}
    yield from run_on(texts, "appeal.rule")
    yield from run_on(texts, "appeal.how")
    if steps:
        yield c.Bullets("appeal.steps", tuple(steps.values()))
    known = {*steps, "appeal.rule", "appeal.how"}
    yield from (c.Paragraph(key, text) for key, text in texts.items() if key not in known)


# --- Placing committees ---------------------------------------------------------------------


def _for_committee(words: LetterWording, language: c.Language, texts: Texts) -> Blocks:
    labels = {"saw": words.say("committee.label.saw", language), "rule": fixed_words(language).rule}
    for name, parts in grouped(texts):
        if name == "points":
            yield from (c.Paragraph(f"{name}.{part}", text) for part, text in parts.items())
        else:
            yield from titled(name, parts, labels)


# --- Reminder -------------------------------------------------------------------------------


def _late(_words: LetterWording, _language: c.Language, texts: Texts) -> Blocks:
    for name, parts in grouped(texts):
        if name == "late":
            yield from (c.Paragraph(f"{name}.{part}", text) for part, text in parts.items())
            continue
        title = parts.pop("title", "")
        if title:
            yield c.Subheading(f"{name}.title", title)
        if parts:
            yield c.Paragraph(f"{name}.{next(iter(parts))}", " ".join(parts.values()))


def _until(_words: LetterWording, _language: c.Language, texts: Texts) -> Blocks:
    if texts.get("until.day"):
        yield c.Notice("until.day", texts["until.day"])
    yield from run_on(texts, "until.enough", "until.law")
    yield from run_on(texts, "until.otherwise", "until.inform")
    known = ("until.day", "until.enough", "until.law", "until.otherwise", "until.inform")
    yield from (c.Paragraph(key, text) for key, text in texts.items() if key not in known)


# --- Follow-up and closing ------------------------------------------------------------------


def _followed_up(words: LetterWording, language: c.Language, texts: Texts) -> Blocks:
    labels = {
        part: words.say(f"followup.label.{part}", language)
        for part in ("achieve", "promised", "shown", "now")
    }
    for name, parts in grouped(texts):
        if name == "measures":
            yield from (c.Paragraph(f"{name}.{part}", text) for part, text in parts.items())
        else:
            yield from titled(name, parts, labels)


def _became(words: LetterWording, language: c.Language, texts: Texts) -> Blocks:
    rows = []
    for name, parts in grouped(texts):
        if name == "measures":
            yield from (c.Paragraph(f"{name}.{part}", text) for part, text in parts.items())
        else:
            rows.append(tuple(parts.get(part) or NOTHING_TOLD for part in ("title", "now", "shown")))
    if rows:
        heads = tuple(words.say(f"closing.label.{one}", language) for one in ("about", "now", "shown"))
        yield c.Grid("measures.became", words.say("closing.measures.caption", language), heads, tuple(rows))


def _voices(_words: LetterWording, _language: c.Language, texts: Texts) -> Blocks:
    yield from run_on(texts, "voices.asked", "voices.our_words")
    for name, parts in grouped(texts):
        if name == "voices":
            continue
        title = parts.pop("title", "")
        if title:
            yield c.Subheading(f"{name}.title", title)
        yield from (c.Quote(f"{name}.{part}", text) for part, text in parts.items())
    known = ("voices.asked", "voices.our_words")
    for key, text in texts.items():
        if key.count(".") == 1 and key not in known:
            yield c.Paragraph(key, text)


def _remaining(_words: LetterWording, _language: c.Language, texts: Texts) -> Blocks:
    for name, parts in grouped(texts):
        if name == "remaining":
            yield from (c.Paragraph(f"{name}.{part}", text) for part, text in parts.items())
        else:
            yield from titled(name, parts, {})


def _next(words: LetterWording, language: c.Language, texts: Texts) -> Blocks:
    last = "next.contact"
    yield from points(words, language, {key: text for key, text in texts.items() if key != last})
    yield from run_on(texts, last)


LAYOUTS: Mapping[str, Mapping[str, Layout]] = {
    "information": {
        "why": lines(("why.purpose",), ("why.who", "why.when"), ("why.after",)),
        "talks": _talks,
        "rights": _rights,
        "contact": _reach,
    },
    "communication": {
        "summary": points,
        "facts": _of_facts,
        "preliminary": _preliminary,
        "reply": lines(
            ("reply.what",),
            ("reply.where", "reply.spoken"),
            ("reply.help", "reply.counsel"),
            ("reply.then", "reply.none"),
        ),
    },
    "decision": {
        "decision": _decided,
        "grounds": _grounds,
        "measures": _measures_ordered,
        "appeal": _appeal,
    },
    "committee": {
        "points": _for_committee,
        "asked": lines(("asked.look", "asked.write"), ("asked.nobody",), ("asked.no_decision",)),
        "contact": lines(("contact.person",)),
    },
    "reminder": {
        "late": _late,
        "until": _until,
        "contact": lines(("contact.person", "contact.time")),
    },
    "followup": {
        "summary": points,
        "measures": _followed_up,
        "voices": _voices,
        "remaining": _remaining,
        "next": _next,
    },
    "closing": {
        "summary": points,
        "measures": _became,
        "voices": _voices,
        "learned": points,
    },
}
"""By form of letter and section; a section that is not here is running text."""

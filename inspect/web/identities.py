"""Can anybody be recognised? The marked words of a letter, and what is decided about each."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup, escape

from ...models.inspections import Inspection
from ...models.letter_vocabulary import TickChoice
from ..errors import TillsynError
from ..rules.access import Permission
from ..rules.letter_kinds import KINDS
from ..rules.reidentification import LIMITS, NO_DICTIONARY, Mark, Weight, Why
from ..services.check_identities import Checked, checked_marks
from ..services.find_letter import name_of
from ..services.guard_words import lexicon_of
from ..services.letter_passages import Passage, find_passages, letter_head
from ..services.tick_identities import tick_identities, why_not_tick
from .access import access
from .case import case_page, open_case
from .database import db, now
from .forms.faults import put_at_field
from .forms.identities import OWN_WORDS, USUAL, TickForm
from .language import message, translate
from .letters import LANGUAGE_NAMES, Page, letter_kind, of_every_kind
from .session import current_actor

MAIN = "/identities"
WEIGHTS = list(Weight)
PILLS = {Weight.CERTAIN: "locked", Weight.LIKELY: "waiting", Weight.LOOK: "neutral"}


@dataclass(frozen=True, slots=True)
class Place:
    """One sentence with its word marked, and the way to the paragraph it stands in."""

    text: Markup
    language: str
    href: str
    decided: str = ""
    reason: str = ""
    at: datetime | None = None


@dataclass(slots=True)
class Group:
    """One word, wherever it stands: decided on together."""

    anchor: str
    words: str
    kind: str
    weight: str
    pill: str
    why: str
    form: TickForm
    open: list[Place] = field(default_factory=list)
    kept: list[Place] = field(default_factory=list)
    promised: str = ""
    """What was decided, of words that still stand: to rephrase, to remove."""


@of_every_kind("", main=MAIN)
@access(Permission.READ_INSPECTION)
def identities(dnr: str) -> Page:
    return _page(open_case(dnr))


@of_every_kind("", main=MAIN, endpoint="tick_identities", methods=["POST"])
@access(Permission.READ_INSPECTION)
def tick(dnr: str) -> Page:
    """Decide on one word: whoever writes or reviews the letter, which the use case asks."""
    inspection = open_case(dnr)
    prefix = request.args.get("word", "")
    form = TickForm(request.form, prefix=f"{prefix}-")
    form.offer([(name, "") for name in form.names.data or ()], USUAL)
    if form.validate():
        try:
            tick_identities(
                db(), actor=current_actor(), inspection=inspection, names=form.names.data or (),
                choice=TickChoice(form.choice.data), reason=form.why, now=now(), kind=letter_kind(),
            )  # fmt: skip
        except TillsynError as fault:
            put_at_field(form, fault, "choice")
        else:
            flash(_("Decided. The word stays decided as long as its sentence stands."), "success")
            return redirect(url_for("letters.identities", dnr=dnr, _anchor="words"), 303)
    return _page(inspection, form, prefix), 422


def _page(inspection: Inspection, returned: TickForm | None = None, prefix: str = "") -> str:
    kind = letter_kind()
    letter = letter_head(db(), inspection, kind)
    if letter is None:
        return case_page(
            "inspector/letter_none.html",
            inspection,
            locked=_("The letter is not composed yet."),
            kind=KINDS[kind],
        )
    passages = find_passages(db(), letter)
    found = checked_marks(db(), inspection, letter, passages)
    groups = _groups(inspection, passages, found)
    if returned is not None:
        groups = [_with_fault(group, returned) if group.anchor == prefix else group for group in groups]
    refused = why_not_tick(current_actor(), inspection, letter)
    limits = LIMITS if lexicon_of(inspection.pack).has_dictionary else (*LIMITS, NO_DICTIONARY)
    left = sum(one.is_open for one in found)
    return case_page(
        "inspector/identities.html",
        inspection,
        kind=KINDS[kind],
        waiting=[group for group in groups if group.open],
        decided=[group for group in groups if group.kept],
        left_text=ngettext("%(num)s place is left to decide on", "%(num)s places are left to decide on", left)
        if left
        else "",
        refused=message(refused) if refused else "",
        returned=returned,
        limits=[translate(limit) for limit in limits],
    )


def _groups(inspection: Inspection, passages: list[Passage], found: tuple[Checked, ...]) -> list[Group]:
    """The marks by word, those that point out a person first, and within that in the order of the letter."""
    places = {(one.language, one.key): one.id for one in passages}
    together: dict[str, list[Checked]] = {}
    for one in found:
        together.setdefault(one.mark.group, []).append(one)
    by_weight = sorted(
        together.values(), key=lambda those: min(WEIGHTS.index(one.mark.weight) for one in those)
    )
    return [_group(inspection, those, places) for those in by_weight]


def _group(inspection: Inspection, those: list[Checked], places: dict[tuple[str, str], UUID]) -> Group:
    first = those[0]
    weight = min((one.mark.weight for one in those), key=WEIGHTS.index)
    shown = [(one, _place(inspection, one, places)) for one in those]
    waiting = {one.name: _label(place) for one, place in shown if one.is_open}
    anchor = f"w{first.name[:12]}"
    form = TickForm(formdata=None, prefix=f"{anchor}-", data={"usual": OWN_WORDS, "names": list(waiting)})
    form.offer(list(waiting.items()), () if weight is Weight.CERTAIN else USUAL)
    form.usual.flags.asked = form.reason.flags.asked = True
    promised = next((place.decided for one, place in shown if one.is_open and one.tick), "")
    return Group(
        anchor=anchor,
        words=first.mark.words,
        kind=translate(first.mark.kind.title),
        weight=translate(weight.title),
        pill=PILLS[weight],
        why=_why(first.mark.why),
        form=form,
        open=[place for one, place in shown if one.is_open],
        kept=[place for one, place in shown if not one.is_open],
        promised=_("To do: %(choice)s. It stands until the text is changed.", choice=promised)
        if promised
        else "",
    )


def _why(why: Why) -> str:
    values = {
        name: translate(value) if isinstance(value, str) else value for name, value in why.values.items()
    }
    return translate(why.text, **values)


def _with_fault(group: Group, returned: TickForm) -> Group:
    """The group with what was typed and what was refused."""
    group.form.choice.data, group.form.reason.data = returned.choice.data, returned.reason.data
    group.form.usual.data = returned.usual.data
    chosen = set(returned.names.data or ())
    group.form.names.data = [name for name in group.form.names.data or () if name in chosen]
    for given in returned:
        group.form[given.short_name].errors = given.errors
    return group


def _place(inspection: Inspection, one: Checked, places: dict[tuple[str, str], UUID]) -> Place:
    tick = one.tick
    return Place(
        text=in_context(one.mark),
        language=one.language,
        href=url_for(
            "letters.editor", dnr=inspection.dnr, language=one.language,
            _anchor=f"paragraph-{places.get((one.language, one.paragraph), '')}",
        ),
        decided=_("%(choice)s, %(name)s", choice=translate(tick.choice.title), name=name_of(db(), tick.by_id))
        if tick
        else "",
        reason=tick.reason if tick else "",
        at=tick.at if tick else None,
    )  # fmt: skip


def _label(place: Place) -> Markup:
    return Markup('<span lang="{}">{}</span> <span class="identity__language">{}</span>').format(
        place.language, place.text, LANGUAGE_NAMES.get(place.language, place.language)
    )


def in_context(mark: Mark) -> Markup:
    """The sentence with the marked words in it shown."""
    words = " ".join(mark.words.split())
    before, found, after = mark.sentence.partition(words)
    if not found:
        return Markup("{} … <mark>{}</mark>").format(mark.sentence, words)
    return escape(before) + Markup("<mark>{}</mark>").format(words) + escape(after)

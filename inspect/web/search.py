"""Search in one case. The words are sent in the body: an address is kept by browsers, proxies and logs."""

from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, url_for

from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterKind
from ..errors import Invalid
from ..rules.access import Permission
from ..services.search_case import Hit, Hits, Where, search_case
from .access import access
from .case import case_page, open_case
from .database import db, now
from .forms.faults import put_at_field
from .forms.search import SearchForm
from .language import label
from .session import current_actor

search = Blueprint("search", __name__, url_prefix="/inspections/<dnr>/search")

Page = str | tuple[str, int]


@dataclass(frozen=True, slots=True)
class HitLine:
    """One place: what it is, where it leads, and the text around the word."""

    kind: str
    href: str
    hit: Hit


@search.get("")
@access(Permission.READ_INSPECTION)
def words(dnr: str) -> Page:
    return _page(open_case(dnr), SearchForm(formdata=None))


@search.post("")
@access(Permission.READ_INSPECTION)
def find(dnr: str) -> Page:
    inspection = open_case(dnr)
    form = SearchForm()
    if form.validate():
        try:
            hits = search_case(
                db(), actor=current_actor(), inspection=inspection, words=form.words.data or "", now=now()
            )
        except Invalid as fault:
            put_at_field(form, fault, "words")
        else:
            return _page(inspection, form, hits)
    return _page(inspection, form), 422


def _page(inspection: Inspection, form: SearchForm, hits: Hits | None = None) -> str:
    lines = [_line(inspection, one) for one in hits.shown] if hits else []
    return case_page("inspector/search.html", inspection, form=form, hits=hits, lines=lines)


def _line(inspection: Inspection, hit: Hit) -> HitLine:
    text, dnr = hit.text, inspection.dnr
    kind = label(text.where, inspection.pack)
    if text.kind is not None and text.kind is not LetterKind.FEEDBACK:
        kind = f"{kind}: {label(text.kind)}"
    return HitLine(
        f"{kind}, {text.label}" if text.label else kind, _href(dnr, text.where, text.place, hit), hit
    )


def _href(dnr: str, where: Where, place: UUID, hit: Hit) -> str:
    if where in (Where.TALK, Where.NOTE):
        return url_for("talks.interview", dnr=dnr, talk_id=place)
    if where is Where.ITEM:
        return url_for("checks.evidence_item", dnr=dnr, evidence_id=place)
    if where is Where.LETTER and hit.text.kind is not None:
        return url_for(
            "letters.editor", dnr=dnr, kind=hit.text.kind.value, language=hit.text.language,
            _anchor=f"paragraph-{place}",
        )  # fmt: skip
    endpoints = {
        Where.CHECK: "checks.requirements",
        Where.FINDING: "findings.findings",
        Where.MEETING: "dialogue.answers",
    }
    return url_for(endpoints.get(where, "cases.overview"), dnr=dnr)

"""The coding page: one list of units, a page at a time, with the code book and the memos beside it."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from flask import request, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from ...interview_guides.guide import load_pack
from ...models.base import new_id
from ...models.codings import Coding, Memo
from ...models.inspections import Inspection
from ..rules.interview_order import RECORDING, may_record
from ..rules.two_coders import may_see_coding
from ..services.code_statement import code_book_of
from ..services.find_codings import (
    Filter,
    Unit,
    disagreements,
    filtered,
    find_memos,
    list_units,
    read_units,
    waits_for,
)
from .case import case_page
from .case_frame import show
from .coding_cards import Around, Returned, cards_of, memo_lines, stretches_of
from .database import db
from .forms.coding import CodingForm, MarkForm, MemoForm, SettleForm, themes_by_area
from .forms.talks import with_ids
from .paging import asked_page, pages_of
from .session import current_actor

ON_A_PAGE = 20


def _filter(found: tuple[Unit, ...], person: UUID) -> Filter:
    """The list that is asked for; otherwise the first one in which there is something to do."""
    try:
        return Filter(request.args.get("show", ""))
    except ValueError:
        order = (Filter.MINE, Filter.SECOND, Filter.DISPUTED)
        return next((one for one in order if filtered(found, one, person)), Filter.ALL)


def address_here(dnr: str, anchor: str | None = None) -> str:
    """The same page of the same list."""
    kept: dict[str, Any] = {key: request.args[key] for key in ("show", "page") if request.args.get(key)}
    return url_for("coding.units", dnr=dnr, **kept, _anchor=anchor)


def coding_page(inspection: Inspection, returned: Returned | None = None) -> str:
    """The page of the case, with what could not be saved in its place if anything is `returned`."""
    person, pack = current_actor().user_id, load_pack(inspection.pack)
    found = list_units(db(), inspection)
    wanted = _filter(found, person)
    listed = filtered(found, wanted, person)
    count = max(1, -(-len(listed) // ON_A_PAGE))
    number = min(asked_page(), count)
    shown = listed[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
    if returned and all(unit.id != returned.unit_id for unit in shown):
        shown = (*(unit for unit in found if unit.id == returned.unit_id), *shown)
    memos = find_memos(db(), inspection)
    about: defaultdict[UUID, list[Memo]] = defaultdict(list)
    for one in memos:
        about[one.passage_id or one.statement_id or inspection.id].append(one)
    around = Around(
        inspection=inspection,
        pack=pack,
        person=person,
        names={member.user_id: member.name for member in inspection.team if member.user_id},
        stretches=stretches_of(found),
        memos=about,
        rows=_rows(shown),
        is_over=inspection.state not in RECORDING,
    )
    shut = may_record(inspection.state)
    return case_page(
        "inspector/coding.html",
        inspection,
        untold=frozenset(
            unit.label for unit in found if not may_see_coding(unit.judged, person, is_over=around.is_over)
        ),
        cards=cards_of(read_units(db(), shown), around, returned),
        returned=returned,
        show=wanted.value,
        address=f"?show={wanted.value}&page={number}",
        at=pages_of(number, count),
        tabs=_tabs(found, person),
        coded=sum(unit.judged.first is not None for unit in found),
        total=sum(not unit.in_parts for unit in found),
        refusal=show(shut[0]) if shut else None,
        pack=pack,
        code_book=code_book_of(pack),
        themes=themes_by_area(pack),
        case_memos=memo_lines(about[inspection.id], around),
        fresh=new_id,
        forms=_blank_forms(inspection),
    )


def _rows(shown: tuple[Unit, ...]) -> dict[UUID, list[Coding]]:
    """The judgements of the shown units, with their reasons, in the order in which they were made."""
    found: defaultdict[UUID, list[Coding]] = defaultdict(list)
    several = [unit.id for unit in shown if unit.judgements]
    for row in db().scalars(
        select(Coding).where(Coding.unit_id.in_(several)).order_by(Coding.coded_at, Coding.id)
    ):
        found[row.unit_id].append(row)
    return found


def _tabs(found: tuple[Unit, ...], person: UUID) -> tuple[tuple[str, str, int], ...]:
    return (
        (Filter.MINE.value, _("Not coded yet"), sum(unit.is_left for unit in found)),
        (Filter.SECOND.value, _("For you as second coder"), sum(waits_for(unit, person) for unit in found)),
        (Filter.DISPUTED.value, _("Disagreements"), len(disagreements(found, person))),
        (Filter.ALL.value, _("All"), len(found)),
    )


def _blank_forms(inspection: Inspection) -> dict[str, Any]:
    """Forms whose labels and choices the cards are drawn with."""
    pack = load_pack(inspection.pack)
    code_form, settle_form = CodingForm(formdata=None), SettleForm(formdata=None)
    memo_form, mark_form = MemoForm(formdata=None), MarkForm(formdata=None)
    code_form.offer(pack)
    settle_form.offer(pack)
    memo_form.theme.choices = themes_by_area(pack)
    with_ids(memo_form, "case-memo")
    return {"code": code_form, "settle": settle_form, "memo": memo_form, "mark": mark_form}

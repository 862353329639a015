"""The interview guides to read: all of them, one as it will be seen or printed, two versions compared."""

from dataclasses import dataclass
from typing import cast

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from ...interview_guides.content import Guide, Text
from ...interview_guides.guide import Pack, UnknownContent, load_pack, pack_cards
from ...models.vocabulary import N_, Informant
from ...reports.guide_sheet import Language
from ..errors import NotFound
from ..outside.clock import SWEDEN
from ..rules.access import Permission
from ..rules.guide_comparison import Change, compare_guides
from ..rules.reasons import Reason
from ..services.find_guides import VersionLine, list_versions, offered_guides
from ..services.lay_out_guide import guide_as_pdf
from .access import access
from .database import db, now
from .guide_panel import faces, panel_of_guide, say_reason
from .language import current_language, label, say

guides = Blueprint("guides", __name__)

Page = str | Response
ONE = "/guides/<pack>/<guide>"


@dataclass(frozen=True, slots=True)
class PackLine:
    """One pack of the list, with the guides that talks are held with today."""

    pack: Pack
    guides: tuple[tuple[str, Guide], ...]


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change in words, with what stood and what stands."""

    kind: str
    said: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@guides.get("/guides", endpoint="guides")
@access(Permission.READ_GUIDES)
def list_guides() -> Page:
    today = now().astimezone(SWEDEN).date()
    lines = []
    for pack in (load_pack(card.id) for card in pack_cards()):
        offered = offered_guides(db(), pack.id, on=today)
        lines.append(PackLine(pack, tuple((informant_of(pack, guide), guide) for guide in offered)))
    return render_template("guides/list.html", packs=lines)


@guides.get(ONE)
@access(Permission.READ_GUIDES)
def guide(pack: str, guide: str) -> Page:
    found, lines = _versions(pack, guide)
    chosen = _chosen(lines, request.args.get("version", ""))
    return render_template(
        "guides/guide.html",
        pack=found,
        chosen=chosen,
        guide=chosen.guide,
        panel=panel_of_guide(found, chosen.guide),
        faces=faces(),
        versions=lines,
        informant=informant_of(found, chosen.guide),
    )


@guides.get(f"{ONE}/compare")
@access(Permission.READ_GUIDES)
def compare(pack: str, guide: str) -> Page:
    found, lines = _versions(pack, guide)
    before = _chosen(lines, request.args.get("from", lines[-1].name))
    after = _chosen(lines, request.args.get("to", ""))
    return render_template(
        "guides/compare.html",
        pack=found,
        guide=after.guide,
        before=before,
        after=after,
        versions=lines,
        changes=change_lines(compare_guides(before.guide, after.guide), found),
    )


@guides.get(f"{ONE}/sheet.pdf")
@access(Permission.READ_GUIDES)
def sheet(pack: str, guide: str) -> Page:
    """The guide on paper, in the language asked for, else the reader's."""
    found, lines = _versions(pack, guide)
    chosen = _chosen(lines, request.args.get("version", ""))
    asked = request.args.get("language", current_language())
    language = cast(Language, asked if asked in ("sv", "en") else "sv")
    answer = Response(guide_as_pdf(found, chosen.guide, language), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{guide}-{chosen.name}-{language}.pdf"'
    return answer


def informant_of(pack: Pack, guide: Guide) -> str:
    """Whom the guide is for talks with, as the pack calls them."""
    own = pack.informant(guide.informant)
    return say(own) if own else label(Informant(guide.informant))


def change_lines(changes: tuple[Change, ...], pack: Pack) -> list[ChangeLine]:
    """Changes between two versions as the page tells them, in the reader's language."""

    def words(parts: tuple[Text | Reason, ...]) -> tuple[str, ...]:
        return tuple(say_reason(one, pack) if isinstance(one, Reason) else say(one) for one in parts)

    return [
        ChangeLine(one.kind.value, say_reason(one.said, pack), words(one.before), words(one.after))
        for one in changes
    ]


def _versions(pack: str, guide: str) -> tuple[Pack, list[VersionLine]]:
    try:
        return load_pack(pack), list_versions(db(), pack, guide, on=now().astimezone(SWEDEN).date())
    except UnknownContent:
        raise NotFound(N_("There is no such guide.")) from None


def _chosen(lines: list[VersionLine], name: str) -> VersionLine:
    """The version of that name; without one, that which is offered."""
    for line in lines:
        if not name or line.name == name:
            return line
    raise NotFound(N_("There is no such version of the guide."))

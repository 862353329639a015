"""From stored paragraphs to the frozen content that `reports` renders, whatever the kind of letter.

What a letter is called, its small line and its title, is what its composer says in the paragraphs
`head.kind` and `head.title`; a kind whose composer is silent has the pack's sentences `<kind>.kind` and
`<kind>.title`, and the feedback letter `kind` and `title`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...interview_guides.guide import Pack, load_pack
from ...interview_guides.letter_wording import LetterWording, load_letter_wording
from ...models.assessments import Check, WeighingRun
from ...models.decisions import Decision
from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterKind
from ...models.letters import Letter
from ...models.register import Committee
from ...models.vocabulary import N_, CheckResult, TeamRole
from ...reports import content as c
from ...reports.wording import wording as fixed_words
from ..i18n import translate
from ..outside.clock import SWEDEN
from ..rules.letter_kinds import KINDS, KindOfLetter, Reader
from ..rules.letter_obstacles import stands
from ..settings import AuthorityDetails
from .find_letter import name_of
from .lay_out_child import lay_out_child
from .lay_out_sections import lay_out_sections
from .route_to_committees import committees_to_write_to, routed_points
from .weigh_inspection import latest_run

REQUIREMENT = N_("Requirement")
SOURCE = N_("Source in law")
OFFICER = N_("Case officer")
RESULTS = (CheckResult.DEVIATION, CheckResult.MET, CheckResult.NOT_CHECKED)
"""In the order of the appendix; what does not apply to the home is left out."""

HEAD = ("head.kind", "head.title")
DECIDED_IN = frozenset({LetterKind.FEEDBACK, LetterKind.DECISION})
"""What is signed by who decided and who reported (FL 31 §); other letters by the responsible inspector."""
TELLS_OF_WEIGHING = frozenset({LetterKind.FEEDBACK, LetterKind.COMMUNICATION, LetterKind.DECISION})
COPIED = frozenset({LetterKind.FEEDBACK, LetterKind.FOLLOWUP, LetterKind.CLOSING})


@dataclass(frozen=True, slots=True)
class _Setting:
    inspection: Inspection
    row: KindOfLetter
    pack: Pack
    wording: LetterWording
    language: c.Language
    checks: Sequence[Check]
    run: WeighingRun | None
    to: Sequence[Committee] = ()
    """The committees that it is to, where it is to any: one when it is frozen, all of them in a draft."""


def lay_out_letter(
    db: Session,
    *,
    inspection: Inspection,
    letter: Letter,
    language: c.Language,
    authority: AuthorityDetails,
    dated_on: date,
    committee: Committee | None = None,
) -> c.Letter:
    """The letter as it stands in one language. Removed paragraphs are left out.

    `committee`: as this one gets it, with its own points and no other's; None: with the points of all.

    Raises reports.content.ContentError when its parts cannot make a letter.
    """
    row = KINDS[letter.kind]
    if row.reader is Reader.CHILDREN:
        return lay_out_child(
            inspection=inspection, letter=letter, language=language, authority=authority, dated_on=dated_on
        )
    pack = load_pack(inspection.pack)
    checks = db.scalars(
        select(Check).where(Check.inspection_id == inspection.id).order_by(Check.requirement)
    ).all()
    words = load_letter_wording(pack.id)
    to: Sequence[Committee] = (committee,) if committee else ()
    standing = [one for one in letter.paragraphs if one.language == language and stands(one)]
    if row.reader is Reader.COMMITTEES:
        routed = routed_points(db, inspection.id)
        to = to or committees_to_write_to(db, inspection.id)
        of_these = {one.id for one in to}
        standing = [
            one for one in standing if one.finding_id is None or of_these & routed.get(one.finding_id, set())
        ]
    setting = _Setting(inspection, row, pack, words, language, checks, latest_run(db, inspection), to)
    said = {one.key: one.text for one in standing if one.key in HEAD}
    home = inspection.home
    return c.Letter(
        language=language,
        form=row.kind.value,
        kind=said.get("head.kind") or _named(setting, "kind"),
        title=said.get("head.title") or _named(setting, "title"),
        reference=inspection.dnr,
        dated_on=dated_on,
        authority=c.Authority(
            name=authority.name,
            unit=authority.unit,
            address_lines=_lines(authority.address),
            contact_lines=_lines(authority.contact),
            web=authority.web,
            logo=authority.logo,
            colour=authority.colour,
        ),
        recipient=_recipient(setting),
        copies=_copies(setting),
        home=f"{home.name}, {home.municipality}",
        place=words.say("label.place", language),
        example=words.example.in_language(language) if words.example else "",
        visit=_visit(setting),
        sections=lay_out_sections(
            words, language, [one for one in standing if one.key not in HEAD], row.kind.value
        ),
        signatures=_signatures(db, setting),
        method_stamp=_stamp(setting),
        appendices=_appendices(setting) if row.kind is LetterKind.FEEDBACK else (),
    )  # fmt: skip


def _named(setting: _Setting, part: str) -> str:
    kind = setting.row.kind
    name = part if kind is LetterKind.FEEDBACK else f"{kind.value}.{part}"
    if not setting.wording.has(name):
        return translate(setting.language, kind.title)
    wanted = setting.wording.placeholders(name)
    given = {"home": setting.inspection.home.name}
    return setting.wording.say(name, setting.language, **{one: given[one] for one in wanted & set(given)})


def _recipient(setting: _Setting) -> c.Recipient:
    """The provider or the committee at its address; what is handed to children and guardians has no address.

    The draft to several committees names them, and has no address.
    """
    if len(setting.to) == 1:
        (one,) = setting.to
        return c.Recipient(_named_in_full(one), _lines(one.address))
    if setting.to:
        return c.Recipient("; ".join(_named_in_full(one) for one in setting.to), ())
    if setting.row.reader is not Reader.PROVIDER:
        return c.Recipient("", ())
    provider = setting.inspection.home.provider
    return c.Recipient(provider.name, _lines(provider.address))


def _named_in_full(committee: Committee) -> str:
    """With its municipality, unless its name says that already."""
    place = committee.municipality.name
    return committee.name if place.lower() in committee.name.lower() else f"{committee.name}, {place}"


def _copies(setting: _Setting) -> tuple[str, ...]:
    """Who gets the letter too, by the law of the pack; nobody where it has none."""
    if setting.row.kind not in COPIED or not setting.wording.has("copies.municipality"):
        return ()
    municipality = setting.inspection.home.municipality
    return (setting.wording.say("copies.municipality", setting.language, municipality=municipality),)


def _stamp(setting: _Setting) -> str:
    """By what the kept weighing was made (method §2.18); the input's hash stays in the authority."""
    if setting.row.kind not in TELLS_OF_WEIGHING:
        return ""
    run = setting.run
    return setting.wording.say(
        "method_stamp",
        setting.language,
        method=run.method_version if run else "–",
        catalogue=(run.catalogue_version if run else "") or "–",
        code_book=(run.code_book if run else "") or "–",
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.replace("\n", ",").split(",") if line.strip())


def _visit(setting: _Setting) -> str:
    inspection, on = setting.inspection, fixed_words(setting.language).on
    kind = "announced" if inspection.announced else "unannounced"
    start, end = _local(inspection.visit_started_at), _local(inspection.visit_ended_at)
    if start is None:
        return ""
    if end is None or end == start:
        return setting.wording.say(f"visit.day.{kind}", setting.language, date=on(start))
    first = str(start.day) if (start.year, start.month) == (end.year, end.month) else on(start)
    return setting.wording.say(f"visit.{kind}", setting.language, start=first, end=on(end))


def _local(moment: datetime | None) -> date | None:
    return moment.astimezone(SWEDEN).date() if moment else None


def _signatures(db: Session, setting: _Setting) -> tuple[c.Signature, ...]:
    """FL 31 §: who decided and who reported; before the decision, those the team names for it."""
    if setting.row.kind not in DECIDED_IN:
        return _signed_by_inspector(setting)
    decision = db.scalar(select(Decision).where(Decision.inspection_id == setting.inspection.id))
    team = {member.role: member.name for member in reversed(setting.inspection.team)}
    people = {
        "decider": (TeamRole.DECISION_MAKER, decision.decider_id if decision else None),
        "rapporteur": (TeamRole.INSPECTOR, decision.rapporteur_id if decision else None),
    }
    made = []
    for part, (role, user_id) in people.items():
        name = name_of(db, user_id) or team.get(role, "")
        if name:
            title = translate(setting.language, role.title)
            said = setting.wording.say(f"legal.part.{part}", setting.language)
            made.append(c.Signature(said, name, title[:1].lower() + title[1:]))
    return tuple(made)


def _signed_by_inspector(setting: _Setting) -> tuple[c.Signature, ...]:
    """Whom the reader turns to; children are told in the letter itself how they reach us."""
    if setting.row.reader is Reader.CHILDREN:
        return ()
    part, title = (translate(setting.language, one) for one in (OFFICER, TeamRole.INSPECTOR.title))
    name = next((one.name for one in setting.inspection.team if one.role is TeamRole.INSPECTOR), "")
    return (c.Signature(part, name, title[:1].lower() + title[1:]),) if name else ()


def _appendices(setting: _Setting) -> tuple[c.Appendix, ...]:
    """All requirements by result, with their source; what was never marked was not checked. No digit."""
    language = setting.language
    results = {check.requirement: check.result for check in setting.checks}
    if not set(results.values()) & set(RESULTS):
        return ()
    day = (setting.inspection.visit_started_at or setting.inspection.created_at).astimezone(SWEDEN).date()
    in_force = {rule.id for rule in setting.pack.requirements_on(day)}
    headings = tuple(translate(language, name) for name in (REQUIREMENT, SOURCE))
    grids = []
    for result in RESULTS:
        rows = tuple(
            (rule.title.in_language(language), rule.source.in_language(language))
            for rule in setting.pack.requirements
            if rule.id in in_force or rule.id in results
            if results.get(rule.id, CheckResult.NOT_CHECKED) is result
        )
        if rows:
            caption = translate(language, result.title)
            grids.append(c.Grid(f"appendix.requirements.{result.value}", caption, headings, rows))
    title = setting.wording.say("appendices.requirements", language)
    return (c.Appendix("appendix.requirements", title, tuple(grids)),)

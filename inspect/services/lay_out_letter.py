"""From stored paragraphs to the frozen content that `reports` renders."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...interview_guides.guide import Pack, load_pack
from ...interview_guides.letter_wording import LetterWording, load_letter_wording
from ...models.assessments import Check, WeighingRun
from ...models.decisions import Decision
from ...models.inspections import Inspection
from ...models.letters import Letter, Paragraph
from ...models.vocabulary import N_, CheckResult, TeamRole
from ...reports import content as c
from ...reports.wording import wording as fixed_words
from ..i18n import translate
from ..outside.clock import SWEDEN
from ..rules.letter_composition import SECTIONS
from ..rules.letter_obstacles import stands
from ..settings import AuthorityDetails
from .find_letter import name_of
from .weigh_inspection import latest_run

MISSING = "[…]"
"""Stands where a part of a deficiency is not written yet; never in an approved letter."""

Texts = Mapping[str, str]
RESULT = N_("Result")
REQUIREMENT = N_("Requirement")
SOURCE = N_("Source in law")


@dataclass(frozen=True, slots=True)
class _Setting:
    inspection: Inspection
    pack: Pack
    wording: LetterWording
    language: c.Language
    checks: Sequence[Check]
    run: WeighingRun | None


def lay_out_letter(
    db: Session,
    *,
    inspection: Inspection,
    letter: Letter,
    language: c.Language,
    authority: AuthorityDetails,
    dated_on: date,
) -> c.Letter:
    """The letter as it stands in one language. Removed paragraphs are left out.

    Raises reports.content.ContentError when its parts cannot make a letter.
    """
    pack = load_pack(inspection.pack)
    checks = db.scalars(
        select(Check).where(Check.inspection_id == inspection.id).order_by(Check.requirement)
    ).all()
    words = load_letter_wording(pack.id)
    setting = _Setting(inspection, pack, words, language, checks, latest_run(db, inspection))
    say = words.say
    home = inspection.home
    return c.Letter(
        language=language,
        kind=say("kind", language),
        title=say("title", language, home=home.name),
        reference=inspection.dnr,
        dated_on=dated_on,
        authority=c.Authority(
            name=authority.name,
            unit=authority.unit,
            address_lines=_lines(authority.address),
            contact_lines=_lines(authority.contact),
            web=authority.web,
        ),
        recipient=c.Recipient(home.provider.name, _lines(home.provider.address)),
        copies=(say("copies.municipality", language, municipality=home.municipality),),
        home=f"{home.name}, {home.municipality}",
        visit=_visit(setting),
        sections=tuple(_sections(setting, letter.paragraphs)),
        signatures=_signatures(db, setting),
        method_stamp=say(
            "method_stamp", language, pack=pack.id, version=pack.version,
            method=setting.run.method_version if setting.run else "–",
        ),
        appendices=_appendices(setting),
    )  # fmt: skip


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


def _sections(setting: _Setting, paragraphs: Iterable[Paragraph]) -> Iterable[c.Section]:
    texts: dict[str, dict[str, str]] = {name: {} for name in SECTIONS}
    for one in sorted(paragraphs, key=lambda one: (one.position, one.key)):
        if one.language == setting.language and stands(one):
            texts[one.section][one.key] = one.text
    for key in c.SECTION_KEYS:
        if not texts.get(key):
            continue
        heading = fixed_words(setting.language).headings[key]
        lead = texts[key].pop("summary.lead", None) or None
        yield c.Section(key, heading, lead, tuple(_BLOCKS.get(key, _plain)(setting, texts[key])))  # type: ignore[arg-type]


def _plain(setting: _Setting, texts: Texts) -> Iterable[c.Block]:
    for key, text in texts.items():
        yield c.Notice(key, text) if key == "scope.not_examined" else c.Paragraph(key, text)


def _points(setting: _Setting, texts: Texts) -> Iterable[c.Block]:
    if texts:
        first = next(iter(texts)).split(".", 1)[0]
        yield c.Bullets(f"{first}.points", tuple(texts.values()))


def _children(setting: _Setting, texts: Texts) -> Iterable[c.Block]:
    headed: set[str] = set()
    for key, text in texts.items():
        if key.startswith("children.raised."):
            heading = "good" if key.endswith(".good") else "other"
            if heading not in headed:
                headed.add(heading)
                name = f"children.heading.{heading}"
                yield c.Subheading(name, setting.wording.say(name, setting.language))
            yield c.Quote(key, text)
        else:
            yield c.Paragraph(key, text)


def _strengths(setting: _Setting, texts: Texts) -> Iterable[c.Block]:
    for key, text in texts.items():
        yield c.Subheading(key, text) if key.endswith(".title") else c.Paragraph(key, text)


def _grouped(texts: Texts) -> Iterable[tuple[str, dict[str, str]]]:
    """Paragraphs `section.name.part` by `section.name`; what has no part stands alone under ''."""
    for name, keys in groupby(texts, key=lambda key: key.rsplit(".", 1)[0]):
        yield name, {key.rsplit(".", 1)[1]: texts[key] for key in keys}


def _advice(setting: _Setting, texts: Texts) -> Iterable[c.Block]:
    for name, parts in _grouped(texts):
        if name == "advice":
            yield from (c.Paragraph(f"advice.{key}", text) for key, text in parts.items())
        else:
            yield c.Advice(name, parts.get("title") or MISSING, parts.get("text") or MISSING)


def _deficiencies(setting: _Setting, texts: Texts) -> Iterable[c.Block]:
    number = 0
    for name, parts in _grouped(texts):
        if name == "deficiencies":
            yield from (c.Paragraph(f"deficiencies.{key}", text) for key, text in parts.items())
            continue
        number += 1
        written = {part: parts.get(part) or MISSING for part in DEFICIENCY_PARTS}
        yield c.Deficiency(key=name, number=number, **written)


DEFICIENCY_PARTS = (
    "title", "saw", "sources", "rule", "matters", "level", "proportion", "your_view", "achieve", "due",
)  # fmt: skip


def _assessment(setting: _Setting, texts: Texts) -> Iterable[c.Block]:
    signs = {text.in_language(setting.language): sign for sign, text in setting.wording.positions.items()}
    for name, parts in _grouped(texts):
        if name == "assessment":
            yield from (c.Paragraph(f"assessment.{key}", text) for key, text in parts.items())
        elif parts.get("title"):
            word = parts.get("word") or MISSING
            sign: c.Sign = signs.get(word, "unknown")  # type: ignore[assignment]
            yield c.AreaAssessment(name, parts["title"], sign, word, parts.get("text", ""))


def _questions(setting: _Setting, texts: Texts) -> Iterable[c.Block]:
    around = ("questions.intro", "questions.meeting")
    if "questions.intro" in texts:
        yield c.Paragraph("questions.intro", texts["questions.intro"])
    asked = tuple(text for key, text in texts.items() if key not in around)
    if asked:
        yield c.Questions("questions.list", asked)
    if "questions.meeting" in texts:
        yield c.Paragraph("questions.meeting", texts["questions.meeting"])


_BLOCKS: dict[str, Callable[[_Setting, Texts], Iterable[c.Block]]] = {
    "summary": _points,
    "children": _children,
    "strengths": _strengths,
    "advice": _advice,
    "deficiencies": _deficiencies,
    "assessment": _assessment,
    "questions": _questions,
    "follow_up": _points,
    "appendices": _points,
}


def _signatures(db: Session, setting: _Setting) -> tuple[c.Signature, ...]:
    """FL 31 §: who decided and who reported; before the decision, those the team names for it."""
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


def _appendices(setting: _Setting) -> tuple[c.Appendix, ...]:
    """The requirements that were marked, with source and result; no digit of the weighing."""
    language = setting.language
    rows = tuple(
        (rule.title.in_language(language), rule.source.in_language(language), _result(check, language))
        for check in setting.checks
        if check.result is not CheckResult.NOT_APPLICABLE
        for rule in (setting.pack.requirement(check.requirement),)
    )
    if not rows:
        return ()
    title = setting.wording.say("appendices.requirements", language)
    headings = tuple(translate(language, name) for name in (REQUIREMENT, SOURCE, RESULT))
    grid = c.Grid("appendix.requirements.table", title, headings, rows)
    return (c.Appendix("appendix.requirements", title, (grid,)),)


def _result(check: Check, language: str) -> str:
    return translate(language, check.result.title)

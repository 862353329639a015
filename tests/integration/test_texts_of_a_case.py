"""One list says what the texts of a case are: it has every table, and disclosure, archive and export agree with it."""

import json
from collections.abc import Iterable

from sqlalchemy import String, Text, delete, select

from tests.integration.hostile_words import CLOSED_WORDS, sealed_texts
from tests.integration.rich_site import FULLEST, RichSite
from tests.rich_account import NOW
from tillsyn.inspect.rules.case_texts import CASE_TEXTS, NOT_COME_IN, OFFERED, CaseText, Since
from tillsyn.inspect.rules.openness import OWN_OF_A_PARTY
from tillsyn.inspect.services.answer_disclosure import begin_disclosure
from tillsyn.inspect.services.case_record import LEFT_OUT, record_case
from tillsyn.inspect.services.export_inspection import export_inspection
from tillsyn.inspect.services.find_inspection import find_inspection
from tillsyn.inspect.services.freeze_texts import take_texts
from tillsyn.inspect.services.rows_of_case import CASES, tables_with_case
from tillsyn.inspect.services.texts_of_case import offered_texts, rows_of
from tillsyn.inspect.web.session import actor_of
from tillsyn.models import Base
from tillsyn.models.base import new_id
from tillsyn.models.openness import DisclosureRequest
from tillsyn.models.openness_words import AskKind, TextKind
from tillsyn.models.people import User
from tillsyn.models.retention import ArchivePackage
from tillsyn.models.surveys import Survey
from tillsyn.models.vocabulary import State

OF_A_CASE = {table.name for table in tables_with_case()} | {CASES}
LISTED = {place for one in CASE_TEXTS for place in one.places}
EXPORTED = {
    "inspections.title", "inspections.risk_note", "inspections.arrangements", "inspections.note",
    "residents.outcome_note", "order_overrides.reason", "team_members.name", "self_assessments.strengths",
    "self_assessments.worries", "interviews.note", "interviews.place", "interviews.feedback_channel",
    "evidence.title", "statements.own_question", "statements.text", "checks.note", "codings.reason",
}  # fmt: skip
"""What tillsyn-inspection/1 has a place for: the visit as a device or another program notes it."""


def words_for(place: str) -> str:
    """A word of its own for each place, which no text has by itself."""
    return "zq" + place.replace(".", "").replace("_", "") + "qz"


def written_in(rich: RichSite) -> set[str]:
    """Put the word of each place into every text of the fullest case; the places that have a text there."""
    found = set()
    with rich.db() as db:
        inspection = find_inspection(db, rich.made.cases[FULLEST])
        for entry in (
            one for one in CASE_TEXTS if one.table != "letter_versions"
        ):  # frozen, in a form of its own
            for row in rows_of(db, inspection, CaseText(entry.table, entry.texts, entry.kind)):
                for name in entry.texts:
                    if spoken := _with(getattr(row, name), words_for(f"{entry.table}.{name}")):
                        setattr(row, name, spoken)
                        found.add(f"{entry.table}.{name}")
        inspection.state = State.ARCHIVED
        db.add(
            ArchivePackage(
                id=new_id(), inspection_id=inspection.id, made_at=NOW, manifest_sha256="0" * 64, files=1
            )
        )
        db.commit()
    return found


def _with(value: object, word: str, *, inside: bool = False) -> object:
    """The value with the word; inside what is kept as JSON in its sentences alone, not in days and names."""
    if isinstance(value, str) and value[:1] in ("[", "{"):
        return json.dumps(_with(json.loads(value), word, inside=True))
    if isinstance(value, str) and inside and " " not in value:
        return value
    if isinstance(value, str):
        return f"{value} {word}" if value else ""
    if isinstance(value, list):
        return [_with(one, word, inside=inside) for one in value]
    if isinstance(value, dict):
        return {key: _with(one, word, inside=True) for key, one in value.items()}
    return value


def places_in(text: str, places: Iterable[str]) -> set[str]:
    return {place for place in places if words_for(place) in text}


def test_every_text_of_a_case_is_in_the_list() -> None:
    sealed = {f"{cls.__tablename__}.{name}" for cls, name in sealed_texts()}
    clear = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, String | Text) and not getattr(column.type, "enums", None)
        if column.name not in CLOSED_WORDS and not column.name.endswith(("hash", "sha256"))
    }
    of_a_case = {place for place in sealed | clear if place.split(".")[0] in OF_A_CASE}
    assert of_a_case - LISTED == set(), (
        "say in rules/case_texts.py since when it can be asked for, or why not"
    )
    assert {place.split(".")[0] for place in LISTED} <= OF_A_CASE


def test_no_text_is_listed_twice_and_what_is_never_disclosed_says_why() -> None:
    places = [place for one in CASE_TEXTS for place in one.places]
    assert len(places) == len(set(places))
    for one in CASE_TEXTS:
        assert bool(one.why) == (one.since is Since.NEVER), one.table
        assert (one.kind is None) == (one.since is Since.NEVER), one.table


def test_what_the_archive_keeps_can_be_asked_for_and_the_other_way_round() -> None:
    """But for copies of what is asked for by itself."""
    archived = {place for place in LISTED if place.split(".")[0] not in LEFT_OUT} - NOT_COME_IN
    offered = {place for one in OFFERED for place in one.places}
    assert archived - offered == {"disclosure_texts.text"}
    assert offered - archived == set()


def test_disclosure_archive_and_export_hold_what_the_list_says(rich: RichSite) -> None:
    """Not by the list, but by looking: a word of its own stands in each text of a full case."""
    there = written_in(rich)
    assert len(there) > 60
    with rich.db() as db:
        inspection = find_inspection(db, rich.made.cases[FULLEST])
        archive = json.dumps(record_case(db, inspection), ensure_ascii=False)
        export = json.dumps(export_inspection(db, actor=None, inspection=inspection, now=NOW))
        disclosed = "\n".join(one.text for one in offered_texts(db, inspection))
        offered = {place for one in OFFERED for place in one.places} & there
        in_archive = {place for place in there if place.split(".")[0] not in LEFT_OUT} - NOT_COME_IN
        waiting = {place for one in OFFERED for place in one.places if one.after} - places_in(
            disclosed, there
        )
    assert places_in(archive, there) >= in_archive
    assert places_in(archive, NOT_COME_IN) == set()
    assert offered - places_in(disclosed, there) <= waiting
    assert places_in(disclosed, there) <= offered
    assert places_in(export, there) == EXPORTED & there


def test_a_party_is_given_what_it_wrote_and_what_was_communicated_without_proposed_masks(
    rich: RichSite,
) -> None:
    """FL 10 §."""
    with rich.db() as db:
        inspection = find_inspection(db, rich.made.cases[FULLEST])
        leader = actor_of(db.get_one(User, rich.made.people["leader"]))
        request = begin_disclosure(
            db,
            actor=leader,
            inspection=inspection,
            kind=AskKind.PARTY,
            came_on=NOW.date(),
            asked="Allt.",
            now=NOW,
        )
        take_texts(
            db, actor=leader, inspection=inspection, disclosure_id=request.id, version=1, kinds=set(TextKind),
            now=NOW,
        )  # fmt: skip
        kinds = {text.kind for text in request.texts}
        masked = {text.kind for text in request.texts if text.masks}
    assert kinds >= OWN_OF_A_PARTY - {TextKind.MEASURE_REPORT, TextKind.ANSWER_FILE}
    assert kinds >= {TextKind.LETTER, TextKind.MEETING_NOTE, TextKind.POINT, TextKind.DOCUMENT_REQUEST}
    assert masked
    assert masked & OWN_OF_A_PARTY == set()


def test_files_of_the_case_and_of_the_provider_are_offered(rich: RichSite) -> None:
    with rich.db() as db:
        inspection = find_inspection(db, rich.made.cases[FULLEST])
        files = [one for one in offered_texts(db, inspection) if one.kind.is_file]
    assert TextKind.FILE in {one.kind for one in files}
    assert all(one.file is not None and one.text.startswith("Fil: ") for one in files)


def test_of_a_survey_nothing_is_counted_below_five_for_whoever_asks(rich: RichSite) -> None:
    counts = []
    with rich.db() as db:
        inspection = find_inspection(db, rich.made.cases[FULLEST])
        survey = db.scalars(select(Survey).where(Survey.inspection_id == inspection.id)).one()
        survey.closed_at = NOW
        for children in (8, 4):
            survey.children = children
            db.flush()
            (told,) = (one for one in offered_texts(db, inspection) if one.kind is TextKind.SURVEY)
            counts.append(": 7" in told.text)
    assert counts == [True, False]


def test_a_request_is_no_document_of_itself(rich: RichSite) -> None:
    with rich.db() as db:
        inspection = find_inspection(db, rich.made.cases[FULLEST])
        asked = db.scalars(
            select(DisclosureRequest).where(DisclosureRequest.inspection_id == inspection.id)
        ).all()
        offered = {one.source_id for one in offered_texts(db, inspection, but=asked[0].id)}
    assert asked[0].id not in offered
    assert asked[1].id in offered


def test_what_is_weighed_is_offered_when_the_case_is_closed_and_drafts_when_it_is_archived(
    rich: RichSite,
) -> None:
    """TF 2 kap. 10 and 12 §§."""
    kinds = []
    with rich.db() as db:
        inspection = find_inspection(db, rich.made.cases[FULLEST])
        db.execute(delete(ArchivePackage))
        for state in (State.WEIGHING, State.CLOSED):
            inspection.state = state
            kinds.append({one.kind for one in offered_texts(db, inspection)})
        db.add(
            ArchivePackage(
                id=new_id(), inspection_id=inspection.id, made_at=NOW, manifest_sha256="0" * 64, files=1
            )
        )
        db.flush()
        kinds.append({one.kind for one in offered_texts(db, inspection)})
    working, closed, archived = kinds
    assert TextKind.ASSESSMENT not in working
    assert TextKind.ASSESSMENT in closed
    assert TextKind.DRAFT not in closed
    assert TextKind.DRAFT in archived

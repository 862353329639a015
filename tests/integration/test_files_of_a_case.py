"""Photos, PDFs and recordings: received in parts, checked by content, sealed, opened by those who may."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from uuid import UUID

import pytest
from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.builders import NOW, acting, inspector_of, make_inspection, make_user
from tillsyn.inspect.errors import Conflict, Invalid, NotAllowed, NotFound, NotPossibleNow
from tillsyn.inspect.outside.database import begin_writing, make_engine, session_factory
from tillsyn.inspect.outside.keys import WrongKeyOrRow
from tillsyn.inspect.rules.access import Actor
from tillsyn.inspect.rules.files import FileQuota
from tillsyn.inspect.services.add_evidence import add_evidence
from tillsyn.inspect.services.attach_file import attach_file
from tillsyn.inspect.services.describe_upload import about_of, describe_upload
from tillsyn.inspect.services.hold_interview import start_interview
from tillsyn.inspect.services.open_upload import list_uploads, open_upload, withdraw_upload
from tillsyn.inspect.services.receive_part import find_received, receive_part
from tillsyn.models.base import new_id
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.inspections import Inspection
from tillsyn.models.interviews import Evidence, Interview
from tillsyn.models.uploads import Upload, UploadPart
from tillsyn.models.vocabulary import EvidenceKind, Informant, Role, State, TeamRole

SECRET = "Kvarngatan 4"
PDF = b"%PDF-1.7\n" + b"x" * 3000
SOUND = b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webmB\x87\x81\x04" + bytes(40) + b"A_OPUS" + bytes(200)


def photo(*, tells: bool = True, size: tuple[int, int] = (80, 60)) -> bytes:
    exif = Image.Exif()
    exif[0x010E] = SECRET
    made = BytesIO()
    about = {"exif": exif} if tells else {}
    Image.effect_noise(size, 60).convert("RGB").save(made, "JPEG", **about)
    return made.getvalue()


def test_a_full_case_takes_no_more_by_page_twice_as_much_by_device_and_says_how_much_fits(
    db: Session,
) -> None:
    case = Case(db)
    mb = 1024 * 1024
    db.info["file_quota"] = FileQuota(case=10 * mb, day=100 * mb)
    told = {"bytes": 9 * mb, "parts": 9}
    case.describe([PDF], **told)
    with pytest.raises(Invalid, match="no room") as refused:
        case.describe([PDF], **told)
    assert refused.value.values == {"num": 9, "limit": 10}
    about = {
        "evidence": str(case.document.id), "title": "", "type": "application/pdf", "sha256": hashed(PDF),
    } | told  # fmt: skip
    at = {"actor": case.actor, "inspection": case.inspection, "about": about, "now": NOW}
    describe_upload(db, upload_id=new_id(), from_device=True, **at)
    with pytest.raises(Invalid, match="no room"):
        describe_upload(db, upload_id=new_id(), from_device=True, **at)


def test_one_person_fills_a_part_of_it_in_a_day_and_goes_on_the_next(db: Session) -> None:
    case = Case(db)
    mb = 1024 * 1024
    db.info["file_quota"] = FileQuota(case=100 * mb, day=10 * mb)
    told = {"bytes": 9 * mb, "parts": 9}
    first = case.describe([PDF], **told)
    with pytest.raises(Invalid, match="in a day"):
        case.describe([PDF], **told)
    assert case.describe([PDF], first.id, **told).id == first.id, "the same again takes no room"
    first.described_at = NOW - timedelta(hours=25)
    db.flush()
    case.describe([PDF], **told)


def hashed(content: bytes) -> str:
    return sha256(content).hexdigest()


class Case:
    """A case with a document and a talk with a child, and its inspector."""

    def __init__(self, db: Session) -> None:
        self.db = db
        self.colleague = make_user(db, Role.INSPECTOR)
        self.inspection = make_inspection(db, team={TeamRole.CO_INSPECTOR: self.colleague})
        self.actor = inspector_of(self.inspection)
        self.document: Evidence = add_evidence(
            db, actor=self.actor, inspection=self.inspection, kind=EvidenceKind.DOCUMENT, title="Rutin", now=NOW
        )  # fmt: skip
        self.talk: Interview = start_interview(
            db, actor=self.actor, inspection=self.inspection, informant=Informant.CHILD, guide="young_13_20",
            resident_id=self.inspection.residents[0].id, now=NOW,
        )  # fmt: skip

    def describe(self, pieces: list[bytes], upload_id: UUID | None = None, **about: object) -> Upload:
        whole = b"".join(pieces)
        told = {"title": "Sidan 1", "type": "application/pdf", "bytes": len(whole), "sha256": hashed(whole)}
        if "talk" not in about:
            told["evidence"] = str(self.document.id)
        return describe_upload(
            self.db, actor=self.actor, inspection=self.inspection, upload_id=upload_id or new_id(),
            about=told | {"parts": len(pieces)} | about, now=NOW,
        )  # fmt: skip

    def recording(self, pieces: list[bytes], **about: object) -> Upload:
        return self.describe(pieces, **{"talk": str(self.talk.id), "type": "audio/webm", "title": ""} | about)

    def send(self, upload: Upload, n: int, content: bytes, **more: object) -> bool:
        values = {"actor": self.actor, "sha256": hashed(content), "now": NOW} | more
        return receive_part(self.db, upload_id=upload.id, n=n, content=content, **values).is_whole  # type: ignore[arg-type]

    def opened(self, upload: Upload, part: int | None = None, actor: Actor | None = None) -> bytes:
        return open_upload(
            self.db, actor=actor or self.actor, inspection=self.inspection, upload_id=upload.id, part=part
        ).content


@pytest.fixture
def case(db: Session) -> Case:
    return Case(db)


def kinds_logged(db: Session) -> list[EventKind]:
    return list(
        db.scalars(select(Event.kind).where(Event.kind.in_([k for k in EventKind if "file_" in k.value])))
    )


def test_a_file_comes_in_parts_in_any_order_and_is_whole_with_the_last(case: Case) -> None:
    parts = [PDF[:1000], PDF[1000:2000], PDF[2000:]]
    upload = case.describe(parts)
    assert not case.send(upload, 3, parts[2]) and not case.send(upload, 1, parts[0])
    assert find_received(case.db, actor=case.actor, upload_id=upload.id).parts == (1, 3)
    with pytest.raises(NotPossibleNow):
        case.opened(upload)
    assert case.send(upload, 2, parts[1])
    assert case.opened(upload) == PDF
    assert list_uploads(case.db, case.document) == [upload] and upload.kept_sha256 == hashed(PDF)
    assert kinds_logged(case.db) == [EventKind.FILE_DESCRIBED, EventKind.FILE_RECEIVED]


def test_the_same_part_again_changes_nothing_and_another_in_its_place_is_refused(case: Case) -> None:
    upload = case.describe([PDF[:2000], PDF[2000:]])
    case.send(upload, 1, PDF[:2000])
    case.send(upload, 1, PDF[:2000])
    with pytest.raises(Conflict):
        case.send(upload, 1, PDF[1:2000])
    assert case.send(upload, 2, PDF[2000:]) and case.send(upload, 1, PDF[:2000])
    assert case.db.scalar(select(func.count()).select_from(UploadPart)) == 2


def test_what_is_kept_is_sealed_each_part_to_its_place(case: Case) -> None:
    upload = case.describe([PDF[:2000], PDF[2000:]])
    case.send(upload, 1, PDF[:2000])
    case.send(upload, 2, PDF[2000:])
    first, second = case.db.scalars(select(UploadPart).order_by(UploadPart.n)).all()
    assert b"%PDF" not in first.content_sealed and "Sidan" not in str(upload.title_sealed)
    first.content_sealed, second.content_sealed = second.content_sealed, first.content_sealed
    case.db.flush()
    with pytest.raises(WrongKeyOrRow):
        case.opened(upload)


def test_a_photo_loses_what_is_no_picture_also_when_the_device_left_it(case: Case) -> None:
    content = photo()
    half = len(content) // 2
    upload = case.describe([content[:half], content[half:]], type="image/jpeg")
    case.send(upload, 1, content[:half])
    assert case.send(upload, 2, content[half:])
    kept = case.opened(upload)
    assert SECRET.encode() in content and SECRET.encode() not in kept
    assert upload.cleaned and hashed(kept) == upload.kept_sha256 != upload.sha256 == hashed(content)
    assert find_received(case.db, actor=case.actor, upload_id=upload.id).is_whole
    assert case.send(upload, 1, content[:half]), "what was sent is still known as the same"


def test_a_photo_that_tells_nothing_is_kept_as_it_came(case: Case) -> None:
    content = photo(tells=False)
    upload = case.describe([content], type="image/jpeg")
    assert case.send(upload, 1, content)
    assert case.opened(upload) == content and not upload.cleaned


def test_every_part_of_a_recording_plays_and_its_interruptions_are_kept(case: Case) -> None:
    parts = [SOUND + b"1", SOUND + b"2"]
    breaks = [{"at": 62, "seconds": 12}]
    upload = case.recording(parts, interruptions=breaks)
    case.send(upload, 2, parts[1])
    assert case.opened(upload, 2) == parts[1], "what has come can be heard before the rest"
    with pytest.raises(NotFound):
        case.opened(upload, 1)
    assert case.send(upload, 1, parts[0])
    assert about_of(upload)["interruptions"] == breaks
    with pytest.raises(Invalid):
        case.send(case.recording([PDF]), 1, PDF)


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"<html><script>", "application/pdf"), (PDF, "image/png"), (photo(tells=False), "application/pdf")],
)
def test_a_file_that_is_not_what_it_says_is_refused_and_nothing_of_its_last_part_is_kept(
    case: Case, content: bytes, said: str
) -> None:
    upload = case.describe([content], type=said)
    with pytest.raises(Invalid), case.db.begin_nested():
        case.send(upload, 1, content)
    assert find_received(case.db, actor=case.actor, upload_id=upload.id).parts == ()


def test_parts_that_are_not_those_that_were_told_of_are_refused(case: Case) -> None:
    upload = case.describe([PDF[:2000], PDF[2000:]])
    for n, content, hash_ in (
        (0, PDF, hashed(PDF)),
        (3, PDF, hashed(PDF)),
        (1, PDF, hashed(b"")),
        (1, b"", hashed(b"")),
    ):
        with pytest.raises(Invalid):
            case.send(upload, n, content, sha256=hash_)
    with pytest.raises(Invalid, match="too large"):
        case.send(upload, 1, bytes(3_000_001))
    case.send(upload, 1, PDF[:2000])
    with pytest.raises(Invalid, match="not whole"), case.db.begin_nested():
        case.send(upload, 2, PDF[2001:])


@pytest.mark.parametrize(
    "about",
    [
        {"type": "text/html"},
        {"type": "audio/webm"},
        {"bytes": 200 * 1024 * 1024},
        {"bytes": 0},
        {"parts": 5000},
        {"sha256": "../../etc/passwd"},
        {"title": "x" * 201},
    ],
)
def test_a_file_that_cannot_be_taken_in_is_refused_before_it_comes(
    case: Case, about: dict[str, object]
) -> None:
    with pytest.raises(Invalid):
        case.describe([PDF], **about)
    assert not list_uploads(case.db, case.document)


def test_a_file_is_told_of_again_with_another_title_but_never_with_other_bytes(case: Case) -> None:
    upload = case.describe([PDF])
    again = case.describe([PDF], upload.id, title="Baksidan")
    assert again is upload and upload.title == "Baksidan"
    with pytest.raises(Invalid, match="Another file"):
        case.describe([PDF + b"x"], upload.id)


def test_only_what_is_in_the_case_can_have_files_and_only_while_it_is_recorded_in(case: Case) -> None:
    other = Case(case.db)
    with pytest.raises(NotFound):
        case.describe([PDF], evidence=str(other.document.id))
    with pytest.raises(NotFound):
        case.describe([PDF], evidence="../../")
    case.inspection.state = State.CLOSED
    with pytest.raises(NotPossibleNow):
        case.describe([PDF])


def test_a_file_that_was_told_of_in_time_is_taken_in_later(case: Case) -> None:
    upload = case.describe([PDF])
    case.inspection.state = State.REVIEW
    assert case.send(upload, 1, PDF)


def test_only_the_inspectors_send_and_only_the_team_opens(case: Case) -> None:
    upload = case.describe([PDF])
    stranger = acting(make_user(case.db, Role.INSPECTOR))
    with pytest.raises(NotFound):
        case.send(upload, 1, PDF, actor=stranger)
    with pytest.raises(NotFound):
        find_received(case.db, actor=stranger, upload_id=upload.id)
    assert case.send(upload, 1, PDF, actor=acting(case.colleague))
    with pytest.raises(NotAllowed):
        case.opened(upload, actor=stranger)
    other = Case(case.db)
    with pytest.raises(NotFound):
        open_upload(case.db, actor=other.actor, inspection=other.inspection, upload_id=upload.id)


def test_a_file_is_set_aside_with_a_reason_and_kept(case: Case) -> None:
    upload = case.describe([PDF])
    case.send(upload, 1, PDF)
    values = {"actor": case.actor, "inspection": case.inspection, "upload_id": upload.id}
    with pytest.raises(Invalid):
        withdraw_upload(case.db, reason="  ", now=NOW, **values)  # type: ignore[arg-type]
    withdraw_upload(case.db, reason=f"Fel sida, {SECRET}", now=NOW, **values)  # type: ignore[arg-type]
    again = withdraw_upload(case.db, reason="Igen", now=NOW + timedelta(days=1), **values)  # type: ignore[arg-type]
    assert again.withdrawn_at == NOW and SECRET in again.withdrawal and case.opened(upload) == PDF
    assert kinds_logged(case.db).count(EventKind.FILE_WITHDRAWN) == 1


def test_a_file_from_a_page_is_known_by_its_bytes_and_sent_twice_is_one(case: Case) -> None:
    upload_id = new_id()
    large = photo(size=(2400, 2400))
    for _twice in range(2):
        upload = attach_file(
            case.db, actor=case.actor, inspection=case.inspection, source=case.document, title="",
            content=large, upload_id=upload_id, now=NOW,
        )  # fmt: skip
    assert upload.completed_at and upload.parts > 1 and SECRET.encode() not in case.opened(upload)
    for refused in (b"", b"GIF89a", SOUND):
        with pytest.raises(Invalid) as fault:
            attach_file(
                case.db, actor=case.actor, inspection=case.inspection, source=case.document, title="",
                content=refused, upload_id=new_id(), now=NOW,
            )  # fmt: skip
        assert fault.value.values["field"] == "file"


def test_five_senders_of_one_part_make_one_record(own_database_url: str, test_settings: object) -> None:
    from tillsyn.inspect.outside.keys import DataCipher
    from tillsyn.models.sealed import install_cipher

    install_cipher(DataCipher(test_settings.data_key))  # type: ignore[attr-defined]
    engine = make_engine(own_database_url)
    sessions = session_factory(engine)
    with sessions() as db:
        case = Case(db)
        upload = case.describe([PDF])
        db.commit()

    def send(_number: int) -> tuple[int, ...]:
        with sessions() as own:
            begin_writing(own)
            received = receive_part(
                own, actor=case.actor, upload_id=upload.id, n=1, content=PDF, sha256=hashed(PDF), now=NOW
            )
            own.commit()
            return received.parts

    with ThreadPoolExecutor(5) as senders:
        assert list(senders.map(send, range(5))) == [(1,)] * 5
    with sessions() as db:
        assert db.scalar(select(func.count()).select_from(UploadPart)) == 1
        assert kinds_logged(db).count(EventKind.FILE_RECEIVED) == 1
        assert db.scalar(select(func.count()).select_from(Inspection)) == 1
    engine.dispose()

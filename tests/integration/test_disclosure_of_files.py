"""A file that is asked for: whole, painted over, as a transcript, or not; and nothing lies beneath the paint."""

import hashlib
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy.orm import Session

from tests.builders import NOW
from tests.integration.test_disclosure import AUTHORITY, Openness, words_of
from tests.unit.reports.test_disclosure_pdf import everything_in
from tillsyn.inspect.errors import Invalid, NotFound, NotPossibleNow
from tillsyn.inspect.exchange.painted_pictures import LINES, Area
from tillsyn.inspect.services.answer_disclosure import hand_over, let_out, look_over
from tillsyn.inspect.services.assess_text import assess_text
from tillsyn.inspect.services.attach_file import attach_file
from tillsyn.inspect.services.disclose_file import (
    files_going,
    original_of,
    paint_over,
    read_sent_file,
    transcribe,
    transcript_of,
)
from tillsyn.inspect.services.mask_text import mask_passages, settle_proposals
from tillsyn.models.base import new_id
from tillsyn.models.interviews import Evidence
from tillsyn.models.openness import DisclosureRequest, DisclosureText
from tillsyn.models.openness_words import AskKind, AskOutcome, Assessed, Ground, TextKind
from tillsyn.models.uploads import UploadPart
from tillsyn.models.vocabulary import EvidenceKind

PAINTED = {"ground": Ground.SOCIAL, "reason": "Ett barn syns på bilden."}
FACE = (250, 5, 5)
WALL = (10, 120, 10)


def photo() -> bytes:
    """A wall with a face in its upper left corner."""
    picture = Image.new("RGB", (200, 200), WALL)
    picture.paste(FACE, (0, 0, 40, 40))
    made = BytesIO()
    picture.save(made, "PNG")
    return made.getvalue()


class Filed(Openness):
    """The case with a photo, and a request in which it is asked for."""

    def __init__(self, db: Session) -> None:
        super().__init__(db)
        seen = Evidence(
            inspection_id=self.inspection.id, kind=EvidenceKind.OBSERVATION, person="o1", title="Köket",
            noted_at=NOW, by_id=self.leader.user_id,
        )  # fmt: skip
        db.add(seen)
        db.flush()
        self.photo = photo()
        attach_file(
            db, actor=self.leader, inspection=self.inspection, source=seen, title="Schemat i köket",
            content=self.photo, upload_id=new_id(), now=NOW,
        )  # fmt: skip

    def asked(self, kind: AskKind = AskKind.PUBLIC) -> tuple[DisclosureRequest, DisclosureText]:
        request = self.taken(kind, TextKind.FILE)
        (text,) = request.texts
        return request, text

    def decided(
        self, request: DisclosureRequest, text: DisclosureText, assessed: Assessed, **values: object
    ) -> None:
        settle_proposals(
            self.db, text_id=text.id, shown=[one.id for one in text.masks], to_mask=[], ground=None, reason="",
            **self.at(request),
        )  # fmt: skip
        assess_text(self.db, text_id=text.id, assessed=assessed, **self.at(request), **values)

    def sent(self, request: DisclosureRequest) -> DisclosureRequest:
        hand_over(self.db, version=request.version, **self.at(request))
        look_over(self.db, version=request.version, **self.at(request, self.colleague))
        return let_out(self.db, version=request.version, authority=AUTHORITY, **self.at(request))


@pytest.fixture
def case(db: Session) -> Filed:
    return Filed(db)


def test_a_file_goes_out_as_it_is_and_the_answer_says_by_which_bytes(case: Filed) -> None:
    request, text = case.asked()
    case.decided(request, text, Assessed.FILE)
    case.sent(request)
    name, file = read_sent_file(case.db, request=request, text=text, n=1)
    assert (name, file.pieces[0]) == ("fil-1.png", case.photo)
    said = words_of(case.file(request))
    assert "Fil: bild (PNG), 1 kB. Schemat i köket" in said
    assert hashlib.sha256(case.photo).hexdigest() in said.replace(" ", "")
    assert request.outcome is AskOutcome.WHOLE


def test_what_is_painted_over_is_no_longer_in_the_picture(case: Filed) -> None:
    request, text = case.asked()
    paint_over(case.db, text_id=text.id, area=Area(1, 4, 1, 4), **case.at(request))
    case.decided(request, text, Assessed.COPY, **PAINTED)
    case.sent(request)
    _, file = read_sent_file(case.db, request=request, text=text, n=1)
    copy = Image.open(BytesIO(file.pieces[0])).convert("RGB")
    colours = {colour for _, colour in copy.getcolors(maxcolors=10_000) or ()}
    assert FACE not in colours
    assert WALL in colours
    assert Image.open(BytesIO(case.photo)).getpixel((5, 5)) == FACE
    assert request.outcome is AskOutcome.PARTLY
    assert "OSL 26 kap. 1 §" in words_of(case.file(request))


def test_two_pictures_that_differ_only_under_the_paint_give_the_same_bytes(case: Filed) -> None:
    from tillsyn.inspect.exchange.painted_pictures import painted_over

    other = Image.open(BytesIO(case.photo))
    other.paste((1, 2, 3), (0, 0, 40, 40))
    made = BytesIO()
    other.save(made, "PNG")
    area = Area(1, 4, 1, 4)
    assert painted_over(case.photo, area) == painted_over(made.getvalue(), area)


def test_a_transcript_goes_out_masked_and_the_file_does_not(case: Filed) -> None:
    request, text = case.asked()
    transcribe(
        case.db,
        text_id=text.id,
        transcript="På schemat står Zinkgruvan.\n\nOch städning.",
        **case.at(request),
    )
    assert transcript_of(text) == "På schemat står Zinkgruvan.\n\nOch städning."
    mask_passages(
        case.db, text_id=text.id, ground=Ground.SOCIAL, reason="Pekar ut en person.", words="Zinkgruvan",
        **case.at(request),
    )  # fmt: skip
    case.decided(request, text, Assessed.TRANSCRIPT, **PAINTED)
    case.sent(request)
    paper = case.file(request)
    assert "Och städning." in words_of(paper)
    assert "I stället får du en avskrift" in words_of(paper)
    assert b"Zinkgruvan" not in everything_in(paper)
    assert files_going(case.db, request) == []
    with pytest.raises(NotFound):
        read_sent_file(case.db, request=request, text=text, n=1)


def test_neither_a_copy_nor_a_transcript_is_chosen_before_it_is_made(case: Filed) -> None:
    request, text = case.asked()
    for assessed, said in ((Assessed.COPY, "no copy yet"), (Assessed.TRANSCRIPT, "no transcript yet")):
        with pytest.raises(Invalid, match=said):
            case.decided(request, text, assessed, **PAINTED)
    with pytest.raises(Invalid, match="what goes out"):
        case.decided(request, text, Assessed.OPEN)
    paint_over(case.db, text_id=text.id, area=Area(1, 1, 1, 1), **case.at(request))
    with pytest.raises(Invalid, match="section"):
        case.decided(request, text, Assessed.COPY)
    paint_over(case.db, text_id=text.id, area=None, **case.at(request))
    with pytest.raises(Invalid, match="no copy yet"):
        case.decided(request, text, Assessed.COPY, **PAINTED)


def test_to_paint_or_transcribe_anew_takes_the_decision_back(case: Filed) -> None:
    request, text = case.asked()
    case.decided(request, text, Assessed.FILE)
    paint_over(case.db, text_id=text.id, area=Area(1, 1, 1, 1), **case.at(request))
    assert text.assessed is None
    case.decided(request, text, Assessed.FILE)
    transcribe(case.db, text_id=text.id, transcript="Ett schema.", **case.at(request))
    assert text.assessed is None


@pytest.mark.parametrize("area", [Area(0, 1, 1, 1), Area(2, 1, 1, 1), Area(1, 1, 1, LINES + 1)])
def test_a_part_outside_the_grid_is_refused(case: Filed, area: Area) -> None:
    request, text = case.asked()
    with pytest.raises(Invalid, match="from 1 to 20"):
        paint_over(case.db, text_id=text.id, area=area, **case.at(request))


def test_a_file_that_was_exchanged_since_it_was_looked_at_does_not_leave(case: Filed) -> None:
    request, text = case.asked()
    case.decided(request, text, Assessed.FILE)
    for part in case.db.query(UploadPart):
        part.keep(photo() + b"another")
    case.db.flush()
    with pytest.raises(NotPossibleNow, match="not the one"):
        original_of(case.db, text)
    with pytest.raises(NotPossibleNow, match="not the one"):
        case.sent(request)


def test_no_file_is_read_as_sent_before_it_is(case: Filed) -> None:
    request, text = case.asked()
    case.decided(request, text, Assessed.FILE)
    with pytest.raises(NotFound):
        read_sent_file(case.db, request=request, text=text, n=1)
    case.sent(request)
    with pytest.raises(NotFound):
        read_sent_file(case.db, request=request, text=text, n=2)
    with pytest.raises(NotPossibleNow):
        paint_over(
            case.db, text_id=text.id, area=Area(1, 1, 1, 1), **case.at(request) | {"now": NOW + timedelta(1)}
        )

"""What is asked of a provider stands in the order of the letter: the first in the list is the first in the letter."""

from sqlalchemy.orm import Session

from tests.builders import NOW
from tests.integration.browsing import Browsing
from tests.integration.sent_letters import DUE, SentLetter, make_sent_letter
from tillsyn.inspect.services.read_letter import points_of
from tillsyn.models.assessments import Finding
from tillsyn.models.decisions import Communication
from tillsyn.models.letters import Paragraph
from tillsyn.models.vocabulary import FindingKind


def with_another_deficiency(db: Session) -> tuple[SentLetter, Finding]:
    """Written before the other one, and after it in the letter, which has the gravest first."""
    sent = make_sent_letter(db)
    slight = Finding(
        inspection_id=sent.inspection.id, position=-1, kind=FindingKind.DEFICIENCY, area="DEL", at=NOW, level=2,
        title="Barnen vet inte vart de kan vända sig", saw="Ingen skylt finns.",
        achieve="Barnen vet.", requirement="K20", due_on=DUE,
    )  # fmt: skip
    db.add(slight)
    db.flush()
    for language in ("sv", "en"):
        db.add(
            Paragraph(
                letter_id=sent.letter.id, language=language, section="deficiencies",
                key="deficiencies.two.title", position=9, finding_id=slight.id,
            )
        )  # fmt: skip
    db.flush()
    return sent, slight


def test_the_first_point_is_the_first_of_the_letter(db: Session) -> None:
    sent, slight = with_another_deficiency(db)
    order = [point.finding.id for point in points_of(db, sent.letter)]
    assert order[:2] == [sent.deficiency.id, slight.id]
    assert len(order) == 4, "advice and what works well come after"


def test_a_provider_finds_the_parts_of_the_letter_from_its_top(db: Session, client: Browsing) -> None:
    sent, _slight = with_another_deficiency(db)
    db.commit()
    client.sign_in_as(sent.provider)
    page = client.get(sent.address)
    for section in ("strengths", "deficiencies"):
        assert f'href="#letter-{section}"' in page.html and f'id="letter-{section}"' in page.html


def test_what_was_asked_before_the_decision_is_not_said_to_be_undecided_after_it(
    db: Session, client: Browsing
) -> None:
    sent = make_sent_letter(db)
    asked = Communication(
        inspection_id=sent.inspection.id,
        sent_at=NOW,
        reply_by_on=DUE,
        by_id=sent.inspector.id,
        replied_at=NOW,
    )
    db.add(asked)
    db.commit()
    client.sign_in_as(sent.provider)
    page = client.get(f"/facts/{asked.id}")
    assert "Det vi frågade er om" in page.text and "före beslutet" in page.text
    assert "Stämmer det här?" not in page.text and "Inget är beslutat än" not in page.text

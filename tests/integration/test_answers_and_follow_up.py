"""The inspector reads the answers, and follows each deficiency up until the case can be closed."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import NOW
from tests.integration.browsing import Browsing
from tests.integration.sent_letters import DUE, SentLetter, make_sent_letter
from tillsyn.inspect.services.find_inspection import find_inspection
from tillsyn.inspect.services.gather_facts import gather_facts
from tillsyn.models.letter_vocabulary import Stance
from tillsyn.models.letters import Answer, Measure
from tillsyn.models.provider_side import MeasureReport
from tillsyn.models.vocabulary import MeasureOutcome, Progress, State

FOUND: dict[str, str | list[str]] = {
    "outcome": "remedied",
    "shown": "Vi har läst schemat för maj.",
    "children_say": "De sover bättre.",
    "asked": "3",
    "wish": "only_in_general",
    "known_by": ["read", "children"],
    "better": "better",
}


@pytest.fixture
def sent(db: Session) -> SentLetter:
    made = make_sent_letter(db)
    db.commit()
    return made


def answered(db: Session, sent: SentLetter, *, measure: bool = True) -> Measure | None:
    for finding, stance, text in (
        (sent.deficiency, Stance.AGREES, "Vi håller med."),
        (sent.advice, Stance.DISAGREES, "Maten är bra."),
    ):
        db.add(
            Answer(
                letter_id=sent.letter.id,
                finding_id=finding.id,
                stance=stance,
                text=text,
                saved_at=NOW,
                by_id=sent.provider.id,
            )
        )
    row = None
    if measure:
        row = Measure(
            letter_id=sent.letter.id,
            finding_id=sent.deficiency.id,
            description="Vi schemalägger fast personal.",
            owner="Verksamhetschefen",
            due_on=DUE,
            proposed_at=NOW,
            by_id=sent.provider.id,
        )
        db.add(row)
    sent.letter.answers_sent_at = NOW
    sent.letter.answers_sent_by_id = sent.provider.id
    db.commit()
    return row


def page_of(sent: SentLetter, name: str) -> str:
    return f"/inspections/{sent.inspection.dnr}/{name}"


def fields(key: str, **values: str | list[str]) -> dict[str, str | list[str]]:
    return {f"f{key}-{name}": value for name, value in values.items()}


def test_what_is_not_sent_is_not_shown_to_the_authority(
    client: Browsing, sent: SentLetter, db: Session
) -> None:
    db.add(
        Answer(
            letter_id=sent.letter.id,
            finding_id=sent.deficiency.id,
            text="Ett utkast.",
            saved_at=NOW,
            by_id=sent.provider.id,
        )
    )
    db.commit()
    client.sign_in_as(sent.inspector)
    assert "Ett utkast." not in client.get(page_of(sent, "answers")).text
    assert "Ett utkast." not in client.get(page_of(sent, "follow-up")).text


def test_disagreement_stands_first_among_the_answers(client: Browsing, sent: SentLetter, db: Session) -> None:
    answered(db, sent)
    client.sign_in_as(sent.inspector)
    text = client.get(page_of(sent, "answers")).text
    assert text.index("Maten är bra.") < text.index("Vi håller med.")
    assert "Vi schemalägger fast personal." in text
    assert "Petra Huvud" in text


def test_a_measure_is_followed_up_with_evidence_and_the_childrens_word(
    client: Browsing, sent: SentLetter, db: Session
) -> None:
    measure = answered(db, sent)
    assert measure is not None
    client.sign_in_as(sent.inspector)
    page = client.get(page_of(sent, "follow-up"))
    told = "Berätta för dem som talade med oss vad det blev"
    assert told not in page.text
    action = f"follow-up/{sent.deficiency.id}/{measure.id}"
    key = measure.id.hex
    for name in FOUND:
        kept = client.submit(page, action=action, status=422, **fields(key, **(FOUND | {name: []})))
        assert name == "shown" or "Vi har läst schemat för maj." in kept.text
    assert gather_facts(db, find_inspection(db, sent.inspection.dnr), now=NOW).not_followed_up == ("K10",)
    client.submit(page, action=action, status=303, **fields(key, **FOUND))
    db.rollback()
    db.expire_all()
    found = db.get_one(Measure, measure.id)
    assert found.outcome is MeasureOutcome.REMEDIED
    assert (found.evidence, found.children_say) == ("Vi har läst schemat för maj.", "De sover bättre.")
    assert gather_facts(db, find_inspection(db, sent.inspection.dnr), now=NOW).not_followed_up == ()
    after = client.get(page_of(sent, "follow-up"))
    assert "De sover bättre." in after.text and told in after.text
    client.submit(after, action=action, status=303, **fields(key, outcome="remains"))
    db.rollback()
    db.expire_all()
    assert db.get_one(Measure, measure.id).outcome is MeasureOutcome.REMAINS


def test_a_deficiency_without_measures_is_followed_up_too(
    client: Browsing, sent: SentLetter, db: Session
) -> None:
    answered(db, sent, measure=False)
    client.sign_in_as(sent.inspector)
    page = client.get(page_of(sent, "follow-up"))
    key = sent.deficiency.id.hex
    client.submit(page, action=f"follow-up/{sent.deficiency.id}", status=303, **fields(key, **FOUND))
    made = db.scalars(select(Measure)).one()
    assert made.description == "Känd personal finns alla nätter."
    assert made.owner == "Strandgläntan Omsorg AB"
    assert "Vi har läst schemat för maj." in client.get(page_of(sent, "follow-up")).text


def test_advice_is_not_followed_up_as_a_deficiency(client: Browsing, sent: SentLetter, db: Session) -> None:
    answered(db, sent)
    client.sign_in_as(sent.inspector)
    key = sent.advice.id.hex
    client.post(page_of(sent, f"follow-up/{sent.advice.id}"), status=404, **fields(key, **FOUND))


def test_follow_up_belongs_to_its_state(client: Browsing, db: Session) -> None:
    made = make_sent_letter(db, State.DECISION)
    db.commit()
    client.sign_in_as(made.inspector)
    key = made.deficiency.id.hex
    client.post(page_of(made, f"follow-up/{made.deficiency.id}"), status=422, **fields(key, **FOUND))
    assert db.scalars(select(Measure)).all() == []


def test_nothing_closes_on_the_word_of_the_provider_alone(
    client: Browsing, sent: SentLetter, db: Session
) -> None:
    measure = answered(db, sent)
    assert measure is not None
    client.sign_in_as(sent.inspector)
    page = client.get(page_of(sent, "follow-up"))
    action = f"follow-up/{sent.deficiency.id}/{measure.id}"
    said = fields(measure.id.hex, **(FOUND | {"known_by": ["provider"]}))
    refused = client.submit(page, action=action, status=422, **said)
    assert "huvudmannens ord" in refused.text and "Vi har läst schemat för maj." in refused.html
    db.rollback()
    db.expire_all()
    assert db.get_one(Measure, measure.id).outcome is None


def test_where_the_provider_and_the_children_differ_both_stand_beside_each_other(
    client: Browsing, sent: SentLetter, db: Session
) -> None:
    measure = answered(db, sent)
    assert measure is not None
    report = MeasureReport(measure_id=measure.id, progress=Progress.DONE, at=NOW, by_id=sent.provider.id)
    report.said = "Alla nätter är bemannade."
    db.add(report)
    db.commit()
    client.sign_in_as(sent.inspector)
    page = client.get(page_of(sent, "follow-up"))
    assert "Alla nätter är bemannade." in page.text
    action, key = f"follow-up/{sent.deficiency.id}/{measure.id}", measure.id.hex
    worse = FOUND | {"outcome": "partly", "better": "same", "children_say": "Det är likadant som förut."}
    refused = client.submit(page, action=action, status=422, **fields(key, **worse))
    assert "Skriv hur ni väger det samman" in refused.text
    weighed = fields(key, weighed="Schemat är nytt, men de som jobbar är okända för dem.")
    client.submit(refused, action=action, status=303, **weighed)
    after = client.get(page_of(sent, "follow-up"))
    for said in ("Alla nätter är bemannade.", "Ingen skillnad", "De säger olika saker", "okända för dem"):
        assert said in after.text, said
    effect = client.get(page_of(sent, "follow-up/effect"))
    assert "Ingen skillnad" in effect.text and "<svg" in effect.html
    client.speak("en")
    client.get(page_of(sent, "follow-up/effect"))
    client.get(page_of(sent, "follow-up"))

"""Cases with a letter: one in review, one sent, one answered, one closed last year."""

from datetime import timedelta

from ...models.dialogue_vocabulary import Better, KnownBy
from ...models.letter_vocabulary import LetterKind
from ...models.vocabulary import MeasureOutcome, State, Wish
from ..services.discuss_letter import make_remark, resolve_remark
from ..services.find_letter import the_letter
from ..services.follow_up_measure import follow_up_measure
from ..services.review_letter import return_letter, submit_letter
from ..services.write_finding import FindingValues
from .assessments import GRANHOLMEN, LAST_YEAR, STRANDANGEN, TALLASEN
from .disclosures import ask_for_what_was_said
from .identities import decide_identities
from .letters import assess_and_weigh, deficiencies_of, first_of_section, improve_paragraph, write_letter
from .meetings import agree_to_meet, open_a_sanction
from .other_letters import (
    answer_children,
    correct_a_miscount,
    give_children_their_letters,
    hand_in,
    issue,
    note_copies,
    review_and_send,
    write_to_the_committee,
)
from .people import INSPECTOR, PEER_REVIEWER, PROVIDER, SECOND_INSPECTOR, SECOND_PROVIDER, SUPERVISOR
from .second_coders import code_by_two
from .story import Story
from .to_the_provider import Wrong, answer, sent

COMPLAINTS = Wrong(
    "K27",
    said="Det stämmer inte att inget antecknas. Sedan i mars skriver personalen upp synpunkter i dagboken.",
    why="Vi har läst dagboken igen. Synpunkterna står där, men ingen av dem har utretts eller besvarats.",
    saw="Synpunkter från de unga antecknas sedan i mars i dagboken, men de varken utreds eller besvaras.",
    english="Since March the staff write complaints down, but nobody looks into them or answers.",
)

VISITS = FindingValues(
    level=1,
    area="KON",
    requirement="K34",
    title="Socialsekreterarens besök hos den unge",
    saw="Besöken har blivit färre än vad som är sagt i planen.",
)
"""The placing committee answers for it, never the home: it goes to the committee in a letter of its own."""


def waiting_for_the_supervisor(story: Story) -> None:
    """In review for the second time: the peer reviewer's remark led to a clearer paragraph."""
    db, inspector = story.db, story.people[INSPECTOR]
    reviewer, supervisor = story.people[PEER_REVIEWER], story.people[SUPERVISOR]
    case = story.import_visit("granholmen", days_ago=24, imported=story.at(-20, 8))
    case = code_by_two(story, case, inspector, at=story.at(-13, 9))
    assess_and_weigh(story, case, inspector, GRANHOLMEN, at=story.at(-12, 8))
    letter = write_letter(story, case, inspector, due_on=story.today + timedelta(days=70), at=story.at(-9, 9))
    case = story.move(case, inspector, State.REVIEW, at=story.at(-9, 15))
    open_a_sanction(story, case, inspector)
    first = first_of_section(letter, "children")
    remark = make_remark(
        db,
        actor=reviewer,
        inspection=case,
        paragraph_id=first.id,
        text="Skriv ut att vi har vägt in vad de unga sade om vikarierna. De ska känna igen sig i brevet.",
        now=story.at(-6),
    )
    db.flush()
    return_letter(
        db,
        actor=supervisor,
        inspection=case,
        reason="Bra brev. Se granskarens anmärkning om barnens röster och lämna in det igen.",
        now=story.at(-5),
    )
    improve_paragraph(
        story,
        case,
        inspector,
        first.key,
        {
            "sv": "Det barnen sa om vikarierna har haft stor betydelse för vår bedömning.",
            "en": "What the children said about the temporary staff has mattered greatly to our assessment.",
        },
        "kontinuitet",
        at=story.at(-4),
    )
    resolve_remark(db, actor=inspector, inspection=case, remark_id=remark.id, now=story.at(-4, 11))
    db.flush()
    decide_identities(story, case, inspector, at=story.at(-4, 12))
    submit_letter(db, actor=inspector, inspection=case, now=story.at(-4, 13))
    answer_children(story, case, inspector, at=story.at(-4, 14))


def sent_to_the_provider(story: Story) -> None:
    """The provider has the letter since three days, with an order, and has not answered."""
    case = sent(
        story,
        "strandangen",
        STRANDANGEN,
        inspector=SECOND_INSPECTOR,
        provider=PROVIDER,
        days_ago=60,
        sent_days_ago=3,
        due_in_days=45,
        grave="K20",
    )
    agree_to_meet(story, case, story.people[SECOND_INSPECTOR], story.people[PROVIDER])


def answered_by_the_provider(story: Story) -> None:
    """The provider has answered with measures; one is followed up, the rest wait for the inspector."""
    db, provider, inspector = story.db, story.people[SECOND_PROVIDER], story.people[INSPECTOR]
    case = sent(
        story,
        "tallasen",
        TALLASEN,
        inspector=INSPECTOR,
        provider=SECOND_PROVIDER,
        days_ago=120,
        sent_days_ago=40,
        due_in_days=9,
        wrong=COMPLAINTS,
        for_committee=VISITS,
    )
    write_to_the_committee(story, case, inspector, story.people[SUPERVISOR], at=story.at(-37, 9))
    correct_a_miscount(
        story,
        case,
        inspector,
        story.people[SUPERVISOR],
        "Elva signaturer",
        "Nio signaturer",
        at=story.at(-38, 9),
    )
    letter = the_letter(db, case)
    answer(
        story,
        case,
        letter,
        provider,
        {
            "K27": (
                "De unga ska kunna klaga och få svar. Vi har tagit fram ett sätt tillsammans med dem.",
                "En synpunktsbok och ett möte varje fredag, där varje synpunkt får ett svar.",
            ),
            "K33": (
                "Läkemedlen delas nu av en person i taget, på förmiddagen.",
                "Ny rutin för delning och signering, och en egenkontroll varje vecka.",
            ),
        },
        at=story.at(-6),
    )
    done = next(one for one in deficiencies_of(story, case) if one.requirement == "K33")
    follow_up_measure(
        db,
        actor=inspector,
        inspection=case,
        letter=letter,
        finding_id=done.id,
        measure_id=None,
        outcome=MeasureOutcome.REMEDIED,
        shown="Signeringslistan för de senaste fyra veckorna är hel. Personalen känner till rutinen.",
        children_say="De unga får sina läkemedel i lugn och ro och vet vad de tar.",
        asked=4,
        wish=Wish.ONLY_IN_GENERAL,
        known_by=(KnownBy.READ, KnownBy.CHILDREN, KnownBy.STAFF),
        better=Better.BETTER,
        now=story.at(-1, 15),
    )
    give_children_their_letters(story, case, inspector, at=story.at(-36, 14))
    hand_in(story, case, inspector, LetterKind.FOLLOWUP, at=story.at(-1, 16))


def closed_last_year(story: Story) -> None:
    """The inspection before the one that is ready to weigh: one deficiency, remedied after a reminder."""
    db, inspector, provider = story.db, story.people[INSPECTOR], story.people[PROVIDER]
    case = sent(
        story,
        "nyponbacken-last-year",
        LAST_YEAR,
        inspector=INSPECTOR,
        provider=PROVIDER,
        days_ago=390,
        sent_days_ago=330,
        due_in_days=-240,
    )
    letter = the_letter(db, case)
    answer(
        story,
        case,
        letter,
        provider,
        {"K17": ("Vi delar bilden.", "De unga skriver om reglerna under våren, med stöd av personalen.")},
        at=story.at(-310),
    )
    give_children_their_letters(story, case, inspector, at=story.at(-325, 14))
    issue(story, case, inspector, LetterKind.REMINDER, at=story.at(-236))
    for finding in deficiencies_of(story, case):
        follow_up_measure(
            db,
            actor=inspector,
            inspection=case,
            letter=letter,
            finding_id=finding.id,
            measure_id=None,
            outcome=MeasureOutcome.REMEDIED,
            shown="De nya reglerna, undertecknade av alla som bor på hemmet.",
            children_say="De unga vi talade med per telefon är nöjda och kan berätta vad de ändrade.",
            asked=3,
            wish=Wish.MAY_BE_TOLD,
            known_by=(KnownBy.READ, KnownBy.CHILDREN),
            better=Better.BETTER,
            now=story.at(-230),
        )
    db.flush()
    review_and_send(
        story, case, inspector, story.people[SUPERVISOR], LetterKind.CLOSING, at=story.at(-230, 11)
    )
    note_copies(story, case, inspector, at=story.at(-229, 9))
    case = story.move(case, inspector, State.CLOSED, at=story.at(-229))
    ask_for_what_was_said(story, case, inspector, story.people[SUPERVISOR])

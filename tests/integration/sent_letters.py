"""A case whose letter a provider has in its hands, made row by row."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from tests.builders import NOW, make_home, make_inspection, make_provider, make_user
from tillsyn.inspect.rules.letter_numbers import new_number
from tillsyn.inspect.services.find_inspection import find_inspection
from tillsyn.models.assessments import Finding
from tillsyn.models.inspections import Inspection
from tillsyn.models.letter_vocabulary import LetterState
from tillsyn.models.letters import Letter, LetterVersion, Paragraph
from tillsyn.models.people import User
from tillsyn.models.vocabulary import FindingKind, Role, State, TeamRole
from tillsyn.reports import content as c
from tillsyn.reports.letter_data import to_data

DUE = date(2026, 6, 1)


@dataclass
class SentLetter:
    """The rows of a case in follow-up; `findings` by kind."""

    inspection: Inspection
    letter: Letter
    findings: dict[FindingKind, Finding]
    provider: User
    inspector: User
    decider: User

    @property
    def deficiency(self) -> Finding:
        return self.findings[FindingKind.DEFICIENCY]

    @property
    def advice(self) -> Finding:
        return self.findings[FindingKind.ADVICE]

    @property
    def address(self) -> str:
        return f"/letters/{self.letter.id}"

    def point(self, finding: Finding) -> str:
        return f"{self.address}/points/{finding.id}"


def make_findings(db: Session, inspection: Inspection) -> dict[FindingKind, Finding]:
    rows = {
        FindingKind.STRENGTH: {
            "level": 0,
            "title": "Personalen lyssnar",
            "saw": "De satte sig ner och väntade in.",
        },
        FindingKind.ADVICE: {"level": 1, "title": "Låt barnen påverka maten", "saw": "Barnen tar upp maten."},
        FindingKind.DEFICIENCY: {
            "level": 3,
            "title": "Nätterna är otrygga",
            "saw": "Två nätter i veckan saknas känd personal.",
            "achieve": "Känd personal finns alla nätter.",
            "requirement": "K10",
            "due_on": DUE,
        },
    }
    findings = {}
    for position, (kind, values) in enumerate(rows.items()):
        finding = Finding(
            inspection_id=inspection.id, position=position, kind=kind, area="TRY", at=NOW, **values
        )
        db.add(finding)
        findings[kind] = finding
    db.flush()
    return findings


def make_case(db: Session, state: State, *, findings: bool = True, **values: Any) -> SentLetter:
    """A case in `state` with a team, a provider's account, findings, and a letter that is approved."""
    company = make_provider(db, name="Strandgläntan Omsorg AB")
    home = make_home(db, company, name="Strandgläntan")
    inspector = make_user(db, Role.INSPECTOR, name="Ingrid Ek")
    decider = make_user(db, Role.SUPERVISOR, name="Doris Dal")
    inspection = make_inspection(
        db,
        state=state,
        home=home,
        team={TeamRole.INSPECTOR: inspector, TeamRole.DECISION_MAKER: decider},
        **values,
    )
    made = make_findings(db, inspection) if findings else {}
    letter = Letter(
        inspection_id=inspection.id,
        state=LetterState.APPROVED,
        author_id=inspector.id,
        composed_at=NOW,
        approved_by_id=decider.id,
        approved_at=NOW,
    )
    db.add(letter)
    db.flush()
    person = make_user(db, Role.PROVIDER, name="Petra Huvud", provider_id=company.id)
    return SentLetter(inspection, letter, made, person, inspector, decider)


def make_sent_letter(
    db: Session, state: State = State.FOLLOW_UP, at: datetime = NOW, **values: Any
) -> SentLetter:
    """As make_case, with the letter frozen in both languages and sent."""
    made = make_case(db, state, **values)
    made.letter.state = LetterState.SENT
    made.letter.sent_at = at
    for language in c.LANGUAGES:
        db.add(_version(made, language))
        for name, finding in _names(made):
            db.add(
                Paragraph(
                    letter_id=made.letter.id,
                    language=language,
                    section=name.split(".")[0],
                    key=f"{name}.title",
                    position=1,
                    finding_id=finding.id,
                )
            )
    db.flush()
    return made


def refreshed(db: Session, made: SentLetter) -> Inspection:
    return find_inspection(db, made.inspection.dnr)


def _names(made: SentLetter) -> list[tuple[str, Finding]]:
    return [
        ("strengths.care", made.findings[FindingKind.STRENGTH]),
        ("advice.food", made.findings[FindingKind.ADVICE]),
        ("deficiencies.K10", made.findings[FindingKind.DEFICIENCY]),
    ]


def _version(made: SentLetter, language: str) -> LetterVersion:
    content = letter_content(made.inspection.dnr, language)
    return LetterVersion(
        letter_id=made.letter.id,
        language=language,
        number=1,
        letter_number=new_number(secrets.choice),
        content=to_data(content),
        content_sha256="0" * 64,
        pdf=f"%PDF-1.7 {language}".encode(),
        pdf_sha256="1" * 64,
        html_sha256="2" * 64,
        at=NOW,
        by_id=made.decider.id,
        sent_at=made.letter.sent_at,
    )


def letter_content(dnr: str, language: str) -> c.Letter:
    def say(sv: str, en: str) -> str:
        return sv if language == "sv" else en

    return c.Letter(
        language=language,  # type: ignore[arg-type]
        kind=say("Återföring", "Feedback"),
        title=say("Vad vi såg och hörde", "What we saw and heard"),
        reference=dnr,
        dated_on=date(2026, 3, 9),
        authority=c.Authority("Exempelmyndigheten", "", (), ("010-000 00 00",), "tillsyn.example"),
        recipient=c.Recipient("Strandgläntan Omsorg AB", ()),
        copies=(),
        home="Strandgläntan",
        visit="",
        sections=(
            c.Section(
                "strengths",
                say("Det som fungerar väl hos er", "What works well with you"),
                None,
                (
                    c.Subheading("strengths.care.title", say("Personalen lyssnar", "The staff listen")),
                    c.Paragraph(
                        "strengths.care.text", say("De väntade in svaret.", "They waited for the answer.")
                    ),
                ),
            ),
            c.Section(
                "advice",
                say("Det vi föreslår", "What we suggest"),
                None,
                (
                    c.Advice(
                        "advice.food",
                        say("Låt barnen påverka maten", "Let the children influence the food"),
                        say("Vi föreslår att ni frågar dem.", "We suggest that you ask them."),
                    ),
                ),
            ),
            c.Section(
                "deficiencies",
                say("Det ni måste rätta till", "What you must put right"),
                None,
                (
                    c.Deficiency(
                        "deficiencies.K10",
                        1,
                        title=say("Nätterna är otrygga", "The nights are not safe"),
                        saw=say("Två nätter saknas känd personal.", "Known staff are absent two nights."),
                        sources=say("Barn, schema", "Children, rota"),
                        rule="SoF 5:2",
                        matters=say("Barnen sover sämre.", "The children sleep worse."),
                        level=say("Brist", "Deficiency"),
                        proportion=say("Det räcker med en redovisning.", "An account is enough."),
                        your_view="–",
                        achieve=say("Känd personal alla nätter.", "Known staff every night."),
                        due=say("1 juni 2026", "1 June 2026"),
                    ),
                ),
            ),
        ),
        signatures=(),
        method_stamp="HVB-VM 1.0",
    )

"""An authority with a case at every step of its way, made by the use cases themselves.

`build_rich_authority(db, settings)` fills an empty database. In each case there is something of
everything that a case at that step can hold: talks, evidence, marks, weighing, findings, a letter with
remarks, a reply, a meeting, a decision, answers and measures. MARKER stands in every text that tells of
a child, so that a test can look for it where it must not be.
"""

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from tests.builders import make_home, make_inspection, make_provider, make_user
from tests.example_inspection import check, small_inspection
from tests.rich_account import MARKER, NOW
from tests.rich_way import TEAM, Way, join_team
from tests.survey_cases import ask_the_children
from tillsyn.inspect.rules.guide_drafts import fields_of, number_of
from tillsyn.inspect.rules.lines_of_enquiry import OwnArea
from tillsyn.inspect.services.assess_oneself import assess_oneself
from tillsyn.inspect.services.edit_guide_draft import remove_question, save_part, start_guide_draft
from tillsyn.inspect.settings import Settings
from tillsyn.inspect.web.session import actor_of
from tillsyn.interview_guides.guide import load_pack
from tillsyn.models.people import User
from tillsyn.models.register import Home, Provider
from tillsyn.models.vocabulary import (
    OwnPicture,
    Role,
    State,
    TeamRole,
)

OUTSIDE = {
    "inspector_outside": Role.INSPECTOR,
    "supervisor_outside": Role.SUPERVISOR,
    "peer_reviewer_outside": Role.PEER_REVIEWER,
    "lawyer_outside": Role.LAWYER,
    "registrar": Role.REGISTRAR,
    "log_reviewer": Role.LOG_REVIEWER,
    "administrator": Role.ADMINISTRATOR,
    "method_owner": Role.METHOD_OWNER,
}
"""Others at the authority, who have nothing to do with the cases."""


@dataclass
class RichAuthority:
    """Ids of who and what there is; `cases` maps a name (a state's value, or one below) to a dnr."""

    people: dict[str, UUID] = field(default_factory=dict)
    cases: dict[str, str] = field(default_factory=dict)
    provider_id: UUID | None = None
    home_id: UUID | None = None
    draft_id: UUID | None = None
    """A draft of a guide with a fault, a question taken out, and a condition on another."""


def build_rich_authority(db: Session, settings: Settings) -> RichAuthority:
    """One case per state, and `empty`, `returned` (a letter sent back), `acute` and `overridden`."""
    made = RichAuthority()
    home = _people(db, made)
    data = with_grave_account(rich_inspection_file(home, db.get_one(Provider, home.provider_id)))
    for number, (name, until, spoiled) in enumerate(_cases(data), start=1):
        spoiled |= {"dnr": f"2026-1{number:04d}", "title": f"Tillsyn nummer {number}"}
        way = Way(db, made.people, settings, spoiled)
        way.go_as_far_as(until)
        if name == "returned":
            way.give_the_letter_back()
        if name == "acute":
            way.open_the_acute_track()
        made.cases[name] = spoiled["dnr"]
    _planned(db, made, home)
    made.draft_id = _draft_of_a_guide(db, made)
    leader = actor_of(db.get_one(User, made.people["leader"]))
    for name, closes_on in (("prepared", date(2026, 6, 1)), ("follow_up", NOW.date())):
        ask_the_children(db, made.cases[name], leader, closes_on=closes_on, secret=MARKER, now=NOW)
    db.flush()
    return made


def rich_inspection_file(home: Home, provider: Provider) -> dict[str, Any]:
    """The small example, of this home, with the marker in what was said."""
    data = small_inspection()
    data["home"] |= {"name": home.name, "municipality": home.municipality, "places": home.places}
    data["provider"] |= {"organisation_number": provider.organisation_number, "name": provider.name}
    data["planned_on"], data["risk_note"] = "2026-03-03", f"Tidigare oro, {MARKER}."
    data["arrangements"], data["note"] = f"Tolk till {MARKER}.", f"Filen nämner {MARKER}."
    data["order_overrides"] = []
    data["self_assessment"] = {"strengths": ["Vi äter tillsammans."], "worries": ["Nätterna är tunga."]}
    for source in (*data["interviews"], *data["evidence"]):
        for told in source["statements"]:
            told["text"] = f"{MARKER} var med när det hände: {told['theme']}."
    for talk in data["interviews"]:
        talk |= {"note": f"Efter samtalet med {MARKER}.", "place": f"Rummet intill {MARKER}"}
    data["evidence"][0]["title"] = "Rundvandring på kvällen"
    data["evidence"].append(
        {"person": "d1", "kind": "document", "title": "Rutin för natten", "statements": [_written("u6")]}
    )
    data["checks"] = [
        one if one["requirement"] != "K10" else check(
            "K10", "deviation", consequence=2, extent=1, note=f"En vaken natt, säger {MARKER}."
        )
        for one in data["checks"]
    ]  # fmt: skip
    return data


def with_grave_account(data: dict[str, Any]) -> dict[str, Any]:
    """The file with an account (u7) that a child gives alone: nothing else supports it."""
    told = copy.deepcopy(data["interviews"][0]["statements"][0])
    data["interviews"][0]["statements"].append(
        told | {"id": "u7", "theme": "bemotande", "text": f"En vuxen hotade {MARKER}.", "severity": 3}
    )
    return data


def _written(label: str) -> dict[str, Any]:
    told = copy.deepcopy(small_inspection()["evidence"][0]["statements"][0])
    return told | {"id": label, "text": f"Rutinen nämner {MARKER}.", "severity": 1}


def _cases(data: dict[str, Any]) -> Iterator[tuple[str, State, dict[str, Any]]]:
    """Name, how far to go, and the file; before the weighing the file itself says how far it has come."""
    children = copy.deepcopy(data)
    children["residents"][1]["outcome"] = None
    children["interviews"] = children["interviews"][:1]
    children["checks"] = []
    yield "children", State.CHILDREN, children
    overridden = copy.deepcopy(children)
    overridden["order_overrides"] = [
        {"reason": "Barnen är på läger och kommer hem i kväll.", "at": "2026-03-03T13:00+01:00"}
    ]
    overridden["interviews"] = data["interviews"][:2]
    yield "overridden", State.OTHER_TALKS, overridden
    talks = copy.deepcopy(data)
    talks["interviews"] = [talk for talk in talks["interviews"] if talk["kind"] != "manager"]
    del talks["interviews"][0]["ended_at"]
    talks["interviews"][1]["statements"][0]["severity"] = None
    talks["checks"] = talks["checks"][:3]
    yield "other_talks", State.OTHER_TALKS, talks
    documents = copy.deepcopy(data)
    documents["checks"] = documents["checks"][:10]
    yield "documents", State.DOCUMENTS, documents
    yield "acute", State.WEIGHING, copy.deepcopy(data)
    yield "returned", State.REVIEW, copy.deepcopy(data)
    for state in list(State)[list(State).index(State.WEIGHING) :]:
        yield state.value, state, copy.deepcopy(data)


def _draft_of_a_guide(db: Session, made: RichAuthority) -> UUID:
    owner = actor_of(db.get_one(User, made.people["method_owner"]))
    draft = start_guide_draft(db, actor=owner, pack="hvb", guide="child_6_12", now=NOW)
    last = draft.content["questions"][-1]["id"]
    remove_question(db, actor=owner, draft_id=draft.id, question=last, now=NOW)
    number = number_of(fields_of(draft.content, "C02"))
    worded = {"text_sv": "Är det roligt?", "only_if1": "age:6-12"}
    save_part(db, actor=owner, draft_id=draft.id, part="C02", number=number, fields=worded, now=NOW)
    return draft.id


def _people(db: Session, made: RichAuthority) -> Home:
    provider, other = make_provider(db), make_provider(db)
    home, elsewhere = make_home(db, provider), make_home(db, other)
    people = {name: make_user(db, role) for name, (role, _) in TEAM.items()}
    people |= {name: make_user(db, role) for name, role in OUTSIDE.items()}
    people["provider"] = make_user(db, Role.PROVIDER, provider_id=provider.id)
    people["other_provider"] = make_user(db, Role.PROVIDER, provider_id=other.id)
    people["home_manager"] = make_user(db, Role.HOME_MANAGER, home_id=home.id)
    people["other_home_manager"] = make_user(db, Role.HOME_MANAGER, home_id=elsewhere.id)
    made.people = {name: user.id for name, user in people.items()}
    made.provider_id, made.home_id = provider.id, home.id
    return home


def _planned(db: Session, made: RichAuthority, home: Home) -> None:
    """Cases before the visit: one with nothing in it, two on their way."""
    leader = db.get_one(User, made.people["leader"])
    empty = make_inspection(db, state=State.PLANNED, children=0, home=home, team={TeamRole.INSPECTOR: leader})
    made.cases["empty"] = empty.dnr
    for state in (State.PLANNED, State.PREPARED):
        case = make_inspection(
            db, state=state, children=0, home=home, team={TeamRole.INSPECTOR: leader},
            planned_on=date(2026, 4, 1), focus_areas=[load_pack("hvb").areas[0].id],
        )  # fmt: skip
        join_team(db, made.people, case)
        made.cases[state.value] = case.dnr
    manager = actor_of(db.get_one(User, made.people["home_manager"]))
    assess_oneself(
        db,
        actor=manager,
        strengths="Lugna kvällar",
        worries="Få vuxna",
        areas={"TRY": OwnArea(OwnPicture.PARTLY, "Vi är för få på kvällen.")},
        made_from="",
        send=False,
        now=NOW,
    )

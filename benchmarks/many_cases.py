"""The cases of an authority that has very many: each with team, steps, letter, findings, notices and log."""

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection

from tillsyn.models.event_kinds import EventKind
from tillsyn.models.notices import NoticeKind
from tillsyn.models.sealed import installed_cipher, settled
from tillsyn.models.search_keys import search_key
from tillsyn.models.vocabulary import Role, State

from .bulk_rows import Rows, any_row
from .chained_log import ChainedLog

PersonId = tuple[str, str]
"""Id and name of somebody with an account."""
People = Mapping[Role, Sequence[PersonId]]

PARTS = (
    ("inspector", Role.INSPECTOR),
    ("co_inspector", Role.INSPECTOR),
    ("decision_maker", Role.SUPERVISOR),
    ("peer_reviewer", Role.PEER_REVIEWER),
    ("lawyer", Role.LAWYER),
)
OPEN_SHARE = 0.05
WITH_DEFICIENCY = 0.5
WITH_GRAVE_ACCOUNT = 0.05
YEARS = 20
WAY = [state for state in State if state is not State.ARCHIVED]
OPEN_STATES = WAY[:-1]
WITH_LETTER = WAY[WAY.index(State.REVIEW) :]
READ = {"page": "cases.overview"}


def moment(now: datetime, days: float) -> str:
    """So many days before `now`, as the databases take it."""
    return str((now - timedelta(days=days)).replace(microsecond=0)) + ".000000"


class Cases:
    """Makes the rows of cases; `write` puts those that wait into the database."""

    def __init__(
        self, connection: Connection, ids: Iterator[str], chance: random.Random, now: datetime
    ) -> None:
        self._connection, self._ids, self._chance, self._now = connection, ids, chance, now
        self._moments: dict[float, str] = {}
        self._case: UUID

        def settle(held: bytes) -> bytes:
            return settled(connection, self._case, held)

        def like(table: str, *written: str, where: str = "1 = 1", **changed: object) -> Rows:
            return Rows(table, any_row(connection, table, where) | changed, *written, settle=settle)

        self._inspections = like(
            "inspections", "dnr", "title", "search_key", "home_id", "announced", "state", "planned_on",
            "visit_started_at", "visit_ended_at", "created_at", "state_since", imported_from=None,
        )  # fmt: skip
        self._team = like(
            "team_members", "inspection_id", "user_id", "name", "role", "position", "declared_at",
            has_conflict=False, conflict_note_sealed=None,
        )  # fmt: skip
        self._steps = like(
            "state_changes", "inspection_id", "from_state", "to_state", "began_at", "at", "by_id",
            reason_sealed=None,
        )  # fmt: skip
        self._letters = like(
            "letters", "inspection_id", "state", "submitted_at", "approved_at", "approved_by_id", "sent_at",
            "answers_sent_at", where="kind = 'feedback'",
        )  # fmt: skip
        self._findings = like("findings", "inspection_id", "due_on", where="kind = 'deficiency'")
        self._measures = like(
            "measures", "letter_id", "finding_id", "due_on", "outcome", "followed_up_at", evidence="Sett"
        )
        self._evidence = like("evidence", "inspection_id", "person")
        self._statements = like(
            "statements", "inspection_id", "evidence_id", "label", "severity",
            interview_id=None, resolution=None, text_sealed=None, position=0,
        )  # fmt: skip
        self._replies = like(
            "communications", "inspection_id", "sent_at", "reply_by_on", "replied_at",
            where="skip_ground IS NULL", draft_sealed=None, reply_sealed=None,
        )  # fmt: skip
        self._notices = like(
            "notices", "user_id", "kind", "inspection_id", "at", "read_at",
            letter_id=None, due_on=None, mail_id=None,
        )  # fmt: skip
        self._log = ChainedLog(connection)
        self.tables = (
            self._inspections, self._team, self._steps, self._letters, self._findings, self._measures,
            self._evidence, self._statements, self._replies, self._notices, *self._log.tables,
        )  # fmt: skip

    def write(self) -> None:
        for rows in self.tables:  # what is pointed at comes before what points
            rows.write(self._connection)

    def add(self, number: int, home: str, people: People) -> None:
        """Case `number` of `home`; one in twenty goes on."""
        chance = self._chance
        is_open = chance.random() < OPEN_SHARE
        state = chance.choice(OPEN_STATES) if is_open else State.CLOSED
        days = chance.randrange(120) if is_open else chance.randrange(120, YEARS * 365)
        before = state in (State.PLANNED, State.PREPARED)
        began = None if before else self._ago(days + 5)
        dnr, title, case = f"{2000 + number % 26}-{number:06d}", f"Tillsyn {number}", next(self._ids)
        self._case = UUID(case)
        installed_cipher().begin(self._connection, self._case)  # each case has a key of its own
        self._inspections.add(
            case, dnr, title, search_key(dnr, title), home, chance.random() < 0.6, state.value,
            self._ago(days - 60 if before else days + 5)[:10], began, began, self._ago(days + 60),
            self._ago(days),
        )  # fmt: skip
        team = self._team_of(case, days, people)
        began = self._ago(days + 60)
        for place in range(1, WAY.index(state) + 1):
            at = self._ago(days + 2 * (WAY.index(state) - place))
            step = WAY[place - 1].value, WAY[place].value
            self._steps.add(next(self._ids), case, *step, began, at, team[0])
            began = at
        if is_open or days < 365:
            self._tell(case, days, team)
        if state in WITH_LETTER:
            self._letter(case, state, days, team[2])
        if state is State.COMMUNICATION:
            reply_by, replied = self._ago(days - 21)[:10], self._ago(days) if chance.random() < 0.3 else None
            self._replies.add(next(self._ids), case, self._ago(days), reply_by, replied)
        if not before and chance.random() < WITH_GRAVE_ACCOUNT:
            source = next(self._ids)
            self._evidence.add(source, case, "o1")
            self._statements.add(next(self._ids), case, source, "u1", 3)

    def _team_of(self, case: str, days: int, people: People) -> list[str]:
        """The team, and what each of them has read."""
        team: list[str] = []
        for position, (part, role) in enumerate(PARTS):
            user, name = self._chance.choice(people[role])
            if user in team:
                user, name = next(one for one in people[role] if one[0] not in team)
            team.append(user)
            declared = self._ago(days + 50)
            self._team.add(next(self._ids), case, user, name, part, position, declared)
            for event in range(1 + (position == 0)):
                at = self._ago(days + event + position / 24)
                self._log.add(next(self._ids), at, EventKind.INSPECTION_READ, user, case, READ)
        return team

    def _tell(self, case: str, days: int, team: Sequence[str]) -> None:
        """Two notices to each in the team; half have been read."""
        for place, user in enumerate(team):
            for kind in (NoticeKind.ADDED_TO_TEAM, NoticeKind.LETTER_SUBMITTED):
                at = self._ago(days + place / 24)
                read = at if self._chance.random() < 0.5 else None
                self._notices.add(next(self._ids), user, kind.value, case, at, read)

    def _letter(self, case: str, state: State, days: int, approver: str) -> None:
        letter, at = next(self._ids), self._ago(days)
        sent = at if state in (State.FOLLOW_UP, State.CLOSED) else None
        answered = sent if self._chance.random() < 0.7 else None
        if sent:
            self._letters.add(letter, case, "sent", at, at, approver, sent, answered)
        else:
            self._letters.add(letter, case, "in_review", at, None, None, None, None)
        if self._chance.random() < WITH_DEFICIENCY:
            finding, due = next(self._ids), self._ago(days - 90)[:10]
            self._findings.add(finding, case, due)
            if sent and (state is State.CLOSED or self._chance.random() < 0.3):
                self._measures.add(next(self._ids), letter, finding, due, "remedied", at)

    def _ago(self, days: float) -> str:
        known = self._moments.get(days)
        if known is None:
            known = self._moments[days] = moment(self._now, days)
        return known

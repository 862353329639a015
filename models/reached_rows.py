"""PostgreSQL: which rows of each table whoever asks reaches at all; the words and the rules, as SQL.

A second line behind inspect/rules/access.py, and coarser: it keeps a question whose condition is wrong or was
forgotten from giving rows of a case that is none of the asker's (docs/database-roles.md). Who asks is told in
settings of the transaction (inspect/outside/reach.py); without them nothing is seen and nothing written:

`tillsyn.reach`     the person's roles, and words below, with spaces between
`tillsyn.person`    the id of the account; `tillsyn.provider` and `tillsyn.home` whose side it is on
`tillsyn.moment`    when it is asked; the database's own clock when that is not told
`tillsyn.case`      the one case that is reached whole
`tillsyn.near`      cases that the person is known to reach: tillsyn_come_near has looked

A new table is reached as the case it belongs to, by itself (row_security.py). It is named here when that does
not fit: in OPEN when it holds nothing of a case, in NAMED when it has a rule of its own, in TO_THEM when its
provider reaches it too.
"""

# Nothing in these questions comes from outside: names of tables, and words of this file.
# ruff: noqa: S608

from collections.abc import Mapping
from dataclasses import dataclass

SYSTEM, DOOR, SURVEY, LETTER, DEVICE, LEAVING = "system", "door", "survey", "letter", "device", "leaving"
"""All rows: commands, the worker, migrations, backup. Nobody signed in. A child with a code. Anybody who asks
whether a letter is genuine. A device that sends. Parts in cases of an account that is closed."""

GLASS, ONE_CASE, DISPOSAL, KEYS = "glass", "one_case", "disposal", "keys"
"""Who only reads also reaches what they have opened in need (break-glass). One case whole, whoever asks: what
devices sent is taken into it, or it is packed for the e-archive. The job that disposes reaches the cases that
two people have agreed on and none beside. Keys of all cases, for their rotation."""

DATES, REASONS, RELIABILITY, MONITORING = "dates", "reasons", "reliability", "monitoring"
EARLIER, LOSS, DISPOSABLE, IN_NEED, NUMBERS = "earlier", "loss", "disposable", "in_need", "numbers"
"""What a question finds in cases of others and tells without their content: next dates of cases in a list,
which homes have reason for a visit, how alike two coders judge, how the method's rules are departed from and
how long things take, what earlier visits to the home came to, how much a lost device held, what stands in the
way of a disposal, which case has the number that is opened in need and who is to be told of it, and whether
a registration number is taken."""
READ_ACROSS: Mapping[str, frozenset[str]] = {
    DATES: frozenset({"communications", "findings", "letters", "measures"}),
    REASONS: frozenset({
        "inspections", "findings", "interviews", "letters", "letter_versions", "measures",
        "self_assessments", "statements", "surveys", "survey_results",
    }),
    RELIABILITY: frozenset({"codings"}),
    MONITORING: frozenset({"overrides", "provider_times", "weighing_runs", "weighed_areas"}),
    DISPOSABLE: frozenset({
        "state_changes", "letters", "measures", "sanction_matters", "corrections", "disclosure_requests",
        "notices", "uploads", "surveys", "survey_codes", "arrived_notes", "awaited_ops", "device_holdings",
        "field_heads", "field_ops", "field_records", "held_ops", "quarantined_ops",
    }),
    DISPOSAL: frozenset({"notices"}),
    EARLIER: frozenset({
        "inspections", "letters", "findings", "measures", "residents", "weighing_runs", "weighed_areas",
    }),
    LOSS: frozenset({"residents", "interviews", "statements", "field_ops", "quarantined_ops"}),
    IN_NEED: frozenset({"inspections", "team_members"}),
    NUMBERS: frozenset({"inspections"}),
}  # fmt: skip
"""What each of these may read beside the rule of the case, and never write."""

STAFF = ("inspector", "supervisor", "peer_reviewer", "lawyer")
THEIR_SIDE = ("provider", "home_manager")

PERSON = "nullif(current_setting('tillsyn.person', true), '')::uuid"
PROVIDER = "nullif(current_setting('tillsyn.provider', true), '')::uuid"
HOME = "nullif(current_setting('tillsyn.home', true), '')::uuid"
CASE = "nullif(current_setting('tillsyn.case', true), '')::uuid"
NEAR = "(SELECT nullif(current_setting('tillsyn.near', true), '')::uuid[])::uuid[]"
MOMENT = "coalesce(nullif(current_setting('tillsyn.moment', true), '')::timestamptz, now())"
ANYBODY = "(SELECT coalesce(current_setting('tillsyn.reach', true), '') <> '')"

PARTS, CASES, THEIRS, OPENED, NOBODYS = "parts", "cases", "theirs", "opened", "nobodys"
"""Lists of cases: of the person's teams, with a conflict of interest too; those that they are not kept from;
of the homes of their side, known to them or announced; opened in need; for supervisors, secret ones that
nobody leads or decides in, which they staff."""


def reaches(*words: str) -> str:
    """Is one of `words` among those of the transaction? Asked once in a question, not for each row."""
    listed = ", ".join(f"'{word}'" for word in words)
    return f"(SELECT tillsyn_reaches({listed}))"


def listed(case: str, *lists: str) -> str:
    """Is the case on one of these lists, or one that a job is about?

    The list is made once in a question, when the first row asks for it; where all rows are of cases that
    are near (`tillsyn_come_near`) it is not made at all.
    """
    names = " ".join(lists)
    found = f"{case} IN (SELECT tillsyn_cases('{names}'))"
    return f"{case} = ANY ({NEAR}) OR {found}" if {PARTS, CASES} & set(lists) else found


def through(parent: str, column: str, key: str = "id", also: str = "true") -> str:
    """As the row of `parent` that this one belongs to: its own policy is asked, and `also` of it."""
    # our own words
    return f"EXISTS (SELECT 1 FROM {parent} parent WHERE parent.{key} = {column} AND ({also}))"  # nosec B608


# A visit that nobody has been told of and that has not begun (OSL 17 kap. 1 §), as rules/access.py has it.
KNOWN_OF = "({0}announced OR {0}visit_started_at IS NOT NULL OR {0}state NOT IN ('planned', 'prepared'))"
KNOWN = KNOWN_OF.format("")


@dataclass(frozen=True, slots=True)
class Rule:
    """`words`: who reaches all rows; `plain`: what lets in by the row itself; `lists`: of which cases others
    reach the rows; `also`: what lets in beside that, and is dear to ask."""

    words: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    also: str = ""
    plain: str = ""


# --- What each table adds to the rule of its case -------------------------------------------------------

OPEN = frozenset({
    "authenticators", "calendar_feeds", "committees", "device_alarms", "devices",
    "event_links", "guide_versions", "homes", "identity_links", "invitations", "mail_choices",
    "missing_numbers", "municipalities", "outgoing_mails", "passkey_challenges", "passkeys", "permits",
    "providers", "reason_weightings", "recoveries", "recovery_codes", "register_changes",
    "register_imports", "role_requests", "sign_in_attempts", "sign_in_sessions", "survey_failures",
    "user_roles", "users",
})  # fmt: skip
"""Tables that hold nothing of a case: to everybody whose reach is told."""

# our own words
OWN_DEVICE = f"EXISTS (SELECT 1 FROM devices d WHERE d.id = device_id AND d.user_id = {PERSON})"  # nosec B608

NO_CASE = "'00000000-0000-0000-0000-000000000000'::uuid"

# In a rule that which costs least comes first: what stands behind an OR is worked out when it is needed.
NAMED: Mapping[str, Rule] = {
    "inspections": Rule(
        ("log_reviewer", DEVICE, LEAVING), (PARTS, THEIRS, NOBODYS),
        f"{reaches(LETTER)} AND tillsyn_also(id)",
        plain=f"{reaches('supervisor', 'registrar')} AND {KNOWN}",
    ),
    "team_members": Rule(("supervisor", "registrar", "log_reviewer", DEVICE, LEAVING), (PARTS, THEIRS)),
    "state_changes": Rule(("supervisor",), (CASES, THEIRS)),
    "events": Rule(
        ("supervisor", "log_reviewer"), (PARTS,),
        plain=f"actor_id = {PERSON} OR (inspection_id IS NULL AND {ANYBODY})",
    ),
    "notices": Rule(
        (DOOR, "supervisor"), (PARTS, THEIRS),
        plain=f"user_id = {PERSON} OR (inspection_id IS NULL AND {PERSON} IS NOT NULL)",
    ),
    "glass_openings": Rule(("log_reviewer", "supervisor"), (CASES,), plain=f"user_id = {PERSON}"),
    "data_keys": Rule(
        (*STAFF, *THEIR_SIDE, "registrar", "log_reviewer", DEVICE, SURVEY, LETTER, KEYS), (),
        f"(holder_id = {NO_CASE} AND {ANYBODY}) OR ({reaches(DISPOSAL)} AND {listed('holder_id')})",
    ),
    "retention_rules": Rule(("supervisor", "registrar", "log_reviewer", DISPOSAL)),
    "disposals": Rule(("supervisor", "registrar", "log_reviewer", DISPOSAL)),
    "disposal_cases": Rule(("supervisor", "registrar", "log_reviewer", DISPOSAL)),
    "archive_packages": Rule(("supervisor", "registrar"), (CASES,)),
    "legal_holds": Rule(("supervisor", "registrar"), (CASES,)),
    "log_draws": Rule(("log_reviewer",)),
    "log_samples": Rule(("log_reviewer",)),
    "signals": Rule((*STAFF, "registrar")),
    "device_holdings": Rule(("supervisor",), (PARTS,), OWN_DEVICE),
    "quarantined_ops": Rule((DEVICE,), (CASES,), OWN_DEVICE),
    "awaited_ops": Rule((*STAFF, DEVICE, ONE_CASE, DISPOSAL)),
}  # fmt: skip
"""Tables whose rows are reached in a way of their own."""

ENTERED = frozenset({"disclosure_requests"})
"""What registrars enter and hand out: these rows, and nothing that hangs on them."""

WIDER: Mapping[str, tuple[str, ...]] = {
    "disclosure_requests": ("registrar",),
    "surveys": (SURVEY,),
    "survey_codes": (SURVEY,),
    "survey_results": (SURVEY,),
    "arrived_notes": (DEVICE,),
    "field_heads": (DEVICE,),
    "field_ops": (DEVICE,),
    "field_records": (DEVICE,),
    "held_ops": (DEVICE,),
}
"""Who reaches all rows beside the rule of the case, by table."""

WHICH: Mapping[str, str] = {"letters": f"{reaches(LETTER)} AND (state = 'sent' OR tillsyn_sent(id))"}
"""What is reached beside the rule of the case, by what the row itself says."""

TO_THEM = frozenset({
    "letters", "letter_versions", "paragraphs", "findings", "answers", "answer_files", "measures",
    "measure_reports", "outcome_grounds", "communications", "reply_points", "dialogue_meetings",
    "meeting_times", "meeting_confirmations", "agenda_items", "document_requests", "provider_times",
    "self_assessments", "corrections", "corrected_words", "decisions",
})  # fmt: skip
"""Tables of a case with something that is sent to its provider or comes from it."""

WHEN_SENT: Mapping[str, str] = {
    "letters": "state = 'sent' OR tillsyn_theirs_too(id)",
    "communications": f"sent_at IS NOT NULL OR NOT {reaches(*THEIR_SIDE)}",
}
"""From when its provider reaches a row; others reach it before that."""

FILLED: Mapping[str, str] = {
    "inspections": reaches(*STAFF),
    "log_samples": reaches(*STAFF),
    "team_members": ANYBODY,
    "events": ANYBODY,
    "notices": ANYBODY,
}
"""Into which rows are put that whoever puts them may not see afterwards, and by whom."""

NEVER_IN_NEED = frozenset({"child_identities", "log_samples", "disposal_cases"})
"""What nobody reads by having opened a case: who a child is, and how the authority looks at its own. One that
has no case of its own must hang on a table that has."""

"""PostgreSQL: which rows of each table whoever asks reaches at all; the words and the rules, as SQL.

A second line behind inspect/rules/access.py, and coarser: it keeps a question whose condition is wrong or was
forgotten from giving rows of a case that is none of the asker's (docs/database-roles.md). Who asks is told in
settings of the transaction (inspect/outside/reach.py); without them nothing is seen and nothing written:

`tillsyn.reach`     the person's roles, and words below, with spaces between
`tillsyn.person`    the id of the account; `tillsyn.provider` and `tillsyn.home` whose side it is on
`tillsyn.moment`    when it is asked; the database's own clock when that is not told
`tillsyn.case`      the one case that is reached whole

A new table is reached as the case it belongs to, by itself (row_security.py). It is named here when that does
not fit: in OPEN when it holds nothing of a case, in NAMED when it has a rule of its own, in TO_THEM when its
provider reaches it too.
"""

# Nothing in these questions comes from outside: names of tables, and words of this file.
# ruff: noqa: S608

from collections.abc import Mapping

SYSTEM, DOOR, SURVEY, LETTER, DEVICE, LEAVING = "system", "door", "survey", "letter", "device", "leaving"
"""All rows: commands, the worker, migrations, backup. Nobody signed in. A child with a code. Anybody who asks
whether a letter is genuine. A device that sends. Parts in cases of an account that is closed."""

GLASS, ONE_CASE, DISPOSAL, KEYS = "glass", "one_case", "disposal", "keys"
"""Who only reads also reaches what they have opened in need (break-glass). One case whole, whoever asks: what
devices sent is taken into it, or it is packed for the e-archive. The job that disposes reaches the cases that
two people have agreed on and none beside. Keys of all cases, for their rotation."""

DATES, REASONS, RELIABILITY, MONITORING = "dates", "reasons", "reliability", "monitoring"
EARLIER, LOSS, DISPOSABLE, IN_NEED = "earlier", "loss", "disposable", "in_need"
"""What a question finds in cases of others and tells without their content: next dates of cases in a list,
which homes have reason for a visit, how alike two coders judge, how the method's rules are departed from and
how long things take, what earlier visits to the home came to, how much a lost device held, what stands in the
way of a disposal, and which case has the number that is opened in
need and who is to be told of it."""
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
}  # fmt: skip
"""What each of these may read beside the rule of the case, and never write."""

STAFF = ("inspector", "supervisor", "peer_reviewer", "lawyer")
THEIR_SIDE = ("provider", "home_manager")

PERSON = "(SELECT nullif(current_setting('tillsyn.person', true), '')::uuid)"
PROVIDER = "nullif(current_setting('tillsyn.provider', true), '')::uuid"
HOME = "nullif(current_setting('tillsyn.home', true), '')::uuid"
CASE = "(SELECT nullif(current_setting('tillsyn.case', true), '')::uuid)"
MOMENT = "coalesce(nullif(current_setting('tillsyn.moment', true), '')::timestamptz, now())"
ANYBODY = "(SELECT coalesce(current_setting('tillsyn.reach', true), '') <> '')"


def reaches(*words: str) -> str:
    """Is one of `words` among those of the transaction? Asked once in a question, not for each row."""
    listed = ", ".join(f"'{word}'" for word in words)
    return f"(SELECT tillsyn_reaches({listed}))"


# A visit that nobody has been told of and that has not begun (OSL 17 kap. 1 §), as rules/access.py has it.
_KNOWN = "({0}announced OR {0}visit_started_at IS NOT NULL OR {0}state NOT IN ('planned', 'prepared'))"
KNOWN = _KNOWN.format("")

FUNCTIONS = {
    "tillsyn_reaches(VARIADIC words text[])": (
        "boolean", "sql",
        "SELECT coalesce(string_to_array(current_setting('tillsyn.reach', true), ' ') && words, false)",
    ),
    # The rest look into tables that have policies themselves, and would ask those policies again.
    "tillsyn_parts()": (
        "SETOF uuid", "plpgsql",
        f"SELECT inspection_id FROM team_members WHERE user_id = {PERSON}",  # nosec B608
    ),
    "tillsyn_cases()": (
        "SETOF uuid", "plpgsql",
        f"SELECT inspection_id FROM team_members WHERE user_id = {PERSON}"  # nosec B608
        f" EXCEPT SELECT inspection_id FROM team_members WHERE user_id = {PERSON} AND has_conflict",
    ),
    "tillsyn_carried()": (
        "SETOF uuid", "plpgsql",
        "SELECT h.inspection_id FROM device_holdings h JOIN devices d ON d.id = h.device_id"  # nosec B608
        f" WHERE d.user_id = {PERSON} UNION SELECT a.inspection_id FROM arrived_notes a"
        f" JOIN devices d ON d.id = a.device_id WHERE d.user_id = {PERSON}",
    ),
    "tillsyn_opened()": (
        "SETOF uuid", "plpgsql",
        f"SELECT g.inspection_id FROM glass_openings g WHERE g.user_id = {PERSON} AND g.closed_at IS NULL"  # nosec B608
        f" AND g.ends_at > {MOMENT} AND NOT EXISTS (SELECT 1 FROM team_members m"
        " WHERE m.inspection_id = g.inspection_id AND m.user_id = g.user_id)",
    ),
    "tillsyn_disposed()": (
        "SETOF uuid", "plpgsql",
        "SELECT c.inspection_id FROM disposal_cases c JOIN disposals d ON d.id = c.disposal_id"
        " WHERE d.approved_at IS NOT NULL AND d.done_at IS NULL AND c.disposed_at IS NULL"
        " AND c.left_because IS NULL",
    ),
    "tillsyn_theirs()": (
        "SETOF uuid", "plpgsql",
        f"SELECT i.id FROM inspections i WHERE i.home_id = {HOME} AND {_KNOWN.format('i.')}"  # nosec B608
        " UNION ALL SELECT i.id FROM homes h JOIN inspections i ON i.home_id = h.id"
        f" WHERE {HOME} IS NULL AND h.provider_id = {PROVIDER} AND {_KNOWN.format('i.')}",
    ),
    "tillsyn_nobodys(asked uuid)": (
        "boolean", "plpgsql",
        "SELECT NOT EXISTS (SELECT 1 FROM team_members m WHERE m.inspection_id = asked"
        " AND m.user_id IS NOT NULL AND NOT m.has_conflict"
        " AND m.role IN ('inspector', 'decision_maker'))",
    ),
    "tillsyn_sent(asked uuid)": (
        "boolean", "plpgsql",
        "SELECT EXISTS (SELECT 1 FROM letter_versions v WHERE v.letter_id = asked AND v.sent_at IS NOT NULL)",
    ),
}  # fmt: skip
"""Signature: result, language and question. All are STABLE, and run as whoever asks."""


def in_parts(case: str) -> str:
    """In its team, with a conflict of interest too; or its notes lie in a device of the person."""
    return (
        f"({reaches(*STAFF)} AND {case} IN (SELECT tillsyn_parts()))"
        f" OR ({reaches(DEVICE)} AND {case} IN (SELECT tillsyn_carried()))"
    )


def in_cases(case: str) -> str:
    """In its team and not kept from it; or its notes lie in a device of the person."""
    return (
        f"({reaches(*STAFF)} AND {case} IN (SELECT tillsyn_cases()))"
        f" OR ({reaches(DEVICE)} AND {case} IN (SELECT tillsyn_carried()))"
    )


def in_need(case: str) -> str:
    """Opened in need by the person, who has no part in it, and only reads; not closed again."""
    return f"({reaches(GLASS)} AND {case} IN (SELECT tillsyn_opened()))"


def in_one_case(case: str) -> str:
    """In the one case that is named."""
    return f"({reaches(ONE_CASE)} AND {case} = {CASE})"


def in_disposal(case: str) -> str:
    """In a disposal that is approved and not carried out of it yet."""
    return f"({reaches(DISPOSAL)} AND {case} IN (SELECT tillsyn_disposed()))"


def of_theirs(case: str) -> str:
    """Of a home of the person's provider, or of the home that they manage; known to them or announced."""
    return f"({reaches(*THEIR_SIDE)} AND {case} IN (SELECT tillsyn_theirs()))"


def through(parent: str, column: str, key: str = "id", also: str = "true") -> str:
    """As the row of `parent` that this one belongs to: its own policy is asked, and `also` of it."""
    return f"EXISTS (SELECT 1 FROM {parent} parent WHERE parent.{key} = {column} AND {also})"  # nosec B608


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

OWN_DEVICE = f"EXISTS (SELECT 1 FROM devices d WHERE d.id = device_id AND d.user_id = {PERSON})"  # nosec B608

NO_CASE = "'00000000-0000-0000-0000-000000000000'::uuid"

# In a rule that which costs least comes first: what stands behind an OR is worked out when it is needed.
NAMED: Mapping[str, str] = {
    "inspections": (
        f"({reaches('supervisor', 'registrar')} AND {KNOWN}) OR {reaches('log_reviewer', DEVICE, LEAVING)}"  # nosec B608
        f" OR {in_parts('id')} OR ({reaches('supervisor')} AND tillsyn_nobodys(id)) OR {of_theirs('id')}"
        f" OR ({reaches(LETTER)} AND EXISTS (SELECT 1 FROM letters l WHERE l.inspection_id = inspections.id))"
    ),
    "team_members": (
        f"{reaches('supervisor', 'registrar', 'log_reviewer', DEVICE, LEAVING)}"
        f" OR {in_parts('inspection_id')} OR {of_theirs('inspection_id')}"
    ),
    "state_changes": (
        f"{reaches('supervisor')} OR {in_cases('inspection_id')} OR {of_theirs('inspection_id')}"
    ),
    "events": (
        f"{reaches('supervisor', 'log_reviewer')} OR {in_parts('inspection_id')}"
        f" OR actor_id = {PERSON} OR (inspection_id IS NULL AND {ANYBODY})"
    ),
    "notices": (
        f"user_id = {PERSON} OR {reaches(DOOR, 'supervisor')} OR {in_parts('inspection_id')}"
        f" OR {of_theirs('inspection_id')} OR (inspection_id IS NULL AND {PERSON} IS NOT NULL)"
    ),
    "glass_openings": (
        f"user_id = {PERSON} OR {reaches('log_reviewer', 'supervisor')} OR {in_cases('inspection_id')}"
    ),
    "data_keys": (
        f"({ANYBODY} AND holder_id = {NO_CASE}) OR {in_disposal('holder_id')}"
        f" OR {reaches(*STAFF, *THEIR_SIDE, 'registrar', 'log_reviewer', DEVICE, SURVEY, LETTER, KEYS)}"
    ),
    "retention_rules": reaches("supervisor", "registrar", "log_reviewer", DISPOSAL),
    "disposals": reaches("supervisor", "registrar", "log_reviewer", DISPOSAL),
    "disposal_cases": reaches("supervisor", "registrar", "log_reviewer", DISPOSAL),
    "archive_packages": f"{reaches('supervisor', 'registrar')} OR {in_cases('inspection_id')}",
    "legal_holds": f"{reaches('supervisor', 'registrar')} OR {in_cases('inspection_id')}",
    "log_draws": reaches("log_reviewer"),
    "log_samples": reaches("log_reviewer"),
    "signals": reaches(*STAFF, "registrar"),
    "device_holdings": f"{in_parts('inspection_id')} OR {reaches('supervisor')} OR {OWN_DEVICE}",
    "quarantined_ops": f"{in_cases('inspection_id')} OR {reaches(DEVICE)} OR {OWN_DEVICE}",
    "awaited_ops": reaches(*STAFF, DEVICE, ONE_CASE, DISPOSAL),
}
"""Tables whose rows are reached in a way of their own."""

ENTERED = frozenset({"disclosure_requests"})
"""What registrars enter and hand out: these rows, and nothing that hangs on them."""

WIDER: Mapping[str, str] = {
    "disclosure_requests": reaches("registrar"),
    "surveys": reaches(SURVEY),
    "survey_codes": reaches(SURVEY),
    "survey_results": reaches(SURVEY),
    "arrived_notes": reaches(DEVICE),
    "field_heads": reaches(DEVICE),
    "field_ops": reaches(DEVICE),
    "field_records": reaches(DEVICE),
    "held_ops": reaches(DEVICE),
    "letters": f"({reaches(LETTER)} AND (state = 'sent' OR tillsyn_sent(id)))",
}
"""What is reached beside the rule of the case, by table."""

TO_THEM = frozenset({
    "letters", "letter_versions", "paragraphs", "findings", "answers", "answer_files", "measures",
    "measure_reports", "outcome_grounds", "communications", "reply_points", "dialogue_meetings",
    "meeting_times", "meeting_confirmations", "agenda_items", "document_requests", "provider_times",
    "self_assessments", "corrections", "corrected_words", "decisions",
})  # fmt: skip
"""Tables of a case with something that is sent to its provider or comes from it."""

WHEN_SENT: Mapping[str, str] = {
    "letters": "(state = 'sent' OR tillsyn_sent(id))",
    "communications": "sent_at IS NOT NULL",
}
"""From when its provider reaches a row."""

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

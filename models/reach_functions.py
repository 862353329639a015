"""PostgreSQL: the functions that policies ask (reached_rows.py). All of them run as whoever asks.

None is written in SQL, though most are one question: a function in SQL is read anew and written into each
question that asks for it, table by table, and a page of a case took three times as long.
"""

# Nothing in these questions comes from outside: names of tables, and words of reached_rows.py.
# ruff: noqa: S608

from .reached_rows import (
    CASE,
    CASES,
    DEVICE,
    DISPOSAL,
    GLASS,
    HOME,
    KNOWN_OF,
    LETTER,
    MOMENT,
    NOBODYS,
    ONE_CASE,
    OPENED,
    PARTS,
    PERSON,
    PROVIDER,
    STAFF,
    SYSTEM,
    THEIR_SIDE,
    THEIRS,
)

_WORDS = "string_to_array(current_setting('tillsyn.reach', true), ' ')"


def _any_of(*words: str) -> str:
    listed = ", ".join(f"'{word}'" for word in words)
    return f"words && ARRAY[{listed}]"


# A setting of the function itself would be shorter, and only a superuser may give it one.
_LOOK = f"PERFORM set_config('tillsyn.reach', '{SYSTEM}', true);"
_LOOKED = "PERFORM set_config('tillsyn.reach', before, true);"

_IN_TEAM = f"SELECT m.inspection_id FROM team_members m WHERE m.user_id = {PERSON}"  # our own words  # nosec B608
# Not by EXISTS, which looks for each of thousands of cases: those that one is kept from are few.
_NOT_KEPT_FROM = (
    "m.inspection_id NOT IN (SELECT c.inspection_id FROM team_members c"  # our own words  # nosec B608
    f" WHERE c.user_id = {PERSON} AND c.has_conflict)"
)
_IN_HAND = (
    "SELECT h.inspection_id FROM device_holdings h JOIN devices d ON d.id = h.device_id"  # our own words  # nosec B608
    f" WHERE d.user_id = {PERSON} UNION SELECT a.inspection_id FROM arrived_notes a"
    f" JOIN devices d ON d.id = a.device_id WHERE d.user_id = {PERSON}"
)
_IN_NEED = (
    # our own words
    f"SELECT g.inspection_id FROM glass_openings g WHERE g.user_id = {PERSON} AND g.closed_at IS NULL"  # nosec B608
    f" AND g.ends_at > {MOMENT} AND NOT EXISTS (SELECT 1 FROM team_members m"
    " WHERE m.inspection_id = g.inspection_id AND m.user_id = g.user_id)"
)
_IN_DISPOSAL = (
    "SELECT c.inspection_id FROM disposal_cases c JOIN disposals d ON d.id = c.disposal_id"
    " WHERE d.approved_at IS NOT NULL AND d.done_at IS NULL AND c.disposed_at IS NULL"
    " AND c.left_because IS NULL"
)
# our own words
_OF_HOME = f"SELECT i.id FROM inspections i WHERE i.home_id = {HOME} AND {KNOWN_OF.format('i.')}"  # nosec B608
_OF_PROVIDER = (
    "SELECT i.id FROM homes h JOIN inspections i ON i.home_id = h.id"  # our own words  # nosec B608
    f" WHERE h.provider_id = {PROVIDER} AND {KNOWN_OF.format('i.')}"
)
_SENT = "EXISTS (SELECT 1 FROM letter_versions v WHERE v.letter_id = asked AND v.sent_at IS NOT NULL)"
_WITHOUT_STAFF = (
    "NOT EXISTS (SELECT 1 FROM team_members m WHERE m.inspection_id = {0} AND m.user_id IS NOT NULL"
    " AND NOT m.has_conflict AND m.role IN ('inspector', 'decision_maker'))"
)
_SECRET = (
    "SELECT i.id FROM inspections i WHERE i.state IN ('planned', 'prepared')"  # our own words  # nosec B608
    f" AND i.disposed_at IS NULL AND NOT {KNOWN_OF.format('i.')} AND {_WITHOUT_STAFF.format('i.id')}"
)

_CASES = f"""
DECLARE
    before text := current_setting('tillsyn.reach', true);
    words text[] := {_WORDS};
    wanted text[] := string_to_array(lists, ' ');
BEGIN
    {_LOOK}
    IF {_any_of(*STAFF)} AND '{PARTS}' = ANY (wanted) THEN
        RETURN QUERY {_IN_TEAM};
    ELSIF {_any_of(*STAFF)} AND '{CASES}' = ANY (wanted) THEN
        RETURN QUERY {_IN_TEAM} AND {_NOT_KEPT_FROM};
    END IF;
    IF {_any_of(DEVICE)} AND wanted && ARRAY['{PARTS}', '{CASES}'] THEN
        RETURN QUERY {_IN_HAND};
    END IF;
    IF {_any_of(GLASS)} AND '{OPENED}' = ANY (wanted) THEN
        RETURN QUERY {_IN_NEED};
    END IF;
    IF {_any_of(*THEIR_SIDE)} AND '{THEIRS}' = ANY (wanted) THEN
        IF {HOME} IS NULL THEN
            RETURN QUERY {_OF_PROVIDER};
        ELSE
            RETURN QUERY {_OF_HOME};
        END IF;
    END IF;
    IF {_any_of("supervisor")} AND '{NOBODYS}' = ANY (wanted) THEN
        RETURN QUERY {_SECRET};
    END IF;
    IF {_any_of(ONE_CASE)} THEN
        RETURN QUERY SELECT {CASE};
    END IF;
    IF {_any_of(DISPOSAL)} THEN
        RETURN QUERY {_IN_DISPOSAL};
    END IF;
    {_LOOKED}
END"""  # our own words  # nosec B608


def _looking(question: str) -> str:
    return f"""
DECLARE before text := current_setting('tillsyn.reach', true); found boolean;
BEGIN {_LOOK} found := {question}; {_LOOKED} RETURN found; END"""


_ALSO = f"""
DECLARE before text := current_setting('tillsyn.reach', true); words text[] := {_WORDS}; found boolean;
BEGIN
    {_LOOK}
    found := {_any_of(LETTER)} AND EXISTS (SELECT 1 FROM letters l WHERE l.inspection_id = asked
        AND (l.state = 'sent' OR EXISTS (
            SELECT 1 FROM letter_versions v WHERE v.letter_id = l.id AND v.sent_at IS NOT NULL)));
    {_LOOKED}
    RETURN found;
END"""  # our own words  # nosec B608

_THEIRS_TOO = f"""
DECLARE words text[] := {_WORDS};
BEGIN
    IF {_any_of(*THEIR_SIDE)} THEN RETURN tillsyn_sent(asked); END IF;
    RETURN true;
END"""

_COME_NEAR = f"""
DECLARE before text := current_setting('tillsyn.reach', true); words text[] := {_WORDS}; found uuid[];
BEGIN
    IF {_any_of(*STAFF)} THEN
        {_LOOK}
        SELECT array_agg(m.inspection_id) INTO found FROM team_members m
            WHERE {{0}} AND m.user_id = {PERSON} AND {_NOT_KEPT_FROM};
        {_LOOKED}
    END IF;
    PERFORM set_config('tillsyn.near', coalesce(found::text, ''), true);
END"""  # our own words  # nosec B608
_NUMBERED = "m.inspection_id = (SELECT i.id FROM inspections i WHERE i.dnr = asked)"

STABLE = "STABLE"
FUNCTIONS = {
    "tillsyn_reaches(VARIADIC words text[])": (
        "boolean", STABLE, f"BEGIN RETURN coalesce({_WORDS} && words, false); END",
    ),
    "tillsyn_cases(lists text)": ("SETOF uuid", STABLE, _CASES),
    "tillsyn_nobodys(asked uuid)": ("boolean", STABLE, _looking(_WITHOUT_STAFF.format("asked"))),
    "tillsyn_sent(asked uuid)": ("boolean", STABLE, _looking(_SENT)),
    "tillsyn_theirs_too(asked uuid)": ("boolean", STABLE, _THEIRS_TOO),
    "tillsyn_also(asked uuid)": ("boolean", STABLE, _ALSO),
    "tillsyn_come_near(asked text)": ("void", "VOLATILE", _COME_NEAR.format(_NUMBERED)),
    "tillsyn_come_near(asked uuid[])": (
        "void", "VOLATILE", _COME_NEAR.format("m.inspection_id = ANY (asked)"),
    ),
}  # fmt: skip
"""Signature: result, volatility and body."""

EARLIER_FUNCTIONS = (
    "tillsyn_parts()", "tillsyn_cases()", "tillsyn_carried()", "tillsyn_opened()", "tillsyn_disposed()",
    "tillsyn_theirs()",
)  # fmt: skip
"""What policies asked before they asked these: taken away where it is found."""

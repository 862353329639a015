"""`only_if` of a guide as `relevant` of an XLSForm, and back, as far as a guide can say it.

A guide knows whether something is noted under a question, not what; and age, interpreter and themes of the
talk. Every other expression stays an expression of the form: it is never evaluated, and never taken in part.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ...interview_guides.conditions import (
    AgeBand,
    Condition,
    LanguageInterpreted,
    QuestionNoted,
    ThemeRaised,
)

AGE, INTERPRETED, THEMES_RAISED = "age", "interpreted", "themes_raised"
"""What is known of a talk: in the form they are questions of their own, put first."""

_NAME = r"\$\{\s*(?P<name>[^}\s]+)\s*\}"
_EMPTY = r"(?:''|\"\")"
_NOTED = re.compile(
    rf"{_NAME}\s*(?P<sign>!=|=)\s*{_EMPTY}"
    rf"|(?:string-length|count-selected)\(\s*{_NAME.replace('name', 'of')}\s*\)"
    r"\s*(?P<size>>\s*0|!=\s*0|>=\s*1|=\s*0)"
)
_THEME = re.compile(rf"selected\(\s*{_NAME}\s*,\s*'(?P<theme>[^']+)'\s*\)")
_SPOKEN = re.compile(rf"{_NAME}\s*!=\s*'(?P<other>yes|no)'")
_BAND = re.compile(
    rf"\(?\s*{_NAME}\s*>=\s*(?P<first>\d+)\s+and\s+\$\{{\s*(?P=name)\s*\}}\s*<=\s*(?P<last>\d+)\s*\)?"
)
_NOT = re.compile(r"not\s*\((?P<inner>.*)\)", re.DOTALL)


def relevance_of(only_if: tuple[Condition, ...], facts: Mapping[str, str]) -> str:
    """The expression. `facts`: the names that AGE, INTERPRETED and THEMES_RAISED have in the form."""
    parts = [_expression(condition, facts) for condition in only_if]
    return parts[0] if len(parts) == 1 else " and ".join(f"({part})" for part in parts)


def _expression(condition: Condition, facts: Mapping[str, str]) -> str:
    match condition:
        case QuestionNoted(question, noted):
            return f"${{{question}}} {'!=' if noted else '='} ''"
        case AgeBand(bands):
            age = f"${{{facts[AGE]}}}"
            within = [f"({age} >= {first} and {age} <= {last})" for first, last in bands]
            return " or ".join([f"{age} = ''", *within])  # an age that is not known hides nothing
        case ThemeRaised(theme):
            return f"selected(${{{facts[THEMES_RAISED]}}}, '{theme}')"
        case LanguageInterpreted(interpreted):
            return f"${{{facts[INTERPRETED]}}} != '{'no' if interpreted else 'yes'}'"


def facts_in(only_if: tuple[Condition, ...]) -> set[str]:
    """Which facts of the talk the conditions ask for."""
    kinds = {AgeBand: AGE, ThemeRaised: THEMES_RAISED, LanguageInterpreted: INTERPRETED}
    return {kinds[type(condition)] for condition in only_if if type(condition) in kinds}


def conditions_of(
    expression: str, questions: Mapping[str, str], facts: Mapping[str, str]
) -> list[dict[str, Any]] | None:
    """The conditions as a guide file writes them; None when a guide cannot say the whole expression.

    `questions`: earlier questions, from their name in the form to their id. `facts`: from the name in the
    form to AGE, INTERPRETED or THEMES_RAISED.
    """
    found = []
    for part in _conjuncts(expression):
        condition = _condition(part, questions, facts)
        if condition is None:
            return None
        found.append(condition)
    return found


def _condition(part: str, questions: Mapping[str, str], facts: Mapping[str, str]) -> dict[str, Any] | None:
    negated = _NOT.fullmatch(part)
    noted = _NOTED.fullmatch(_bare(negated["inner"]) if negated else part)
    if noted is not None:
        name = noted["name"] or noted["of"]
        if name not in questions:
            return None
        is_noted = (noted["sign"] or noted["size"].replace(" ", "")) in ("!=", ">0", "!=0", ">=1")
        return {"question": questions[name], "noted": "true" if is_noted != bool(negated) else "false"}
    theme, spoken = _THEME.fullmatch(part), _SPOKEN.fullmatch(part)
    if theme is not None and facts.get(theme["name"]) == THEMES_RAISED:
        return {"theme_raised": theme["theme"]}
    if spoken is not None and facts.get(spoken["name"]) == INTERPRETED:
        return {"language_interpreted": "true" if spoken["other"] == "no" else "false"}
    return _age_band(part, facts)


def _age_band(part: str, facts: Mapping[str, str]) -> dict[str, Any] | None:
    unknown, *within = [_bare(one) for one in _parted(part, "or")]
    empty = _NOTED.fullmatch(unknown)
    if not within or empty is None or empty["sign"] != "=" or facts.get(empty["name"]) != AGE:
        return None
    bands = [_BAND.fullmatch(one) for one in within]
    if any(band is None or band["name"] != empty["name"] for band in bands):
        return None
    return {"age_band": [f"{band['first']}-{band['last']}" for band in bands if band is not None]}


def _conjuncts(expression: str) -> Iterator[str]:
    """What must all hold. "and" binds before "or": an expression with "or" outside brackets is one whole."""
    bare = _bare(expression)
    parts = list(_parted(bare, "and")) if len(list(_parted(bare, "or"))) == 1 else [bare]
    if len(parts) == 1:
        yield bare
    else:
        for part in parts:
            yield from _conjuncts(part)


def _parted(expression: str, word: str) -> Iterator[str]:
    """The expression parted at a word that stands outside brackets and quotes."""
    depth, quote, begins = 0, "", 0
    for place, letter in enumerate(expression):
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "'\"":
            quote = letter
        elif letter in "([{":
            depth += 1
        elif letter in ")]}":
            depth -= 1
        elif (
            depth == 0
            and letter.isspace()
            and re.match(rf"\s{word}\s", expression[place : place + len(word) + 2])
        ):
            yield expression[begins:place].strip()
            begins = place + len(word) + 2
    yield expression[begins:].strip()


def _bare(part: str) -> str:
    """Without brackets around the whole of it."""
    part = part.strip()
    while part.startswith("(") and part.endswith(")") and _closes_last(part):
        part = part[1:-1].strip()
    return part


def _closes_last(part: str) -> bool:
    depth, quote = 0, ""
    for place, letter in enumerate(part):
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "'\"":
            quote = letter
        else:
            depth += (letter == "(") - (letter == ")")
            if depth == 0:
                return place == len(part) - 1
    return False

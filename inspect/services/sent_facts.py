"""What was sent to the provider for reply, kept as it was: what it answered stands for ever (FL 25 §).

A finding may be changed after the facts are sent; then the page of the provider still shows what it
replied to, and the page of the case shows what has been changed since.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from ...interview_guides.content import Text
from ...interview_guides.guide import Pack
from ...models.assessments import Finding

Rule = tuple[Text, Text]
"""The name of the requirement and where it stands in law."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One finding as the provider sees it. Who said what is no part of it."""

    finding: str
    """The id of the finding, as text."""
    title: str
    saw: str
    level: int
    rule: Rule | None = None


def facts_from(findings: Iterable[Finding], pack: Pack) -> tuple[Fact, ...]:
    """The facts as the findings stand now."""
    return tuple(
        Fact(
            finding=str(one.id),
            title=one.title,
            saw=one.saw,
            level=one.level,
            rule=_rule(one.requirement, pack) if one.requirement else None,
        )
        for one in findings
    )


def _rule(requirement: str, pack: Pack) -> Rule:
    rule = pack.requirement(requirement)
    return rule.title, rule.source


def frozen(facts: Sequence[Fact]) -> str:
    """The facts as JSON, to be sealed."""
    return json.dumps([asdict(one) for one in facts], ensure_ascii=False)


def read_frozen(text: str) -> tuple[Fact, ...]:
    """The facts that `frozen` was given; none of an empty text, from before facts were kept."""
    return tuple(
        Fact(
            one["finding"], one["title"], one["saw"], one["level"],
            (Text(**one["rule"][0]), Text(**one["rule"][1])) if one["rule"] else None,
        )
        for one in json.loads(text or "[]")
    )  # fmt: skip


def changed_since(sent: Sequence[Fact], now: Sequence[Fact]) -> tuple[str, ...]:
    """Titles of what has been added, written otherwise or taken away since the facts were sent."""
    before = {one.finding: one for one in sent}
    after = {one.finding: one for one in now}
    written = [one.title for one in now if before.get(one.finding) != one]
    return (*written, *(one.title for one in sent if one.finding not in after))

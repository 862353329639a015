"""From the severity of a deviation to a proposed legal level (METHOD, "two scales"; DOMAIN 4a).

The two scales are never mixed: severity belongs to the method, the level of a finding is a
person's decision with reasons. These are proposals.
"""

from ...models.vocabulary import FindingKind, LegalLevel

LAWYER_FROM = LegalLevel.MALPRACTICE
"""From this level on, and for sanctions, a lawyer takes part in the review."""


def level_of_deviation(severity: int) -> LegalLevel:
    """The level proposed for a deviation: severity 1 → 2, 2 → 3, 3 → 4, 4 → 5.

    Severity 0, a trifle put right at once, is a minor deficiency where it is held at all: that is
    only when the requirement opens the sanction track, which no correction closes (SoL 28 kap. 16 §).
    """
    return LegalLevel(max(1, severity) + 1)


def kind_of_level(level: int) -> FindingKind:
    if level <= LegalLevel.WORKS_WELL:
        return FindingKind.STRENGTH
    return FindingKind.ADVICE if level == LegalLevel.DEVELOPMENT else FindingKind.DEFICIENCY


def needs_lawyer(level: int, sanction: bool) -> bool:
    return sanction or level >= LAWYER_FROM

"""The constants of HVB-VM 1.0. They are decided by the authority, never per case.

Changing any of them makes another method version: raise VERSION, compare old and new results
side by side, and never recompute stored results in place. `config_hash` covers all of them.
"""

from fractions import Fraction

from .scales import Perspective

METHOD = "HVB-VM"
VERSION = "1.0.0"

#: Voting weight per perspective, in the order in which pairs and rows are shown.
WEIGHTS = {
    Perspective.CHILD: 4,
    Perspective.COMPLIANCE: 3,
    Perspective.OBSERVATION: 2,
    Perspective.STAFF: 1,
    Perspective.MANAGER: 1,
    Perspective.DOCUMENT: 1,
}
WEIGHTED = tuple(WEIGHTS)
#: Groups of people, read at one third. The other weighted perspectives are read at the worst.
PERSON_GROUPS = (Perspective.CHILD, Perspective.STAFF, Perspective.MANAGER)
#: Seen by the inspector or standing in the record: corroborates by itself.
DIRECT_EVIDENCE = frozenset({Perspective.OBSERVATION, Perspective.DOCUMENT})

HIGHEST_LEVEL = 4
GRAVE = 3
ACUTE = 4

#: A group is read at the ceil(n / READING_DIVISOR)-th lowest voice; its half at ceil(n / HALF_DIVISOR).
READING_DIVISOR = 3
HALF_DIVISOR = 2

#: Present weight needed before a position is given without a grave account or a deviation (V0).
ENOUGH_WEIGHT = 4

T1_CORROBORATED = 1
T1_ACUTE_FIRST_HAND = 1
T1_OPEN = 2
T1_NOT_CONFIRMED = 3
#: Highest position by the level of compliance (T2).
T2_BY_COMPLIANCE = {4: 4, 3: 4, 2: 2, 1: 1}
#: Highest position by the level at which the children are read (T3).
T3_BY_THIRD = {4: 4, 3: 3, 2: 3, 1: 2}
T3_NO_CHILD = 3
T3_ONE_CHILD_AT_OR_BELOW = 2
T3_ONE_CHILD = 3
T4_PERSPECTIVES_AT_TOP = 2
T4_TOO_FEW = 3

#: Fewer sources than this behind grave accounts: review before anything leaves the authority.
DISCLOSURE_K = 3
#: Minor deviations in one area after which a person is asked whether they are systemic.
PATTERN_DEVIATIONS = 3

ALPHA_GOOD = Fraction(4, 5)
ALPHA_TENTATIVE = Fraction(667, 1000)

#: Shares of talks with a deviation up to which the concern about method is minor, moderate.
DEVIATING_TALKS_MINOR = Fraction(1, 3)
DEVIATING_TALKS_MODERATE = Fraction(2, 3)
#: Shares of sources with something first-hand from which the concern about relevance is none, minor.
FIRST_HAND_GOOD = Fraction(2, 3)
FIRST_HAND_FAIR = Fraction(1, 2)
#: Fewer weighted perspectives than this make the evidence thin.
ADEQUATE_PERSPECTIVES = 3
#: Points of concern that cost one step of confidence.
CONCERN_PER_STEP = 3

#: What unheard children are assumed to have said for the two bounds.
UNHEARD_WORST = 2
UNHEARD_BEST = 4

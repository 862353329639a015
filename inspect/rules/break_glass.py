"""How a case is read by somebody without a part in it: for how long, how often one may try. Pure.

Who may stands in access.py. A case is read and nothing is written in it; the team, supervisors and those who
review the log are told at once, and each opening is reviewed and signed by somebody else (SoLPuL 10 §).
"""

from datetime import timedelta

OPEN_FOR = timedelta(hours=4)
FEWEST_CHARACTERS = 20
"""Of the person's own words about why."""
MOST_TRIES = 5
SPAN = timedelta(hours=1)
"""With numbers that cannot be opened; then one has to wait, and numbers cannot be tried in masses."""

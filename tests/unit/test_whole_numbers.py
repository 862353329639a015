"""A registration number is read as one: no line is broken after its hyphen."""

import pytest
from markupsafe import Markup

from tillsyn.inspect.web.whole_numbers import whole_numbers


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Strandgläntan, 2026-01210", 'Strandgläntan, <span class="whole">2026-01210</span>'),
        ("Dnr 10-00123-2026", 'Dnr <span class="whole">10-00123-2026</span>'),
        ("A <b> & 2026-01210", 'A &lt;b&gt; &amp; <span class="whole">2026-01210</span>'),
        ("Hem 12, två-tre", "Hem 12, två-tre"),
        (Markup('<a href="/inspections/2026-01210">x</a>'), '<a href="/inspections/2026-01210">x</a>'),
    ],
)
def test_a_number_stays_whole_and_everything_else_is_escaped_as_before(said: str, shown: str) -> None:
    assert whole_numbers(said) == shown

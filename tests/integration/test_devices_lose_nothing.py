"""Whatever devices, pages and the network do, no note is lost, none comes twice, and all see the same.

On the real services, all the way into the records of the case. The other parts of the many sequences are
beside this file, so that they are played at the same time.
"""

import pytest

from tests.field_play import play, play_part, world_in
from tillsyn.inspect.settings import Settings

LONG = {"sqlite": 60, "postgresql": 20}


def test_three_devices_a_page_and_a_failing_network_lose_nothing(
    backend: str, own_database_url: str, test_settings: Settings
) -> None:
    with world_in(own_database_url, test_settings.data_key) as world:
        assert play(world, sequences=LONG[backend], steps=8) >= LONG[backend]


@pytest.mark.slow
@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_the_first_part_of_two_thousand_sequences(own_database_url: str, test_settings: Settings) -> None:
    play_part(own_database_url, test_settings.data_key, 1)

"""The fourth part of the sequences of tests/integration/test_devices_lose_nothing.py."""

import pytest

from tests.field_play import play_part
from tillsyn.inspect.settings import Settings


@pytest.mark.slow
@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_the_fourth_part_of_two_thousand_sequences(own_database_url: str, test_settings: Settings) -> None:
    play_part(own_database_url, test_settings.data_key, 4)

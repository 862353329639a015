"""A long text takes less room when it is packed before it is sealed, and opens as what it was."""

from uuid import UUID

import pytest

from tillsyn.inspect.outside.keys import DataCipher, WrongKeyOrRow
from tillsyn.models.sealed import install_cipher, opened, packed, sealed_bytes

ROW, OTHER = UUID(int=1), UUID(int=2)
PLACE = ("arrived_notes", "content_sealed")


@pytest.fixture(autouse=True)
def cipher() -> None:
    install_cipher(DataCipher(bytes(32)))


@pytest.mark.parametrize("text", ["", "[]", "Vi får vara med och bestämma. " * 1000, "x", "ÿ", "\x00"])
def test_what_is_packed_opens_as_it_was(text: str) -> None:
    assert opened(*PLACE, ROW, sealed_bytes(*PLACE, ROW, packed(text.encode()))) == text


def test_what_was_sealed_without_being_packed_opens_too() -> None:
    assert opened(*PLACE, ROW, sealed_bytes(*PLACE, ROW, b"[1]")) == "[1]"


def test_it_takes_a_tenth_of_the_room_and_is_bound_to_its_row() -> None:
    text = b'{"device_id":"0192f0c1-0000-7a4b-8c5d-6e7f80910203","value":"Mycket lugnt"}'
    sealed = sealed_bytes(*PLACE, ROW, packed(text * 500))
    assert len(sealed) < len(text) * 50
    with pytest.raises(WrongKeyOrRow):
        opened(*PLACE, OTHER, sealed)

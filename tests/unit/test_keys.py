"""Sealed text: it opens with its key in its own row, and nowhere else."""

import os
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillsyn.inspect.outside.keys import NONCE, VERSION, DataCipher, WrongKeyOrRow
from tillsyn.models import sealed
from tillsyn.models.inspections import Resident
from tillsyn.models.interviews import Interview, Statement
from tillsyn.models.sealed import NoCipher, install_cipher

KEY = bytes(range(32))
ROW = b"statements.text_sealed:0190"


@pytest.fixture(autouse=True)
def cipher() -> None:
    install_cipher(DataCipher(KEY))


@given(st.binary(max_size=500), st.binary(max_size=80))
def test_what_is_sealed_opens_again(plain: bytes, associated: bytes) -> None:
    cipher = DataCipher(KEY)
    assert cipher.open(cipher.seal(plain, associated), associated) == plain


def test_the_same_text_is_never_sealed_the_same_way_twice() -> None:
    cipher = DataCipher(KEY)
    made = {cipher.seal(b"samma ord", ROW) for _ in range(200)}
    assert len(made) == 200
    assert len({one[1 : 1 + NONCE] for one in made}) == 200


def test_the_form_is_version_nonce_ciphertext_and_tag() -> None:
    made = DataCipher(KEY).seal(b"ord", ROW)
    assert made[:1] == VERSION
    assert len(made) == 1 + NONCE + len(b"ord") + 16
    assert b"ord" not in made


def test_another_key_does_not_open_it() -> None:
    with pytest.raises(WrongKeyOrRow):
        DataCipher(os.urandom(32)).open(DataCipher(KEY).seal(b"ord", ROW), ROW)


def test_every_changed_byte_is_noticed() -> None:
    cipher = DataCipher(KEY)
    made = cipher.seal(b"ord", ROW)
    for place in range(len(made)):
        changed = made[:place] + bytes([made[place] ^ 1]) + made[place + 1 :]
        with pytest.raises(WrongKeyOrRow):
            cipher.open(changed, ROW)


@pytest.mark.parametrize("version", [b"\x03", b"\x7f", b"\xff"])
def test_an_unknown_version_is_not_guessed_at(version: bytes) -> None:
    with pytest.raises(WrongKeyOrRow, match="unknown version"):
        DataCipher(KEY).open(version + DataCipher(KEY).seal(b"ord", ROW)[1:], ROW)


@pytest.mark.parametrize("torn", [b"", b"\x00", b"\x01", b"\x02", b"\x00\x00\x05abc", b"\x02" + bytes(40)])
def test_what_is_torn_is_refused_in_one_way(torn: bytes) -> None:
    with pytest.raises(WrongKeyOrRow):
        DataCipher(KEY).open(torn, ROW)


def test_text_moved_to_another_row_does_not_open() -> None:
    mine, other = Statement(label="u1"), Statement(label="u2")
    mine.text, other.text = "Det jag sade.", "Det du sade."
    assert mine.text == "Det jag sade."
    other.text_sealed = mine.text_sealed
    with pytest.raises(WrongKeyOrRow):
        _ = other.text


def test_text_moved_to_another_column_or_table_of_the_same_id_does_not_open() -> None:
    same = UUID(int=7)
    talk, child = Interview(id=same), Resident(id=same)
    talk.note = "En anteckning."
    talk.place_sealed = talk.note_sealed
    child.outcome_note_sealed = talk.note_sealed
    with pytest.raises(WrongKeyOrRow):
        _ = talk.place
    with pytest.raises(WrongKeyOrRow):
        _ = child.outcome_note
    assert talk.note == "En anteckning."


def test_text_never_written_reads_as_empty_and_none_is_written_as_empty() -> None:
    statement = Statement(label="u1")
    assert statement.text == ""
    statement.text = None  # type: ignore[assignment]
    assert statement.text == "" and statement.text_sealed is not None


def test_without_a_key_nothing_is_written_in_clear_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed, "_installed", [])
    statement = Statement(label="u1")
    with pytest.raises(NoCipher):
        statement.text = "Det jag sade."
    assert statement.text_sealed is None

"""What a device seals opens here, for that device and that place, and nowhere else."""

import os
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tillsyn.inspect.outside.field_key import NONCE, POINT, CannotOpen, FieldKey, from_text, in_text, seal_to

DEVICE = UUID("0190a000-0000-7000-8000-000000000001")
OTHER = UUID("0190a000-0000-7000-8000-000000000002")
KEY = FieldKey([bytes(range(1, 33))])


@settings(max_examples=25, deadline=None)
@given(st.binary(max_size=300), st.integers(1, 2**53))
def test_what_is_sealed_opens_again(plain: bytes, seq: int) -> None:
    made = seal_to(KEY.public, plain, device_id=DEVICE, seq=seq)
    assert KEY.open(from_text(in_text(made)), device_id=DEVICE, seq=seq) == plain


def test_the_form_is_version_point_nonce_ciphertext_and_tag() -> None:
    made = seal_to(KEY.public, b"ord", device_id=DEVICE, seq=1)
    assert made[:2] == b"\x01\x04"
    assert len(made) == 1 + POINT + NONCE + len(b"ord") + 16
    assert b"ord" not in made


def test_it_does_not_open_for_another_device_or_in_another_place() -> None:
    made = seal_to(KEY.public, b"ord", device_id=DEVICE, seq=1)
    for device, seq in ((OTHER, 1), (DEVICE, 2)):
        with pytest.raises(CannotOpen):
            KEY.open(made, device_id=device, seq=seq)


def test_every_changed_byte_is_noticed() -> None:
    made = seal_to(KEY.public, b"ord", device_id=DEVICE, seq=1)
    for place in range(len(made)):
        with pytest.raises(CannotOpen):
            KEY.open(made[:place] + bytes([made[place] ^ 1]) + made[place + 1 :], device_id=DEVICE, seq=1)


@pytest.mark.parametrize("raw", [b"", b"\x01", b"\x01" * 94, b"\x02" + bytes(200), os.urandom(300)])
def test_what_is_no_sealed_note_is_refused(raw: bytes) -> None:
    with pytest.raises(CannotOpen):
        KEY.open(raw, device_id=DEVICE, seq=1)


@pytest.mark.parametrize("text", ["å", "a", "a b", "%%%%", "+/+/"])
def test_what_is_not_base64url_is_refused(text: str) -> None:
    with pytest.raises(CannotOpen):
        from_text(text)


def test_after_a_change_of_key_the_old_notes_still_open_and_new_ones_are_sealed_to_the_new_key() -> None:
    old, new = os.urandom(32), os.urandom(32)
    made = seal_to(FieldKey([old]).public, b"ord", device_id=DEVICE, seq=1)
    both = FieldKey([new, old])
    assert both.open(made, device_id=DEVICE, seq=1) == b"ord"
    assert both.public == FieldKey([new]).public != FieldKey([old]).public
    with pytest.raises(CannotOpen, match="another key"):
        FieldKey([new]).open(made, device_id=DEVICE, seq=1)

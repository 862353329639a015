"""How large files may be, and how they are divided."""

from tillsyn.inspect.rules.files import (
    LARGEST_SENT,
    MEBIBYTE,
    MOST_IN_PART,
    MOST_PARTS,
    Described,
    divided,
    refused_file,
)
from tillsyn.models.vocabulary import MediaType


def test_a_photo_of_usual_size_is_taken_in() -> None:
    assert refused_file(Described(MediaType.JPEG, 2 * MEBIBYTE, 2, of_talk=False)) is None


def test_what_is_too_large_is_told_in_megabytes() -> None:
    refused = refused_file(Described(MediaType.PDF, 200 * MEBIBYTE, 200, of_talk=False))
    assert refused is not None and refused.values == {"num": 200, "limit": LARGEST_SENT // MEBIBYTE}


def test_sound_belongs_to_a_talk() -> None:
    hour = Described(MediaType.WEBM, 15 * MEBIBYTE, 30, of_talk=True)
    assert refused_file(hour) is None
    assert refused_file(Described(MediaType.WEBM, hour.size, 30, of_talk=False)) is not None


def test_parts_are_neither_too_many_nor_too_large() -> None:
    assert refused_file(Described(MediaType.PDF, 5 * MEBIBYTE, MOST_PARTS + 1, of_talk=False))
    assert refused_file(Described(MediaType.PDF, 3, 4, of_talk=False))
    assert refused_file(Described(MediaType.PDF, 2 * MOST_IN_PART + 1, 2, of_talk=False))


def test_what_is_divided_can_be_put_together_again() -> None:
    for content in (b"x", bytes(range(256)) * 20_000):
        for parts in (0, 1, 2, 7):
            pieces = divided(content, parts)
            assert b"".join(pieces) == content and len(pieces) == (parts or len(pieces))
            assert parts or max(map(len, pieces)) <= MEBIBYTE

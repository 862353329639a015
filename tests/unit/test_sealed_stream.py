"""A sealed file opens with its passphrase, whole, or not at all."""

import random
from collections.abc import Iterator
from io import BytesIO

import pytest

from tillsyn.inspect.outside import sealed_stream
from tillsyn.inspect.outside.sealed_stream import (
    MAGIC,
    PIECE,
    SALT,
    TAG,
    NotOpened,
    SealedWriter,
    opened_pieces,
)

WORDS = "fem ord som ingen vet"


@pytest.fixture(autouse=True, scope="module")
def quick() -> Iterator[None]:
    """Guessing passphrases is made dear in memory; here it may be cheap."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealed_stream, "MEMORY", 64)
        yield


def sealed(*written: bytes) -> bytes:
    target = BytesIO()
    writer = SealedWriter(target, WORDS)
    for content in written:
        assert writer.write(content) == len(content)
    writer.close()
    return target.getvalue()


def opened(file: bytes, passphrase: str = WORDS) -> bytes:
    return b"".join(opened_pieces(BytesIO(file), passphrase))


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_what_is_written_comes_back(size: int) -> None:
    content = random.Random(size).randbytes(size)  # noqa: S311  (the same in every run)
    file = sealed(content[:100], content[100:])
    assert opened(file) == content
    assert content[:50] not in file or size < PIECE - 1, "one byte alone may come up by chance"


@pytest.fixture(scope="module")
def file() -> bytes:
    return sealed(bytes(PIECE) + b"b" * PIECE + b"c" * 100)


HEAD = len(MAGIC) + SALT
WHOLE = PIECE + TAG


@pytest.mark.parametrize("place", [0, len(MAGIC), HEAD, HEAD + PIECE, HEAD + WHOLE + 5, HEAD + 2 * WHOLE, -1])
def test_a_changed_byte_anywhere_is_found(file: bytes, place: int) -> None:
    changed = bytearray(file)
    changed[place] ^= 1
    with pytest.raises(NotOpened):
        opened(bytes(changed))


@pytest.mark.parametrize(
    "what",
    [
        lambda file: b"",
        lambda file: file[:HEAD],
        lambda file: file[: HEAD + WHOLE],
        lambda file: file[: HEAD + 2 * WHOLE],
        lambda file: file[:-1],
        lambda file: file + b"x",
        lambda file: file[:HEAD] + file[HEAD + WHOLE : HEAD + 2 * WHOLE] + file[HEAD : HEAD + WHOLE] + file[HEAD + 2 * WHOLE :],
        lambda file: file[:HEAD] + file[HEAD + WHOLE :],
        lambda file: file + file[HEAD + 2 * WHOLE :],
    ],
    ids=["empty", "head only", "first piece only", "last piece gone", "last byte gone", "a byte more",
         "two pieces in each other's place", "a piece left out", "a piece twice"],
)  # fmt: skip
def test_a_file_cut_off_mixed_or_longer_does_not_open(file: bytes, what: object) -> None:
    with pytest.raises(NotOpened):
        opened(what(file))  # type: ignore[operator]


def test_another_passphrase_does_not_open_it(file: bytes) -> None:
    with pytest.raises(NotOpened, match="passphrase is another"):
        opened(file, WORDS + "!")


def test_two_files_of_one_content_have_nothing_in_common_beyond_the_beginning() -> None:
    one, other = sealed(b"x" * 99), sealed(b"x" * 99)
    assert one[: len(MAGIC)] == other[: len(MAGIC)] == MAGIC
    assert one[len(MAGIC) :] != other[len(MAGIC) :]

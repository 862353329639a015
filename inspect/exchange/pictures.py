"""Pictures that come from elsewhere: are they what they say, and does nothing lie in them but the picture?

A photo from a phone says where it was taken, when and with what; a small file can unfold to more dots
than the memory holds. What is kept has neither.
"""

import struct
import warnings
import zlib
from collections.abc import Iterator
from io import BytesIO

from PIL import Image, ImageOps

from ...models.vocabulary import N_, MediaType
from ..errors import Invalid

MOST_DOTS = 50_000_000
"""Width times height. The camera of a phone makes 12 to 50 million."""

LONGEST_SIDE = 4000
"""Dots. A4 at 300 dots to the inch is 3508 high; what is made anew is made no larger than this."""

_FORMATS = {MediaType.JPEG: "JPEG", MediaType.PNG: "PNG", MediaType.WEBP: "WEBP"}
_SAVED = {
    MediaType.JPEG: {"quality": 90, "optimize": True},
    MediaType.PNG: {},
    MediaType.WEBP: {"quality": 90},
}
_MODES = {
    MediaType.JPEG: frozenset({"RGB", "L"}),
    MediaType.PNG: frozenset({"RGB", "RGBA", "L", "LA", "P", "1"}),
    MediaType.WEBP: frozenset({"RGB", "RGBA"}),
}
_UNREADABLE = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    EOFError,
    struct.error,
    zlib.error,
)

# Segment 0 of those for applications is JFIF, 2 the colour profile, 14 tells of the colours; the rest tell
# of the photographer.
_JPEG_TELLS = frozenset({*range(0xE1, 0xF0), 0xFE}) - {0xE2, 0xEE}
_JFIF_WITHOUT_PREVIEW = 16
_PNG_DRAWS = frozenset(
    {
        b"IHDR",
        b"PLTE",
        b"IDAT",
        b"IEND",
        b"tRNS",
        b"gAMA",
        b"cHRM",
        b"sRGB",
        b"iCCP",
        b"sBIT",
        b"pHYs",
        b"bKGD",
    }
)
_WEBP_DRAWS = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP"})


def clean_picture(content: bytes, media_type: MediaType) -> bytes:
    """The picture without anything but the picture: `content` itself when nothing else lies in it.

    Otherwise it is made anew, turned the right way up. Raises Invalid for a picture that cannot be read, has
    more than MOST_DOTS, or moves.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return _clean(content, media_type)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
            raise _too_large() from None
        except Invalid:
            raise
        except (*_UNREADABLE, UserWarning):
            raise Invalid(N_("The picture cannot be read. Take it again, or choose another file.")) from None


def _clean(content: bytes, media_type: MediaType) -> bytes:
    with Image.open(BytesIO(content), formats=[_FORMATS[media_type]]) as picture:
        if picture.width * picture.height > MOST_DOTS:
            raise _too_large()
        if getattr(picture, "n_frames", 1) > 1 and media_type is not MediaType.JPEG:
            raise Invalid(N_("The picture moves. Only still pictures are taken in."))
        if tells_nothing(content, media_type):
            picture.load()
            return content
        if media_type is MediaType.JPEG:
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        if upright.mode not in _MODES[media_type]:
            upright = upright.convert("RGBA" if _has_alpha(upright, media_type) else "RGB")
        bare = Image.new(upright.mode, upright.size)
        bare.paste(upright)
        if upright.mode == "P" and (palette := upright.getpalette("RGB")) is not None:
            bare.putpalette(palette)
        made = BytesIO()
        bare.save(made, _FORMATS[media_type], **_SAVED[media_type])
        return made.getvalue()


def _has_alpha(picture: Image.Image, media_type: MediaType) -> bool:
    return media_type is not MediaType.JPEG and picture.has_transparency_data


def _too_large() -> Invalid:
    return Invalid(
        N_("The picture has more than %(num)s million dots. Take it with a lower resolution."),
        {"num": MOST_DOTS // 1_000_000},
    )


def tells_nothing(content: bytes, media_type: MediaType) -> bool:
    """Is nothing in the file but the picture: no place, time, camera, text, preview, or bytes after it?"""
    try:
        match media_type:
            case MediaType.JPEG:
                return _bare_jpeg(content)
            case MediaType.PNG:
                return _bare_pieces(_png_pieces(content), _PNG_DRAWS, len(content))
            case _:
                return _bare_pieces(_webp_pieces(content), _WEBP_DRAWS, len(content))
    except (struct.error, IndexError):
        return False


def _bare_jpeg(content: bytes) -> bool:
    at = 2
    while content[at] == 0xFF:
        marker, length = struct.unpack(">BH", content[at + 1 : at + 4])
        if marker in _JPEG_TELLS or (marker == 0xE0 and length > _JFIF_WITHOUT_PREVIEW):
            return False
        if marker == 0xE2 and not content.startswith(b"ICC_PROFILE\0", at + 4):
            return False
        at += 2 + length
        if marker == 0xDA:
            end = content.find(b"\xff\xd9", at)
            later = [content.find(bytes((0xFF, tells)), at, end) for tells in sorted(_JPEG_TELLS)]
            return end == len(content) - 2 and max(later) == -1
    return False


Piece = tuple[bytes, int]
"""The name of a piece of the file, and where the piece ends."""


def _png_pieces(content: bytes) -> Iterator[Piece]:
    at = 8
    while at < len(content):
        length, name = struct.unpack(">I4s", content[at : at + 8])
        at += 12 + length
        yield name, at
        if name == b"IEND":
            return


def _webp_pieces(content: bytes) -> Iterator[Piece]:
    at = 12
    while at < len(content):
        name, length = struct.unpack("<4sI", content[at : at + 8])
        at += 8 + length + length % 2
        yield name, at


def _bare_pieces(pieces: Iterator[Piece], draws: frozenset[bytes], length: int) -> bool:
    found = list(pieces)
    return all(name in draws for name, _end in found) and bool(found) and found[-1][1] == length

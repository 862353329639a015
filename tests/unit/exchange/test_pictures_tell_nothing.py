"""What is kept of a picture draws it and tells nothing else; what is no picture is refused in words."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

from tillsyn.inspect.errors import Invalid
from tillsyn.inspect.exchange.media_types import as_media_type, media_type_of
from tillsyn.inspect.exchange.pictures import LONGEST_SIDE, clean_picture, tells_nothing
from tillsyn.models.vocabulary import MediaType as M

SECRET = b"Kvarnvagen 4"
FORMATS = {M.JPEG: "JPEG", M.PNG: "PNG", M.WEBP: "WEBP"}


def drawing(mode: str = "RGB", size: tuple[int, int] = (60, 40)) -> Image.Image:
    return Image.linear_gradient("L").resize(size).convert(mode)


def saved(picture: Image.Image, kind: M, **more: object) -> bytes:
    made = BytesIO()
    picture.save(made, FORMATS[kind], **more)
    return made.getvalue()


def with_place(kind: M, *, orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = orientation, SECRET.decode()
    exif.get_ifd(0x8825)[2] = (59.0, 51.0, 12.0)
    return saved(drawing(), kind, exif=exif)


@pytest.mark.parametrize("kind", FORMATS)
def test_place_time_and_camera_are_taken_out(kind: M) -> None:
    sent = with_place(kind)
    assert SECRET in sent and not tells_nothing(sent, kind)
    kept = clean_picture(sent, kind)
    assert SECRET not in kept and tells_nothing(kept, kind) and media_type_of(kept) is kind
    with Image.open(BytesIO(kept)) as again:
        assert again.size == (60, 40) and not again.getexif()


@pytest.mark.parametrize("kind", FORMATS)
def test_a_picture_that_tells_nothing_is_kept_to_the_byte(kind: M) -> None:
    sent = saved(drawing(), kind)
    assert clean_picture(sent, kind) is sent


def test_a_picture_that_lies_down_is_turned_up() -> None:
    kept = clean_picture(with_place(M.JPEG, orientation=6), M.JPEG)
    with Image.open(BytesIO(kept)) as again:
        assert again.size == (40, 60)


@pytest.mark.parametrize("kind", FORMATS)
def test_bytes_after_the_picture_are_not_kept(kind: M) -> None:
    kept = clean_picture(saved(drawing(), kind) + b"<script>" + SECRET, kind)
    assert SECRET not in kept and b"<script>" not in kept


def test_texts_comments_and_previews_are_taken_out() -> None:
    about = PngImagePlugin.PngInfo()
    about.add_text("Author", SECRET.decode(), zip=False)
    for sent, kind in (
        (saved(drawing(), M.PNG, pnginfo=about), M.PNG),
        (saved(drawing(), M.JPEG, comment=SECRET), M.JPEG),
        (saved(drawing(), M.WEBP, xmp=SECRET), M.WEBP),
    ):
        assert SECRET in sent and SECRET not in clean_picture(sent, kind), kind


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK"])
@pytest.mark.parametrize("kind", FORMATS)
def test_every_way_of_colours_is_kept(kind: M, mode: str) -> None:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    try:
        sent = saved(drawing(mode), kind, exif=exif)
    except (OSError, ValueError):
        return  # the format has no such colours
    kept = clean_picture(sent, kind)
    with Image.open(BytesIO(kept)) as again, Image.open(BytesIO(sent)) as before:
        assert again.size == before.size
        dark, light = again.convert("L").getextrema()
        assert light - dark > 100, "the drawing is still there"


def test_what_is_made_anew_is_not_larger_than_paper_needs() -> None:
    sent = saved(drawing("L", (LONGEST_SIDE + 500, 30)), M.JPEG, comment=SECRET)
    with Image.open(BytesIO(clean_picture(sent, M.JPEG))) as again:
        assert again.width == LONGEST_SIDE


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png_of(width: int, height: int, *more: bytes, content: bytes = b"\0") -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", head),
            *more,
            chunk(b"IDAT", zlib.compress(content)),
            chunk(b"IEND", b""),
        )
    )


def test_a_small_file_that_unfolds_to_a_huge_picture_is_refused_unread() -> None:
    for side in (8_000, 60_000, 2**31 - 1):
        with pytest.raises(Invalid, match="million dots"):
            clean_picture(png_of(side, side), M.PNG)


def test_texts_that_unfold_to_more_than_memory_are_refused() -> None:
    bomb = chunk(b"zTXt", b"a\0\0" + zlib.compress(b"x" * 80_000_000))
    with pytest.raises(Invalid):
        clean_picture(png_of(10, 10, bomb, bomb, content=b"\0\0\0" * 10), M.PNG)


def test_pictures_that_move_are_refused() -> None:
    frames = [drawing().rotate(90 * turn) for turn in range(3)]
    for kind in (M.PNG, M.WEBP):
        with pytest.raises(Invalid, match="moves"):
            clean_picture(saved(frames[0], kind, save_all=True, append_images=frames[1:]), kind)


@pytest.mark.parametrize("kind", FORMATS)
def test_half_a_picture_and_none_at_all_are_refused(kind: M) -> None:
    whole = saved(drawing(size=(300, 300)), kind)
    for broken in (whole[: len(whole) // 2], whole[:40], b"", b"GIF89a" + bytes(50)):
        with pytest.raises(Invalid, match="cannot be read"):
            clean_picture(broken, kind)


WEBM = b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webmB\x87\x81\x04" + bytes(40) + b"A_OPUS"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n", M.PDF),
        (WEBM, M.WEBM),
        (b"OggS" + bytes(24) + b"OpusHead", M.OGG),
        (b"\0\0\0\x18ftypmp42" + bytes(40) + b"soun", M.MP4),
        (WEBM + b"V_VP9", None),
        (WEBM.replace(b"webm", b"matr"), None),
        (b"OggS" + bytes(24) + b"\x80theora", None),
        (b"\0\0\0\x18ftypmp42" + bytes(40) + b"vide", None),
        (b"\0\0\0\x18ftypheic", None),
        (b"GIF89a", None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>", None),
        (b"<html>%PDF-1.7", None),
        (b"PK\x03\x04", None),
        (b"MZ", None),
        (b"", None),
    ],
)
def test_a_file_is_known_by_its_bytes(content: bytes, kind: M | None) -> None:
    assert media_type_of(content) is kind


def test_what_a_device_says_is_read_without_its_parameters() -> None:
    assert as_media_type("audio/webm;codecs=opus") is M.WEBM
    assert as_media_type(" IMAGE/JPEG ") is M.JPEG
    assert as_media_type("text/html") is None

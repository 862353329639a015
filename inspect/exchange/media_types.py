"""What a file is, by its first bytes: names and what a browser says of a file are never believed."""

from ...models.vocabulary import MediaType

PICTURES = frozenset({MediaType.JPEG, MediaType.PNG, MediaType.WEBP})
SOUND = frozenset({MediaType.WEBM, MediaType.OGG, MediaType.MP4})

_HEAD = 4096
_MP4_BRANDS = frozenset(
    {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"iso8", b"iso9", b"mp41", b"mp42", b"M4A ", b"dash"}
)
_MOVING = (b"V_VP8", b"V_VP9", b"V_AV1", b"V_MPEG")


def media_type_of(content: bytes) -> MediaType | None:
    """The kind of file, or None for one that is not taken in: films and HEIC among them.

    Matroska is WebM only when it says so, Ogg must hold Opus or Vorbis, MP4 must be of a brand for films
    and sound and have no track of pictures among its first bytes.
    """
    head = content[:_HEAD]
    if head.startswith(b"\xff\xd8\xff"):
        return MediaType.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return MediaType.PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return MediaType.WEBP
    if head.startswith(b"%PDF-"):
        return MediaType.PDF
    return _sound(head)


def _sound(head: bytes) -> MediaType | None:
    if head.startswith(b"\x1aE\xdf\xa3"):
        is_sound = b"webm" in head[:64] and not any(codec in head for codec in _MOVING)
        return MediaType.WEBM if is_sound else None
    if head.startswith(b"OggS"):
        return MediaType.OGG if b"OpusHead" in head[:128] or b"\x01vorbis" in head[:128] else None
    if head[4:8] == b"ftyp" and head[8:12] in _MP4_BRANDS:
        return None if b"vide" in head else MediaType.MP4
    return None


def as_media_type(said: str) -> MediaType | None:
    """What a device says a file is, without parameters: `audio/webm;codecs=opus` is WebM."""
    plain = said.split(";")[0].strip().lower()
    return next((one for one in MediaType if one.value == plain), None)

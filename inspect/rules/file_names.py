"""The name of a file that somebody sends, made safe to show, keep and save under."""

import re
import unicodedata

from ...models.vocabulary import MediaType

LONGEST = 120
ENDINGS: dict[MediaType, tuple[str, ...]] = {
    MediaType.JPEG: (".jpg", ".jpeg"),
    MediaType.PNG: (".png",),
    MediaType.WEBP: (".webp",),
    MediaType.PDF: (".pdf",),
}
_RESERVED = re.compile(r'[<>:"|?*]')
_SPACES = re.compile(r"\s+")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Control signs, marks that turn the direction of writing, half characters: Unicode's general categories."""


def clean_name(said: str, media_type: MediaType) -> str:
    """The last part of a path, without control signs or marks that turn text round, with an ending that is
    true of what the file is; empty when nothing is left of it but the ending."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", said[:2000]))[-1]
    shown = "".join(sign if unicodedata.category(sign) not in _INVISIBLE else " " for sign in last)
    shown = _SPACES.sub(" ", _RESERVED.sub(" ", shown)).strip(" .")
    endings = ENDINGS[media_type]
    stem = shown
    for ending in endings:
        if shown.lower().endswith(ending):
            stem = shown[: -len(ending)]
    if shown.lower().lstrip(".") in {ending.lstrip(".") for ending in endings}:
        stem = ""
    stem = stem[: LONGEST - len(endings[0])].strip(" .")
    return f"{stem}{endings[0]}" if stem else ""

"""What a file that is not taken in seems to be, so that the refusal can say what to do instead."""

from ...models.vocabulary import N_

ONLY = N_("Only photos (JPEG, PNG or WebP) and PDFs are taken in here.")

_SIGNS: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", N_("This is a Word, Excel or ZIP file. Save it as a PDF, and choose the PDF.")),
    (b"\xd0\xcf\x11\xe0", N_("This is an older Word or Excel file. Save it as a PDF, and choose the PDF.")),
    (b"{\\rtf", N_("This is a text document. Save it as a PDF, and choose the PDF.")),
    (b"MZ", N_("This is a program, not a document. Only photos (JPEG, PNG or WebP) and PDFs are taken in.")),
    (b"GIF8", N_("This picture is a GIF. Save it as JPEG or PNG, and choose that file.")),
)
_HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1")


def why_foreign(content: bytes) -> str:
    """A message for the sender of a file that `media_type_of` does not take in."""
    if content[4:12] in _HEIC:
        return N_("This picture is in the format HEIC. Save or send it as JPEG, and choose that file.")
    return next((message for sign, message in _SIGNS if content.startswith(sign)), ONLY)

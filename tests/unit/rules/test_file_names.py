"""The name of a file from outside: a name and nothing else, with the ending of what it is."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tillsyn.inspect.rules.file_names import ENDINGS, LONGEST, clean_name
from tillsyn.models.vocabulary import MediaType as M


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Rutin för nätter.pdf", "Rutin för nätter.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        (r"C:\Users\Anna\Schema.PDF", "Schema.pdf"),
        ("/abs/schema.pdf", "schema.pdf"),
        ("schema.pdf\r\nSet-Cookie: a=b", "schema.pdf Set-Cookie a=b.pdf"),
        ("sche\x00ma\x1b[31m.pdf", "sche ma [31m.pdf"),
        ("faktura\u202efdp.exe", "faktura fdp.exe.pdf"),
        ("dold\u200bt.pdf", "dold t.pdf"),
        ("a<b>c|d?.pdf", "a b c d.pdf"),
        (".pdf", ""),
        ("..", ""),
        ("", ""),
        ("   ", ""),
        ("schema", "schema.pdf"),
        ("schema.pdf.exe", "schema.pdf.exe.pdf"),
        ("e\u0301tage.pdf", "étage.pdf"),
    ],
)
def test_names_of_a_pdf(said: str, kept: str) -> None:
    assert clean_name(said, M.PDF) == kept


def test_the_ending_is_that_of_what_the_file_is() -> None:
    assert clean_name("bild.pdf", M.PNG) == "bild.pdf.png"
    assert clean_name("bild.JPEG", M.JPEG) == "bild.jpg"


@settings(max_examples=150)
@given(st.text(max_size=400), st.sampled_from(sorted(ENDINGS)))
def test_no_name_holds_a_path_or_an_invisible_sign(said: str, kind: M) -> None:
    kept = clean_name(said, kind)
    assert len(kept) <= LONGEST
    assert not {"/", "\\"} & set(kept)
    assert all(unicodedata.category(sign)[0] != "C" for sign in kept)
    assert kept == "" or (kept.endswith(ENDINGS[kind][0]) and not kept.startswith((".", " ")))

"""What is masked is nowhere in the file: found by taking the file apart, not by looking at it."""

import random
import re
from io import BytesIO

import pikepdf
import pytest
from pypdf import PdfReader

from tillsyn.inspect.rules.masking import Span, masked
from tillsyn.models.openness_words import Ground
from tillsyn.reports.disclosure_pdf import Paper, PaperPart, render_paper

LETTERS = "abcdefghijklmnoprstuvyåäö"


def paper(*texts: str) -> Paper:
    return Paper(
        sender="Exempelmyndigheten",
        unit="Avdelning öst",
        reference="2026-01342",
        kind="Utlämnande av allmän handling",
        title="Handlingar i ett ärende",
        rows=(("Diarienummer", "2026-01342"), ("Begäran kom in", "22 november 2026")),
        parts=tuple(PaperPart(f"Handling {n}", (one,)) for n, one in enumerate(texts, start=1)),
        contact=("tillsyn@exempel.se",),
    )


def everything_in(file: bytes) -> bytes:
    """The file with each of its streams unpacked, and every string as UTF-8: whatever a reader could get at."""
    found = [file]
    with pikepdf.open(BytesIO(file)) as pdf:
        for one in pdf.objects:
            if isinstance(one, pikepdf.Stream):
                found.append(one.read_bytes())
            found.append(str(one.unparse() if hasattr(one, "unparse") else one).encode("utf-8", "replace"))
            found += [str(said).encode("utf-8", "replace") for said in _strings(one)]
    return b"\n".join(found)


def _strings(value: object, depth: int = 0) -> list[str]:
    if isinstance(value, pikepdf.String):
        return [str(value)]
    if depth > 6 or not isinstance(value, pikepdf.Array | pikepdf.Dictionary | pikepdf.Stream):
        return []
    if isinstance(value, pikepdf.Array):
        return [said for one in value for said in _strings(one, depth + 1)]
    return [said for key in value for said in _strings(value[key], depth + 1)]


def read(file: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(file)).pages)


def a_text(chance: random.Random) -> tuple[list[str], str, list[Span]]:
    words = ["".join(chance.choices(LETTERS, k=chance.randint(4, 11))) for _ in range(chance.randint(5, 60))]
    text, spans = "", []
    for word in words:
        start = len(text)
        text += word + chance.choice((" ", " ", ". ", ", ", "\n"))
        if chance.random() < 0.3:
            spans.append(Span(start, start + len(word), chance.choice(list(Ground))))
    return words, text, spans


@pytest.mark.parametrize("seed", range(25))
def test_no_masked_word_can_be_taken_out_of_the_file(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - examples, not secrets
    _, text, spans = a_text(chance)
    hidden = {text[one.start : one.end] for one in spans}
    file = render_paper(paper(masked(text, spans)))
    left = set(re.findall(r"\w+", masked(text, spans)))
    said, inside = read(file), everything_in(file)
    for word in hidden - left:
        assert word not in said
        assert word.encode() not in inside
        assert word.encode("utf-16-be") not in inside
        assert word.encode("utf-16-be").hex().encode() not in inside.lower()


def test_the_search_finds_what_is_not_masked() -> None:
    """The positive control: without it, the tests above would be green for a file that cannot be read."""
    file = render_paper(paper("Zinkgruvan ligger i norr."))
    assert "Zinkgruvan" in read(file)
    assert "Zinkgruvan".encode("utf-16-be") in everything_in(file) or b"Zinkgruvan" in everything_in(file)


@pytest.mark.parametrize("seed", range(10))
def test_two_texts_that_differ_only_under_their_masks_give_the_same_bytes(seed: int) -> None:
    """Nothing of the file depends on what is masked: not its words, their lengths, how many or which letters."""
    chance = random.Random(seed)  # noqa: S311 - examples, not secrets
    texts: list[str] = ["", ""]
    spans: list[list[Span]] = [[], []]
    for _ in range(40):
        word = "".join(chance.choices(LETTERS, k=6))
        hides = chance.random() < 0.4
        others = (word, "Ж" * chance.randint(1, 30) + " Ψ" * chance.randint(0, 4)) if hides else (word, word)
        for which, said in enumerate(others):
            start = len(texts[which])
            texts[which] += said + " "
            if hides:
                spans[which].append(Span(start, start + len(said), Ground.SOCIAL))
    one, two = (render_paper(paper(masked(text, these))) for text, these in zip(texts, spans, strict=True))
    assert one == two


def test_there_is_nothing_in_the_file_but_pages() -> None:
    with pikepdf.open(BytesIO(render_paper(paper("Text.")))) as pdf:
        assert len(pdf.attachments) == 0
        assert "/AcroForm" not in pdf.Root
        assert all("/Annots" not in page for page in pdf.pages)
        assert all("/XObject" not in page.get("/Resources", {}) or _only_forms(page) for page in pdf.pages)
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "sv-SE"


def _only_forms(page: pikepdf.Page) -> bool:
    return all(one.Subtype == "/Form" for one in page.Resources.XObject.values())


def test_a_sign_that_the_typeface_lacks_is_named_by_its_number() -> None:
    assert "[tecken U+1F600]" in read(render_paper(paper("Glad \U0001f600 där.")))


def test_a_long_paper_gets_the_pages_it_needs_each_with_its_number() -> None:
    file = render_paper(paper(*("En mening till. " * 200 for _ in range(6))))
    pages = len(PdfReader(BytesIO(file)).pages)
    assert pages > 3
    assert re.search(rf"Sida {pages} av\s+{pages}", read(file))

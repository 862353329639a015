"""The PDF and the HTML page say the same, in the same order, as the content."""

from dataclasses import replace

from tests.unit.reports.reading_back import first_out_of_order, squeezed, text_of_html, text_of_pdf
from tillsyn.reports.content import Letter, paragraphs_of
from tillsyn.reports.letter_html import render_fragment, render_html
from tillsyn.reports.letter_pdf import render_pdf
from tillsyn.reports.reading import sentences


def test_the_pdf_has_every_sentence_in_order(letter: Letter) -> None:
    text = text_of_pdf(render_pdf(letter), letter)
    assert first_out_of_order(sentences(letter), text) is None


def test_the_pdf_has_nothing_else_but_list_marks(letter: Letter) -> None:
    text = text_of_pdf(render_pdf(letter), letter).replace("•", "")
    for number in ("1.", "2.", "3."):
        text = text.replace(number, "", 1) if number in text else text
    said = squeezed("".join(sentences(letter)))
    assert abs(len(text) - len(said)) <= 8


def test_the_page_has_exactly_the_sentences_in_order(letter: Letter) -> None:
    said = squeezed("".join(sentences(letter)))
    assert text_of_html(render_html(letter)) == said
    assert text_of_html(render_fragment(letter)) == said


def test_an_example_is_marked_in_its_head_and_a_home_may_be_called_otherwise(letter: Letter) -> None:
    """Both stand before the first section, in every form; a letter of a pack in use has no such line."""
    words = {"sv": "Exempel: inte granskat.\n\nKontrollera.", "en": "Example: not verified.\n\nCheck."}
    marked = replace(letter, example=words[letter.language], place="Skola")
    said = sentences(marked)
    first = paragraphs_of(marked.example)[0]
    assert said.index(first) < said.index(marked.title) < said.index("Skola") < said.index(marked.home)
    assert first not in sentences(letter)
    assert text_of_html(render_html(marked)) == squeezed("".join(said))
    assert first_out_of_order(said, text_of_pdf(render_pdf(marked), marked)) is None
    assert 'class="letter-notice letter-example"' not in render_html(letter)


def test_the_order_is_really_compared(swedish: Letter) -> None:
    turned = replace(swedish, copies=("Längst bak",), signatures=tuple(reversed(swedish.signatures)))
    text = text_of_pdf(render_pdf(swedish), swedish)
    assert first_out_of_order(sentences(turned), text) == "Längst bak"


def test_the_same_content_gives_the_same_bytes(letter: Letter) -> None:
    assert render_pdf(letter) == render_pdf(letter)
    assert render_html(letter) == render_html(letter)

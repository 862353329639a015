"""The letter on screen: escaping, structure and what our content security policy allows."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from tinyhtml5.parser import HTMLParser

from tillsyn.reports.content import Letter, Paragraph, Recipient, Section
from tillsyn.reports.letter_html import render_fragment, render_html

HOSTILE = "<script>alert(\"1\")</script> & 'x'"


def _hostile(letter: Letter) -> Letter:
    return replace(
        letter,
        title=HOSTILE,
        recipient=Recipient(HOSTILE, (HOSTILE,)),
        sections=(Section("summary", HOSTILE, HOSTILE, (Paragraph('a"><b', HOSTILE),)),),
        method_stamp=HOSTILE,
    )


def test_everything_from_outside_is_escaped(swedish: Letter) -> None:
    page = render_html(_hostile(swedish), stylesheet='/x"><script>')
    assert "<script" not in page
    assert '"><b' not in page


def test_a_letter_for_the_web_has_no_style_of_its_own(letter: Letter) -> None:
    page = render_html(letter, stylesheet="/static/letter.css")
    assert '<link rel="stylesheet" href="/static/letter.css">' in page
    assert "<style" not in page
    assert not re.search(r"\sstyle=|\son\w+=", page)


def test_a_letter_for_a_file_needs_nothing_else(letter: Letter) -> None:
    page = render_html(letter)
    assert "<style>" in page
    assert not re.search(r"(?:src|href)=|url\(", page)


def test_the_page_says_its_language_and_title(letter: Letter) -> None:
    page = render_html(letter)
    assert f'<html lang="{letter.language}">' in page
    assert f"<title>{letter.title} ({letter.reference})</title>" in page


@pytest.mark.parametrize("level", [1, 2])
def test_headings_begin_where_asked_and_skip_no_level(letter: Letter, level: int) -> None:
    levels = [int(found) for found in re.findall(r"<h(\d)", render_fragment(letter, heading_level=level))]
    assert levels[0] == level
    assert levels.count(level) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_the_page_is_valid_html_with_unique_ids(letter: Letter) -> None:
    page = render_html(letter)
    parser = HTMLParser()
    parser.parse(page)
    assert parser.errors == []
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_tables_name_their_columns_and_rows(swedish: Letter) -> None:
    page = render_html(swedish)
    assert page.count("<caption>") == page.count("<table>") == 2
    assert 'scope="col"' in page and 'scope="row"' in page

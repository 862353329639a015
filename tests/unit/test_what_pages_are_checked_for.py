"""The checks in tests/pages.py find what they are there for: a check that finds nothing proves nothing."""

import pytest

from tests.pages import (
    assert_in_one_language,
    assert_valid_html,
    faults_of_html,
    fields_of,
    forms_of,
    read_page,
    texts_in_other_language,
)
from tillsyn.translations import catalogue

SOUND = """<!doctype html>
<html lang="sv"><head><meta charset="utf-8"><title>Rubrik – Tillsyn</title></head>
<body><main id="main"><h1>Rubrik</h1><h2>Mindre</h2>
<form method="post"><label for="a">Namn</label><input id="a" name="namn"></form></main></body></html>
"""


def test_a_sound_page_has_no_faults() -> None:
    assert_valid_html(SOUND)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("<!doctype html>\n", "", "doctype"),
        ('lang="sv"', "", "language of the page"),
        ("<h2>", "<h4>", "end"),
        ("<h2>Mindre</h2>", "<h4>Mindre</h4>", "jumps from level 1 to 4"),
        ("<h1>Rubrik</h1>", "", "0 h1"),
        ("<title>Rubrik", "<title>Annat", "does not begin with the h1"),
        ("<title>Rubrik – Tillsyn</title>", "", "0 titles"),
        ('<h2>', '<h2 id="a">', "'a' is used 2 times"),
        ('for="a"', 'for="b"', "points at nothing"),
        ('<label for="a">Namn</label>', "", "has no label"),
        ("</form>", "<button></button></form>", "<button> has no name"),
        ("</form>", '<img src="x.png"></form>', "has no alt"),
        ("</form>", '<a href="#nowhere">x</a></form>', "points at nothing"),
        ("</form>", "<table><tbody><tr><td>1</td></tr></tbody></table></form>", "no headings"),
        ("</form>", "<fieldset></fieldset></form>", "no legend"),
        ("<h2>", '<h2 style="color:red">', "style attribute"),
        ("<h2>", '<h2 onclick="x()">', "event attribute"),
        ("</form>", "</form><script>x()</script>", "inline <script>"),
        ("</form>", '</form><script src="https://elsewhere.example/x.js"></script>', "loads https"),
        ("</form>", '</form><a href="javascript:x()">x</a>', "runs a script"),
        ("</form>", "</p></form>", "p"),
        ('<main id="main">', "<div>", "main"),
    ],
)  # fmt: skip
def test_a_fault_is_found(old: str, new: str, fault: str) -> None:
    broken = SOUND.replace(old, new, 1)
    assert broken != SOUND
    assert any(fault in said for said in faults_of_html(broken)), faults_of_html(broken)


def test_a_text_left_in_english_is_found_on_a_swedish_page(monkeypatch: pytest.MonkeyPatch) -> None:
    words = catalogue.Catalog(locale="sv")
    words.add("Sign out", "Logga ut")
    words.add("%(count)s findings to weigh", "%(count)s fynd att väga")
    monkeypatch.setattr(catalogue, "read", lambda language: words)
    page = SOUND.replace("Mindre", "Sign out").replace("Namn", "12 findings to weigh")
    assert texts_in_other_language(page, "sv") == ["Sign out", "12 findings to weigh"]
    assert texts_in_other_language(SOUND.replace("<h2>Mindre", '<h2 lang="en">Sign out'), "sv") == []
    assert texts_in_other_language(SOUND.replace('"sv"', '"en"').replace("Mindre", "Logga ut"), "en") == [
        "Logga ut"
    ]
    with pytest.raises(AssertionError, match="Sign out"):
        assert_in_one_language(page, "sv")


def test_what_a_form_would_send_is_read_as_a_browser_reads_it() -> None:
    form = forms_of(
        read_page("""<!doctype html><form><input name=a value=1><input type=checkbox name=b>
        <input type=radio name=c value=x><input type=radio name=c value=y checked><textarea name=d>
två</textarea><select name=e><option value=1>ett<option value=2 selected>två</select>
        <button name=f value=g>Skicka</button><input name=h value=i disabled></form>""")
    )[0]
    assert fields_of(form) == {"a": "1", "c": "y", "d": "två", "e": "2"}

"""Scripts and sheets lose on their way to a device only what says nothing there."""

import re

import pytest

from tillsyn.inspect.web import field_pack
from tillsyn.inspect.web.field_lean import lean_script, lean_sheet, shown_rules
from tillsyn.inspect.web.field_looks import SHEETS
from tillsyn.inspect.web.field_words import short_sum, words_to_send

STATIC = field_pack.STATIC
NAMES = frozenset({"a", "b"})
COMMENT = re.compile(r"^(//|/?\*)")


@pytest.mark.parametrize(
    ("script", "left"),
    [
        ("// one\nx();\n\n  y();", "x();\ny();"),
        ("/** one\n * two */\nx();", "x();"),
        ("/* one */ x();", "x();"),
        ('const at = "// no comment"; // kept', 'const at = "// no comment"; // kept'),
        ('take("image/*");\n// away', 'take("image/*");'),
        ("const text = `one\n// two\n`;", "const text = `one\n// two\n`;"),
        ("const text = 'one \\\n// two';", "const text = 'one \\\n// two';"),
        ("/** all of it\n * is comment */", ""),
    ],
)
def test_a_script_loses_its_comments_and_what_it_is_moved_in_by(script: str, left: str) -> None:
    assert lean_script(script) == left


@pytest.mark.parametrize("name", field_pack.kept_scripts())
def test_every_statement_of_a_script_of_ours_is_left(name: str) -> None:
    source = (STATIC / name).read_text("utf-8")
    within = re.sub(r"/\*.*\*/|\"[^\"\n]*\"|//.*$", "", source, flags=re.M)
    assert "/*" not in re.sub(r"(?m)^\s*/\*", "", within), "a comment that begins within a line ends there"
    said = [line.strip() for line in source.splitlines()]
    left = lean_script(source).splitlines()
    gone = list(said)
    for line in left:
        gone.remove(line)
    assert [line for line in gone if line and not COMMENT.match(line)] == [], "only comments are gone"
    assert [line for line in said if line in set(left)] == left, "in the same order"


@pytest.mark.parametrize(
    ("sheet", "left"),
    [
        (".a , .b  >  p { color : red ; }", ".a,.b > p{color : red;}"),
        ('.a::after { content: "{ ; }  x" ; } /* away */', '.a::after{content: "{ ; }  x";}'),
        (".a { width: calc(1px  +  2px); }", ".a{width: calc(1px + 2px);}"),
        ("@media (min-width: 1px) { .a { top: 0 } }", "@media (min-width: 1px){.a{top: 0}}"),
    ],
)
def test_a_sheet_loses_comments_and_idle_space(sheet: str, left: str) -> None:
    assert lean_sheet(sheet) == left


@pytest.mark.parametrize(
    ("sheet", "left"),
    [
        (".a{}.c{}.b{}", ".a{}.b{}"),
        (".a .c{}.c,.a{}", ".c,.a{}"),
        ("p{}[data-x]{}", "p{}[data-x]{}"),
        (".a:not(.c){}.a:is(.c,.b){}.a:where(.c){}.a:has(:is(.c)){}", ".a:not(.c){}.a:is(.c,.b){}"),
        ("@layer x{.c{}}@layer x{.c{}.a{& .c{}}}", "@layer x{.a{& .c{}}}"),
        ("@media print{.c{}}@keyframes c{from{top:0}}@import 'x';", "@keyframes c{from{top:0}}@import 'x';"),
        ('.c::after{content:"}"}.a{content:"{"}', '.a{content:"{"}'),
    ],
)
def test_a_sheet_loses_the_rules_for_what_is_never_shown(sheet: str, left: str) -> None:
    assert shown_rules(sheet, NAMES) == left


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_of_ours_is_whole_when_all_is_shown(name: str) -> None:
    sheet = (STATIC / name).read_text("utf-8")
    everything = frozenset(re.findall(r"-?[A-Za-z_][\w-]*", sheet))
    assert re.sub(r"\s", "", shown_rules(sheet, everything)) == re.sub(r"/\*.*?\*/|\s", "", sheet, flags=re.S)


def test_no_two_texts_have_the_same_sum() -> None:
    for language in ("sv", "en"):
        assert words_to_send(language)["language"] == language
    assert short_sum("Acute") == "9p6ofn"

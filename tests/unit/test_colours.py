"""The theme keeps its promises: contrast in light and in dark, and vendored files as they were packed.

Contrast is WCAG 2.2: 4.5:1 for text on its ground (1.4.3), 3:1 for what shows where a control is (1.4.11).
"""

import hashlib
import re
from itertools import pairwise
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "static"
FAMILIES = ("accent", "neutral", "info", "success", "warning", "danger")
GROUNDS = ("background-default", "background-tinted", "surface-default", "surface-tinted")
PERSPECTIVES = ("child", "staff", "manager", "observation", "document", "compliance", "other")
POSITIONS = ("well", "mainly", "better", "serious", "open", "inquiry")

_BLOCK = re.compile(r"(:root[^{]*)\{([^{}]*)\}")
_COLOUR = re.compile(r"(--[a-z0-9-]+):\s*(#[0-9a-f]{6});")


def _themes() -> dict[str, dict[str, str]]:
    """Selector → {token: colour}, for each block of theme.css."""
    css = re.sub(r"/\*.*?\*/", "", (STATIC / "theme.css").read_text(encoding="utf-8"), flags=re.S)
    return {selector.strip(): dict(_COLOUR.findall(body)) for selector, body in _BLOCK.findall(css)}


THEMES = _themes()
LIGHT = THEMES[":root"]
DARK = THEMES[':root[data-color-scheme="dark"]']
SCHEMES = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _too_low(tokens: dict[str, str], pairs: list[tuple[str, str]], least: float) -> list[str]:
    return [
        f"{ink} on {ground}: {contrast(tokens[ink], tokens[ground]):.2f}"
        for ink, ground in pairs
        if contrast(tokens[ink], tokens[ground]) < least
    ]


def test_black_on_white_is_twenty_one_to_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_the_device_and_the_person_get_the_same_dark_colours() -> None:
    assert THEMES[':root:not([data-color-scheme="light"])'] == DARK


def test_light_and_dark_have_the_same_tokens() -> None:
    assert LIGHT.keys() == DARK.keys()


@SCHEMES
def test_text_is_read_on_every_ground_of_its_family(tokens: dict[str, str]) -> None:
    pairs = [
        (f"--ds-color-{family}-{ink}", f"--ds-color-{family}-{ground}")
        for family in FAMILIES
        for ink in ("text-default", "text-subtle")
        for ground in GROUNDS
    ]
    assert _too_low(tokens, pairs, 4.5) == []


@SCHEMES
def test_default_text_is_read_on_hovered_and_pressed_surfaces(tokens: dict[str, str]) -> None:
    pairs = [
        (f"--ds-color-{family}-text-default", f"--ds-color-{family}-surface-{state}")
        for family in FAMILIES
        for state in ("hover", "active")
    ]
    assert _too_low(tokens, pairs, 4.5) == []


@SCHEMES
def test_buttons_are_read_in_every_state(tokens: dict[str, str]) -> None:
    pairs = [
        (f"--ds-color-{family}-base-contrast-default", f"--ds-color-{family}-base-{state}")
        for family in FAMILIES
        for state in ("default", "hover", "active")
    ]
    assert _too_low(tokens, pairs, 4.5) == []


@SCHEMES
def test_edges_of_controls_and_the_focus_ring_are_seen(tokens: dict[str, str]) -> None:
    pairs = [
        (f"--ds-color-{family}-{edge}", f"--ds-color-neutral-{ground}")
        for family in FAMILIES
        for edge in ("border-default", "border-strong", "base-default")
        for ground in GROUNDS
    ]
    pairs += [("--ds-color-focus-outer", f"--ds-color-neutral-{ground}") for ground in GROUNDS]
    pairs += [("--ds-color-focus-outer", "--ds-color-focus-inner")]
    assert _too_low(tokens, pairs, 3.0) == []


@SCHEMES
def test_signs_of_perspectives_are_read_and_seen(tokens: dict[str, str]) -> None:
    pairs = [("--t-on-sign", f"--t-{who}") for who in PERSPECTIVES]
    pairs += [(f"--t-{who}", f"--ds-color-neutral-{g}") for who in PERSPECTIVES for g in GROUNDS[:3]]
    assert _too_low(tokens, pairs, 4.5) == []


@SCHEMES
def test_positions_are_read_on_their_own_ground(tokens: dict[str, str]) -> None:
    pairs = [(f"--t-{word}", f"--t-{word}-ground") for word in POSITIONS]
    pairs += [("--ds-color-neutral-text-default", "--t-gate-ground"), ("--t-on-acute", "--t-acute")]
    pairs += [("--t-gate", "--t-gate-ground"), ("--t-gate", "--ds-color-neutral-surface-default")]
    pairs += [("--ds-link-color-visited", f"--ds-color-neutral-{ground}") for ground in GROUNDS[:3]]
    assert _too_low(tokens, pairs, 4.5) == []


@SCHEMES
def test_perspectives_stay_apart_without_colour(tokens: dict[str, str]) -> None:
    """In grey, each sign is at least a tenth lighter or darker than the next one."""
    greys = sorted(_luminance(tokens[f"--t-{who}"]) + 0.05 for who in PERSPECTIVES)
    steps = [lighter / darker for darker, lighter in pairwise(greys)]
    assert min(steps) > 1.1, steps


ALONE = {"survey.css", "survey-slips.css"}
"""The children's pages load no theme, to weigh little; their slips are black on white paper."""


def test_the_childrens_pages_can_be_read_by_day_and_by_night() -> None:
    sheet = (STATIC / "pages" / "survey.css").read_text(encoding="utf-8")
    themes = [
        dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6})", part))
        for part in re.findall(r":root \{(.*?)\}", sheet, re.S)
    ]
    assert len(themes) == 2
    pairs = [("text", "ground"), ("text", "card"), ("quiet", "ground"), ("fault", "ground"), ("act", "ground"),
             ("on-act", "act"), ("text", "chosen"), ("ink", "face")]  # fmt: skip
    for named in themes:
        long = {
            name: value if len(value) == 7 else "#" + "".join(c * 2 for c in value[1:])
            for name, value in named.items()
        }
        assert not [pair for pair in pairs if contrast(long[pair[0]], long[pair[1]]) < 4.5]
        assert contrast(long["line"], long["card"]) >= 3


def test_no_other_stylesheet_names_a_colour_of_its_own() -> None:
    own = [
        path
        for path in STATIC.rglob("*.css")
        if "vendor" not in path.parts and path.name not in {"theme.css", *ALONE}
    ]
    named = {
        path.name: found
        for path in own
        if (
            found := re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[^{}]*;)|\brgba?\(", path.read_text(encoding="utf-8"))
        )
    }
    assert named == {}


def test_no_stylesheet_asks_another_host() -> None:
    asking = [
        path.name
        for path in STATIC.rglob("*.css")
        if re.search(r"@import|url\((?!\s*[\"']?data:)", path.read_text(encoding="utf-8"))
    ]
    assert asking == []


def test_vendored_files_are_as_they_were_packed() -> None:
    vendor = STATIC / "vendor"
    table = (vendor / "CHECKSUMS.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"`(designsystemet/[^`]+)`.*`([0-9a-f]{64})`", table))
    found = {
        path.relative_to(vendor).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (vendor / "designsystemet").iterdir()
    }
    assert listed == found

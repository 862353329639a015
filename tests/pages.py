"""What must be true of every page, whatever it is about: valid HTML, names for fields, one language.

assert_valid_html(html)                  raises AssertionError with every fault found
assert_in_one_language(html, "sv")       no text of ours in the other language
read_page(html)                          the page as an element tree
forms_of(page), fields_of(form)          what a person could send
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from xml.etree.ElementTree import Element

from tinyhtml5 import inputstream
from tinyhtml5.parser import HTMLParser

from tillsyn.translations import catalogue

NAMED_ATTRIBUTES = ("aria-label", "title", "placeholder", "alt")
"""Attributes whose value people see or hear."""

UNLABELLED_INPUTS = {"hidden", "submit", "button", "reset", "image"}
ARIA_REFERENCES = (
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-errormessage",
    "for",
    "form",
    "list",
)
SKIPPED = {"script", "style", "template", "code"}


class _Patterns(dict[tuple[frozenset[str], bool], re.Pattern[str]]):
    """The parser's patterns for runs of signs. Its own store keeps each under the wrong name (tinyhtml5 2.1),
    so it made each anew at every run of signs, which was half of the time of parsing."""

    def __missing__(self, key: tuple[frozenset[str], bool]) -> re.Pattern[str]:
        signs, wanted = key
        inside = "".join(f"\\x{ord(sign):02x}" for sign in signs)
        self[key] = re.compile(f"[{'' if wanted else '^'}{inside}]+")
        return self[key]


inputstream.characters_until_regex = _Patterns()


def read_page(html: str) -> Element:
    """The page as a tree; the same one again when it is asked for again, so it is only to be read."""
    return _parsed(html)[0]


@lru_cache(maxsize=4)
def _parsed(html: str) -> tuple[Element, tuple[tuple[tuple[int, int], str, dict[str, object]], ...]]:
    """The tree, and what the parser found wrong. Parsing is most of the time of these tests."""
    parser = HTMLParser(namespace_html_elements=False)
    page = parser.parse(html)
    return page, tuple(parser.errors)


def text_of(element: Element) -> str:
    """The element's text on one line."""
    return " ".join("".join(element.itertext()).split())


def elements(page: Element, *tags: str) -> list[Element]:
    return [element for element in page.iter() if element.tag in tags]


def forms_of(page: Element) -> list[Element]:
    return elements(page, "form")


def fields_of(form: Element) -> dict[str, str]:
    """Name and value of what the form would send if it were sent untouched (buttons aside)."""
    sent: dict[str, str] = {}
    for field in elements(form, "input", "textarea", "select"):
        name, kind = field.get("name"), field.get("type", "text")
        if not name or field.get("disabled") is not None or kind in {"submit", "button", "image"}:
            continue
        if field.tag == "textarea":
            sent[name] = "".join(field.itertext()).removeprefix("\n")
        elif field.tag == "select":
            options = elements(field, "option")
            chosen = [option for option in options if option.get("selected") is not None] or options[:1]
            if chosen:
                sent[name] = chosen[0].get("value", text_of(chosen[0]))
        elif kind not in {"checkbox", "radio"} or field.get("checked") is not None:
            sent[name] = field.get("value", "on" if kind in {"checkbox", "radio"} else "")
    return sent


# --- Valid HTML -----------------------------------------------------------------------------


def faults_of_html(html: str) -> list[str]:
    """Everything that is wrong with a page, a sentence each."""
    page, errors = _parsed(html)
    faults = [
        f"line {position[0]}: {code} {_found(values)}: {_line(html, position[0])}"
        for position, code, values in errors
    ]
    faults += _faults_of_document(page)
    faults += _faults_of_ids(page)
    faults += _faults_of_names(page)
    faults += _faults_of_policy(page)
    return faults


def assert_valid_html(html: str, where: str = "the page") -> None:
    faults = faults_of_html(html)
    assert not faults, f"{where}:\n  " + "\n  ".join(faults)


def _found(values: dict[str, object]) -> str:
    return ", ".join(str(value) for value in values.values())


def _line(html: str, number: int) -> str:
    lines = html.splitlines()
    return lines[number - 1].strip()[:120] if 0 < number <= len(lines) else ""


def _faults_of_document(page: Element) -> Iterator[str]:
    if page.get("lang") not in {"sv", "en"}:
        yield f"the language of the page is {page.get('lang')!r}"
    headings = elements(page, "h1")
    titles = [text_of(title) for title in elements(page, "title") if title in list(page.find("head") or [])]
    if len(headings) != 1:
        yield f"there are {len(headings)} h1: {[text_of(heading) for heading in headings]}"
    if len(titles) != 1:
        yield f"there are {len(titles)} titles"
    elif headings and not titles[0].startswith(text_of(headings[0])):
        yield f"the title {titles[0]!r} does not begin with the h1 {text_of(headings[0])!r}"
    if len([main for main in elements(page, "main") if main.get("hidden") is None]) != 1:
        yield "there is not exactly one main"
    level = 1
    for heading in elements(page, "h1", "h2", "h3", "h4", "h5", "h6"):
        if int(heading.tag[1]) > level + 1:
            yield f"heading {text_of(heading)!r} jumps from level {level} to {heading.tag[1]}"
        level = int(heading.tag[1])


def _faults_of_ids(page: Element) -> Iterator[str]:
    ids = Counter(element.get("id") for element in page.iter() if element.get("id") is not None)
    for name, times in ids.items():
        if times > 1:
            yield f"the id {name!r} is used {times} times"
        if not name or re.search(r"\s", name):
            yield f"the id {name!r} is empty or has a space"
    for element in page.iter():
        for attribute in ARIA_REFERENCES:
            for name in (element.get(attribute) or "").split():
                if name not in ids:
                    yield f"{attribute}={name!r} of <{element.tag}> points at nothing"
        href = element.get("href", "") if element.tag == "a" else ""
        if href.startswith("#") and len(href) > 1 and href[1:] not in ids:
            yield f"the link to {href} points at nothing"


def _faults_of_names(page: Element) -> Iterator[str]:
    yield from _faults_of_fields(page)
    for element in elements(page, "a", "button"):
        pictures = [image.get("alt") for image in elements(element, "img")]
        if not (text_of(element) or _named_by_aria(element) or any(pictures)):
            yield f"a <{element.tag}> has no name: {element.attrib}"
    for image in elements(page, "img"):
        if image.get("alt") is None:
            yield f"the image {image.get('src')!r} has no alt"
    for table in elements(page, "table"):
        if not elements(table, "th"):
            yield "a table has no headings"


def _faults_of_fields(page: Element) -> Iterator[str]:
    labelled = {label.get("for") for label in elements(page, "label")}
    wrapped = {field for label in elements(page, "label") for field in label.iter()}
    for field in elements(page, "input", "textarea", "select"):
        named = field.get("id") in labelled or field in wrapped or _named_by_aria(field)
        if field.get("type", "text") not in UNLABELLED_INPUTS and not named:
            yield f"the field {field.get('name')!r} has no label"
    for box in elements(page, "fieldset"):
        if box.find("legend") is None and not _named_by_aria(box):
            yield "a fieldset has no legend"


def _named_by_aria(element: Element) -> bool:
    return bool(element.get("aria-label") or element.get("aria-labelledby") or element.get("title"))


def _faults_of_policy(page: Element) -> Iterator[str]:
    """What the content security policy would stop, or would need to be loosened for."""
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        if element.get("style") is not None:
            yield f"<{element.tag}> has a style attribute"
        for attribute in element.attrib:
            if str(attribute).startswith("on"):
                yield f"<{element.tag}> has the event attribute {attribute}"
        source = element.get("src") or (element.get("href") if element.tag == "link" else None) or ""
        if re.match(r"(https?:)?//", source):
            yield f"<{element.tag}> loads {source}"
        if element.tag == "style" or (element.tag == "script" and _is_inline_code(element)):
            yield f"there is an inline <{element.tag}>"
        if (element.get("href") or "").lower().startswith("javascript:"):
            yield "a link runs a script"


def _is_inline_code(script: Element) -> bool:
    return not script.get("src") and script.get("type") not in {"application/json", "application/ld+json"}


# --- One language ---------------------------------------------------------------------------


def seen_texts(element: Element, language: str | None = None) -> list[tuple[str, str | None]]:
    """Each piece of text that a person sees or hears, with the language it is said to be in."""
    found: list[tuple[str, str | None]] = []
    _see(element, language, found)
    return [(_plain(text), said) for text, said in found if text and not text.isspace()]


def _see(element: Element, language: str | None, found: list[tuple[str, str | None]]) -> None:
    if not isinstance(element.tag, str) or element.tag in SKIPPED:
        return
    language = element.get("lang", language)
    found += [(element.get(attribute) or "", language) for attribute in NAMED_ATTRIBUTES]
    if element.tag == "input" and element.get("type") in {"submit", "button"}:
        found.append((element.get("value") or "", language))
    found.append((element.text or "", language))
    for child in element:
        _see(child, language, found)
        found.append((child.tail or "", language))


def texts_in_other_language(html: str, language: str) -> list[str]:
    """Texts of ours on the page that stand in the other language's words, outside what says `lang`."""
    return [
        text
        for text, said in seen_texts(read_page(html), language)
        if said == language and _is_foreign(text, language, catalogue.read)
    ]


def assert_in_one_language(html: str, language: str, where: str = "the page") -> None:
    assert read_page(html).get("lang") == language, f"{where} says it is in {read_page(html).get('lang')!r}"
    wrong = texts_in_other_language(html, language)
    assert not wrong, f"{where}: not in {language}: {wrong}"


@lru_cache(maxsize=20_000)
def _is_foreign(text: str, language: str, read: Callable[[str], catalogue.Catalog]) -> bool:
    """Whether this is a text of ours in the other language. Most texts stand on many pages."""
    foreign, own, patterns = _foreign_in(language, read)
    if len(text) < 2 or text in own:
        return False
    return text in foreign or any(pattern.fullmatch(text) for pattern in patterns)


@cache
def _foreign_in(
    language: str, read: Callable[[str], catalogue.Catalog]
) -> tuple[dict[str, str], frozenset[str], tuple[re.Pattern[str], ...]]:
    """The other language's texts with ours for each, ours, and patterns for those with placeholders."""
    swedish = _swedish_by_english()
    foreign = swedish if language == "sv" else {text: english for english, text in swedish.items()}
    patterns = tuple(_pattern(text) for text in foreign if "%(" in text)
    return foreign, frozenset(foreign.values()), patterns


def _swedish_by_english() -> dict[str, str]:
    pairs: dict[str, str] = {}
    for message in catalogue.messages(catalogue.read("sv")).values():
        for english, swedish in zip(_forms(message.id), _forms(message.string), strict=False):
            if swedish and english != swedish:
                pairs[_plain(english)] = _plain(swedish)
    return pairs


def _forms(text: str | Iterable[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", "", text).split())


def _pattern(text: str) -> re.Pattern[str]:
    """Matches the text with anything in place of `%(name)s`; what is only placeholders matches nothing."""
    pieces = re.split(r"%\(\w+\)[sd]", text)
    if sum(len(re.findall(r"[^\W\d_]", piece)) for piece in pieces) < 6:
        return re.compile(r"(?!)")
    return re.compile(".{1,200}?".join(re.escape(piece.replace("%%", "%")) for piece in pieces))

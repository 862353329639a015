"""Scripts and sheets as they travel to a device: the same program and the same looks in fewer bytes.

Only what a reader of the source needs goes: comments on lines of their own, empty lines, what a line is moved
in by, and rules for what is never shown. No name is changed and no statement moved, so that a fault on a
device reads as in the source.
"""

import re
from collections.abc import Iterator

OPENS_BLOCK, OPENS_LINE = "/*", "//"
TICK = re.compile(r"(?<!\\)`")

KEPT_WHOLE = re.compile(r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'', re.DOTALL)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SPACE = re.compile(r"\s+")
AROUND = re.compile(r" ?([{};,]) ?")
SIGN = re.compile(KEPT_WHOLE.pattern + r"|[{};]", re.DOTALL)
INNERMOST = re.compile(r":([a-z-]+)\(([^()]*)\)")
ONE_OF = frozenset({"is", "where", "has"})
NOTHING = ".not-of-this-page"
"""Stands for what cannot match: no page has a class of that name."""
CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
HOLDS_RULES = ("@layer", "@media", "@supports", "@container")


def lean_script(text: str) -> str:
    """A module without the lines that are only comment or empty, and without what lines are moved in by.

    A script in which a line may be the inside of a text (a template that goes on over lines, a line that ends
    with a backslash) comes back as it is.
    """
    lines = text.splitlines()
    if any(len(TICK.findall(line)) % 2 or line.endswith("\\") for line in lines):
        return text
    return "\n".join(_without_comments(line.strip() for line in lines))


def _without_comments(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        if line.startswith(OPENS_BLOCK):
            while "*/" not in line:
                line = next(lines)
            line = line.partition("*/")[2].strip()
        if line and not line.startswith(OPENS_LINE):
            yield line


def lean_sheet(text: str) -> str:
    """A sheet without comments and without space that says nothing; texts in it as they are."""
    parts, at = [], 0
    plain = _uncommented(text)
    for kept in KEPT_WHOLE.finditer(plain):
        parts += [_close(plain[at : kept.start()]), kept[0]]
        at = kept.end()
    return "".join([*parts, _close(plain[at:])]).strip()


def shown_rules(text: str, names: frozenset[str]) -> str:
    """The rules of a sheet that can show something on a page where only `names` are classes."""
    return "".join(_shown(_uncommented(text), names))


def _uncommented(text: str) -> str:
    either = re.compile(f"({KEPT_WHOLE.pattern})|{COMMENT.pattern}", re.DOTALL)
    return either.sub(lambda found: found[1] or " ", text)


def _close(text: str) -> str:
    return AROUND.sub(r"\1", SPACE.sub(" ", text))


def _shown(text: str, names: frozenset[str]) -> Iterator[str]:
    depth = begun = body = 0
    for sign in SIGN.finditer(text):
        match sign[0]:
            case "{":
                depth += 1
                if depth == 1:
                    body = sign.end()
            case "}":
                depth -= 1
        if depth or sign[0] not in {"}", ";"}:
            continue
        if sign[0] == ";":
            yield text[begun : sign.end()]
        else:
            yield from _rule(text[begun : body - 1], text[body : sign.start()], names)
        begun = sign.end()


def _rule(head: str, body: str, names: frozenset[str]) -> Iterator[str]:
    if head.strip().startswith(HOLDS_RULES):
        inside = "".join(_shown(body, names))
        if inside.strip():
            yield f"{head}{{{inside}}}"
    elif head.strip().startswith("@") or any(_can_match(one, names) for one in _selectors(head, names)):
        yield f"{head}{{{body}}}"


def _selectors(head: str, names: frozenset[str]) -> list[str]:
    """What a rule is for, one by one, with what stands in brackets decided."""

    def decided(found: re.Match[str]) -> str:
        needs_one = found[1] in ONE_OF
        return "" if not needs_one or any(_can_match(one, names) for one in found[2].split(",")) else NOTHING

    before = None
    while before != head:
        before, head = head, INNERMOST.sub(decided, head)
    return head.split(",")


def _can_match(selector: str, names: frozenset[str]) -> bool:
    return all(name in names for name in CLASS.findall(selector))

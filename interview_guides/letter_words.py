"""The words that a pack gives to the letter's sentences, and how a sentence takes them.

A sentence says ``{the_users}``; the pack's vocabulary says "barnen", "eleverna" or "de boende".
"""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from .content import Text, Vocabulary

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
LAW = "law_"
"""How the placeholder of a provision begins; what follows is its name under `law` in letter.yaml."""

USERS: Mapping[str, str] = MappingProxyType(
    {
        "user": "singular",
        "the_user": "definite",
        "users": "plural",
        "the_users": "definite_plural",
        "of_the_users": "genitive_plural",
        "any_user": "any",
        "no_user": "none",
        "of_a_user": "a_genitive",
        "who_are_with_you": "with_you",
        "present": "present",
        "place": "home",
        "the_place": "home_definite",
    }
)
"""The placeholders for words under `users` in pack.yaml."""

PROVIDER: Mapping[str, str] = MappingProxyType(
    {
        "staff": "staff",
        "the_staff": "staff_definite",
        "management": "management",
        "the_management": "management_definite",
        "manager": "manager",
        "the_manager": "manager_definite",
        "provider": "provider",
        "the_provider": "provider_definite",
        "committee": "committee",
        "the_committee": "committee_definite",
    }
)
"""The placeholders for words under `provider_words` in pack.yaml."""

USUAL: Mapping[str, Text] = MappingProxyType(
    {
        "staff": Text("personal", "staff"),
        "the_staff": Text("personalen", "the staff"),
        "management": Text("ledning", "managers"),
        "the_management": Text("ledningen", "the managers"),
    }
)
"""The words that hold where a pack has none of its own."""

_BEFORE_A_SENTENCE = (". ", "? ")


def words_of(users: Vocabulary, provider_words: Iterable[tuple[str, Text]]) -> Mapping[str, Text]:
    """The word for each placeholder that the pack has a word for."""
    own = dict(provider_words)
    found: dict[str, Text | None] = {name: getattr(users, field) for name, field in USERS.items()}
    found |= {name: own.get(field, USUAL.get(name)) for name, field in PROVIDER.items()}
    return MappingProxyType({name: text for name, text in found.items() if text is not None})


def where_missing(placeholder: str) -> str:
    """The field that gives it: "users.any" of pack.yaml, "law.order" of letter.yaml; "" for a value."""
    if placeholder.startswith(LAW):
        return f"law.{placeholder.removeprefix(LAW)}"
    if placeholder in USERS:
        return f"users.{USERS[placeholder]}"
    return f"provider_words.{PROVIDER[placeholder]}" if placeholder in PROVIDER else ""


def placeholders(text: Text) -> frozenset[str]:
    """The names of all placeholders in either language."""
    return frozenset(PLACEHOLDER.findall(text.sv) + PLACEHOLDER.findall(text.en))


def fill(template: str, values: Mapping[str, str], *, capitals: bool = True) -> str:
    """The text with its placeholders filled; those without a value stay as they are.

    ``capitals``: a value that begins a sentence begins with a capital letter.
    """

    def put(found: re.Match[str]) -> str:
        value = values.get(found[1])
        if value is None:
            return found[0]
        begins = found.start() == 0 or template[: found.start()].endswith(_BEFORE_A_SENTENCE)
        return value[:1].upper() + value[1:] if begins and capitals else value

    return PLACEHOLDER.sub(put, template)


def filled(text: Text, words: Mapping[str, Text], *, capitals: bool = True) -> Text:
    """The wording with the pack's words in it, each in its language."""
    return Text(
        fill(text.sv, {name: word.sv for name, word in words.items()}, capitals=capitals),
        fill(text.en, {name: word.en for name, word in words.items()}, capitals=capitals),
    )

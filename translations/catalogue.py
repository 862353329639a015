"""From the words in the source to the catalogues that the pages read.

Run as a program from the root of the repository:

    python translations/catalogue.py update    messages.pot and every messages.po from the source
    python translations/catalogue.py compile   a messages.mo beside every messages.po
    python translations/catalogue.py check     exit 1 unless the catalogues are complete and up to date

Only Babel is needed, so that a wheel can be built in an empty environment.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parent
TEMPLATE = FOLDER / "messages.pot"
SOURCE_FOLDERS = ("inspect", "models", "interview_guides", "reports", "templates")
KEYWORDS = DEFAULT_KEYWORDS | {
    "_l": None,
    "lazy_gettext": None,
    "lazy_ngettext": (1, 2),
    "lazy_pgettext": ((1, "c"), 2),
}


def extract() -> Catalog:
    """Every message in the source, with the files it stands in (no line numbers: they change too often)."""
    with (FOLDER / "babel.cfg").open(encoding="utf-8") as mapping_file:
        methods, options = parse_mapping_cfg(mapping_file)
    found = Catalog(project="Tillsyn", charset="utf-8", fuzzy=False)
    walked = extract_from_dir(
        ROOT,
        methods,
        options,
        KEYWORDS,
        comment_tags=("Translators:",),
        strip_comment_tags=True,
        directory_filter=_holds_source,
    )
    for filename, _line, msgid, comments, context in walked:
        found.add(msgid, None, [(filename, 0)], auto_comments=comments, context=context)
    for message in found:
        message.locations = sorted(set(message.locations))
    return found


def _holds_source(path: str) -> bool:
    folder = Path(path).relative_to(ROOT)
    return folder.parts[0] in SOURCE_FOLDERS and folder.name != "__pycache__"


def languages() -> list[str]:
    """The languages that have a catalogue, by code. English needs none: it is in the source."""
    return sorted(path.parts[-3] for path in FOLDER.glob("*/LC_MESSAGES/messages.po"))


def path_of(language: str) -> Path:
    return FOLDER / language / "LC_MESSAGES" / "messages.po"


def read(language: str) -> Catalog:
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language, project="Tillsyn", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def write(catalogue: Catalog, path: Path) -> None:
    """Sorted and without a date, so that a difference between two versions is a difference in words."""
    catalogue.header_comment = "# The words of Tillsyn. Added and removed by `make translations`."
    catalogue.project, catalogue.version = "Tillsyn", ""
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 11, 22, tzinfo=UTC)
    catalogue.msgid_bugs_address = catalogue.last_translator = catalogue.language_team = "Tillsyn"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(
            file,
            catalogue,
            width=100,
            sort_output=True,
            include_lineno=False,
            ignore_obsolete=True,
            omit_header=catalogue.locale is None,
        )


def update(found: Catalog) -> None:
    """Writes what was found to the template and brings every language's catalogue in line with it."""
    write(found, TEMPLATE)
    for language in languages():
        catalogue = read(language)
        # A guessed translation looks finished and says something else: no fuzzy matching.
        catalogue.update(found, no_fuzzy_matching=True, update_creation_date=False)
        write(catalogue, path_of(language))


def compile_all() -> None:
    for language in languages():
        with path_of(language).with_suffix(".mo").open("wb") as file:
            write_mo(file, read(language))


def messages(catalogue: Catalog) -> dict[tuple[str, str | None], Message]:
    """The catalogue's messages by (singular msgid, context), without the header."""
    return {
        (message.id if isinstance(message.id, str) else message.id[0], message.context): message
        for message in catalogue
        if message.id
    }


def untranslated(catalogue: Catalog) -> Iterator[Message]:
    for message in messages(catalogue).values():
        texts = [message.string] if isinstance(message.string, str) else message.string
        if message.fuzzy or not texts or not all(texts):
            yield message


def faults() -> list[str]:
    """What keeps the catalogues from being complete and in step with the source, a sentence each."""
    found = messages(extract())
    said = []
    for language in languages():
        catalogue = read(language)
        known = messages(catalogue)
        said += [
            f"{language}: missing, run `make translations`: {key[0]!r}" for key in found.keys() - known.keys()
        ]
        said += [f"{language}: no longer in the source: {key[0]!r}" for key in known.keys() - found.keys()]
        said += [f"{language}: not translated: {message.id!r}" for message in untranslated(catalogue)]
    return sorted(said)


def main(arguments: list[str]) -> int:
    match arguments:
        case ["update"]:
            update(extract())
            compile_all()
            for language in languages():
                missing = sum(1 for _ in untranslated(read(language)))
                print(f"{path_of(language).relative_to(ROOT)}: {missing} messages to translate")
            return 0
        case ["compile"]:
            compile_all()
            return 0
        case ["check"]:
            said = faults()
            print("\n".join(said) or f"Catalogues complete: {', '.join(languages())}.")
            return 1 if said else 0
        case _:
            print(__doc__, file=sys.stderr)
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""What is wrong in the folder of a pack, its letter and survey included, and between several packs."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from .child_words import check_child_words
from .content import Text
from .faults import Fault, FaultList
from .letter_wording import check_letter_wording
from .nodes import read_file
from .pack import Pack
from .pack_file import read_vocabulary
from .reading import PACKS, available_packs, default_pack, read_card, read_pack
from .survey import check_survey
from .ui_words import check_ui_words


def check_pack(path: Path | str) -> tuple[Fault, ...]:
    """Every fault of the pack in a folder, in the order of files and lines; empty for a sound one."""
    folder = Path(path)
    pack, faults = read_pack(folder)
    words = check_ui_words(folder, needed=_has_other_people(pack))
    letters = (*check_letter_wording(folder), *check_child_words(folder, pack))
    return _in_order((*faults, *letters, *check_survey(folder, pack), *words))


def _has_other_people(pack: Pack) -> bool:
    """Whether the pages, which say what the default pack calls people, would call them by a wrong name."""
    about = read_file(PACKS / default_pack() / "pack.yaml", FaultList())
    return pack.users.definite_plural != read_vocabulary(about.entry("users")).definite_plural


def check_packs(folders: Sequence[Path] | None = None) -> tuple[Fault, ...]:
    """Every fault of several packs and between them; without folders of all that come with the product.

    Between packs: one of them at most is the default, and an activity has the same name in all.
    """
    if folders is None:
        folders = [PACKS / id for id in available_packs()]
    found = [fault for folder in folders for fault in check_pack(folder)]
    return _in_order((*found, *_between(folders)))


def _between(folders: Iterable[Path]) -> Iterator[Fault]:
    default: Path | None = None
    names: dict[str, tuple[Path, Text]] = {}
    for folder in folders:
        card, path = read_card(folder), folder / "pack.yaml"
        if card.is_default and default is not None:
            yield Fault(path, _line(path, "default:"), f"{default} is the default pack already")
        elif card.is_default:
            default = path
        for one in card.activities:
            first, name = names.setdefault(one.id, (path, one.name))
            if name != one.name:
                line = _line(path, f"id: {one.id}")
                yield Fault(path, line, f"the activity {one.id!r} has another name in {first}")


def _line(path: Path, words: str) -> int:
    """The first line that begins with those words, after a dash or a brace; 1 where there is none."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        begins = line.lstrip(" -{")
        if begins == words or begins.startswith((words + " ", words + ",")):
            return number
    return 1


def _in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    return tuple(sorted(set(faults)))

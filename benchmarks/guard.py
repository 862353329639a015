"""The re-identification guard: what it finds of what it should, what else it marks, and how long it takes.

Reading the lists and the dictionary is done once in the life of a process, and measured apart.
"""

import json
import time
from collections.abc import Callable
from pathlib import Path

from tests.unit.reidentification.measured import measure as measure_sentences
from tests.unit.reidentification.measured import sentences, the_roster
from tillsyn.inspect.outside.hunspell import swedish_words
from tillsyn.inspect.rules.reidentification import Guard, Lexicon, Passage
from tillsyn.inspect.rules.reidentification.lexicon import read_lexicon
from tillsyn.inspect.services.guard_words import lexicon_of

ROUNDS = 15


def measure() -> None:
    begun = time.process_time()
    with_dictionary = lexicon_of("hvb")
    cold = 1000 * (time.process_time() - begun)
    print(f"lists, words of the pack and dictionary, read once in the life of a process: {cold:.0f} ms")
    print(f"dictionary: {'yes' if with_dictionary.has_dictionary else 'none installed'}")
    _tell("with what is installed here", with_dictionary)
    if swedish_words() is not None:
        _tell("without dictionary", read_lexicon(with_dictionary.common))
    _time(with_dictionary)


def _tell(title: str, lexicon: Lexicon) -> None:
    result = measure_sentences(lexicon)
    harmless = [one for one in sentences() if not one.marks]
    print(f"-- {title}: {sum(1 for _one in sentences())} sentences, {len(harmless)} of them harmless")
    print(f"{'kind':12}{'there':>7}{'found':>7}{'recall':>9}{'false alarms':>14}")
    for kind in sorted({*result.expected, *(kind for kind, _words, _text in result.false)}):
        there = result.expected.get(kind, 0)
        lost = sum(one[0] == kind for one in result.missed)
        recall = f"{100 * (there - lost) / there:.1f} %" if there else "–"
        print(f"{kind:12}{there:7}{there - lost:7}{recall:>9}{result.false_of(kind):14}")
    total, lost = sum(result.expected.values()), len(result.missed)
    print(f"{'all':12}{total:7}{total - lost:7}{100 * (total - lost) / total:8.1f} %{len(result.false):13}")
    for kind, words, text in result.missed:
        print(f"   missed {kind}: {words!r} in {text!r}")
    for kind, words, text in result.false:
        print(f"   false {kind}: {words!r} in {text!r}")


def _time(lexicon: Lexicon) -> None:
    """A letter of four pages, in paragraphs, none of which was looked through before."""
    wording = Path(__file__).parents[1] / "tests" / "unit" / "reidentification" / "letter.json"
    texts: list[str] = json.loads(wording.read_text(encoding="utf-8"))
    words = sum(len(text.split()) for text in texts)
    passages = [Passage(text) for text in texts]
    first = _milliseconds(lambda: [Guard(the_roster(), lexicon).look(one) for one in passages[:1]])
    ready = Guard(the_roster(), lexicon)
    times = sorted(_milliseconds(lambda: [ready.look(one) for one in passages]) for _round in range(ROUNDS))
    median = times[ROUNDS // 2]
    print(f"-- a letter of {words} words in {len(texts)} paragraphs: median {median:.1f} ms of processor,")
    print(f"   fastest {times[0]:.1f}, slowest {times[-1]:.1f}; a new roster made ready in {first:.1f} ms")


def _milliseconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return 1000 * (time.process_time() - begun)

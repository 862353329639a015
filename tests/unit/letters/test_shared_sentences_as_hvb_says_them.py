"""The sentences that packs share read in the HVB letter as they did when they were written for it alone.

`hvb_sentences.txt` has every sentence that takes a word or a provision from the pack: its id, Swedish, English.
Whoever changes what the HVB letter says changes it there too.
"""

from pathlib import Path

import pytest

from tillsyn.interview_guides.letter_wording import load_letter_wording

LINES = (Path(__file__).parent / "hvb_sentences.txt").read_text(encoding="utf-8").splitlines()
KEPT = list(zip(LINES[::3], LINES[1::3], LINES[2::3], strict=True))


@pytest.mark.parametrize(("id", "sv", "en"), KEPT, ids=[id for id, _, _ in KEPT])
def test_the_sentence_reads_as_before(id: str, sv: str, en: str) -> None:
    text = load_letter_wording("hvb").sentences[id]
    assert (text.sv.replace("\u00a0", " "), text.en.replace("\u00a0", " ")) == (sv.strip(), en.strip())

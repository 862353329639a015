"""Every kind of letter of every pack in every language keeps both standards and says all its content."""

import pytest

from tests.unit.letters.letters_of_every_pack import every_letter, letter_file, letter_of_pack
from tests.unit.reports.judges import plain, refused
from tests.unit.reports.reading_structure import Tagged
from tillsyn.models.letter_vocabulary import LetterKind
from tillsyn.reports.content import Language
from tillsyn.reports.reading import sentences


@pytest.mark.slow
@pytest.mark.parametrize(("pack", "kind", "language"), list(every_letter()))
def test_it_is_sound_and_whole(pack: str, kind: LetterKind, language: Language) -> None:
    data = letter_file(pack, kind, language)
    read = Tagged(data)
    assert refused(data) == []
    assert read.wrong() == []
    said = [plain(one) for one in sentences(letter_of_pack(pack, kind, language))]
    assert [plain(one) for one in read.texts] == [one for one in said if one]
    assert len(said) > 10

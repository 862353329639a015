"""Any letter that can be laid out keeps both standards and says all that its content says, in its order."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.unit.reports.judges import plain, refused
from tests.unit.reports.letters_at_random import letters, random_letter
from tests.unit.reports.reading_back import squeezed, text_of_html
from tests.unit.reports.reading_structure import Tagged
from tillsyn.reports.child_pdf import TooLong
from tillsyn.reports.content import Letter, is_for_child
from tillsyn.reports.letter_html import render_html
from tillsyn.reports.letter_pdf import render_pdf
from tillsyn.reports.reading import sentences
from tillsyn.reports.refusals import CannotLayOut

FEW, MANY = 8, 150
ANY = settings(deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))


def faults_of(letter: Letter) -> list[str]:
    """What is wrong with the letter on paper. One that does not fit is refused, and that is right."""
    try:
        data = render_pdf(letter)
    except TooLong:
        assert is_for_child(letter.form)
        return []
    except CannotLayOut as fault:
        return [] if fault.place.text else ["refused without its place"]
    read = Tagged(data)
    page = squeezed(plain(text_of_html(render_html(letter))))
    said = [plain(one) for one in read.texts if plain(one)]
    wanted = [plain(one) for one in sentences(letter) if plain(one)]
    faults = [*refused(data), *read.wrong()]
    if said != wanted:
        faults.append(f"it says {said}, not {wanted}")
    if page != squeezed("".join(wanted)):
        faults.append(f"the page says {page}, not {squeezed(''.join(wanted))}")
    return faults


@settings(ANY, max_examples=FEW)
@given(letters())
def test_some_letters_are_sound_and_whole(letter: Letter) -> None:
    assert faults_of(letter) == []


@pytest.mark.slow
@settings(ANY, max_examples=MANY)
@given(letters())
def test_hundreds_of_letters_are_sound_and_whole(letter: Letter) -> None:
    assert faults_of(letter) == []


def test_they_are_of_every_form_and_some_are_long() -> None:
    made = [random_letter(seed) for seed in range(60)]
    assert len({(one.form, one.language) for one in made}) > 15
    assert max(len(sentences(one)) for one in made) > 150
